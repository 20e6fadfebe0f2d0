// A server for the client's tests, behind fake sockets: groups, hello, subscribe, writing, ping, and a push on call.

import {
  type Accepted,
  type Annotation,
  type Change,
  type ClientEnvelope,
  type Cursor,
  canonicalFollowed,
  changesSince,
  commit,
  createState,
  cursorOf,
  decodeClientEnvelope,
  decodeCursor,
  type ErrorCode,
  encode,
  encodeCursor,
  errorCodes,
  type GroupState,
  isInboxName,
  type Result,
  type ServerEnvelope,
  type SubscribeEnvelope,
  spanOver,
  startCursor,
  windowOf,
} from '@chartroom/shared'
import type { FakePlatform, FakeSocket } from './fake-platform.ts'

type WriteEnvelope = Extract<ClientEnvelope, { type: 'annotate' | 'revise' | 'retract' | 'react' | 'arrange' }>

interface Served {
  name: string | undefined
  readonly cursors: Map<string, Cursor>
}

/** A server that does nothing until it is told to. */
export class MemoryServer {
  /** Every envelope that came, as it was read. */
  readonly heard: ClientEnvelope[] = []
  /** Its clock runs this much ahead of the client's, ms. */
  aheadMs = 0
  /** Answers the next requests of a type with these, in turn. */
  readonly refusals: { readonly type: ClientEnvelope['type']; readonly code: ErrorCode }[] = []
  /** Envelopes of these types are read and not answered. */
  readonly deafTo = new Set<ClientEnvelope['type']>()
  /** New sockets are not let in. */
  isDown = false
  readonly #platform: FakePlatform
  readonly #groups = new Map<string, GroupState>()
  readonly #served = new Map<FakeSocket, Served>()
  readonly #done = new Map<string, Annotation | undefined>()

  constructor(platform: FakePlatform) {
    this.#platform = platform
  }

  get now(): number {
    return this.#platform.now() + this.aheadMs
  }

  group(name: string): GroupState {
    const known = this.#groups.get(name) ?? createState(name)
    this.#groups.set(name, known)
    return known
  }

  commit(group: string, change: Change): Result<Accepted> {
    return commit(this.group(group), change, this.now, 'k3f9')
  }

  /** A sample for each metric. */
  post(group: string, values: Readonly<Record<string, number | null>>): void {
    const samples = Object.entries(values).map(([metric, value]) => ({ metric, value }))
    this.commit(group, { type: 'batch', samples })
  }

  say(group: string, text: string): void {
    this.commit(group, { type: 'annotate', author: 'ann', draft: { text } })
  }

  /** Sends every link its difference of every group; with what its lines missed, after it was full for so many ms. */
  push(fullMs?: number): void {
    for (const [socket, { cursors }] of this.#served) {
      for (const [group, cursor] of cursors) {
        const update = changesSince(this.group(group), cursor)
        if (update.to === cursor.revision && update.epoch === cursor.epoch) continue
        const window = fullMs === undefined ? {} : { window: windowOf(this.group(group), spanOver(fullMs)) }
        this.send({ ...update, ...window }, socket)
        cursors.set(group, cursorOf(this.group(group)))
      }
    }
  }

  /** Puts an envelope under way, to the last socket if none is named. */
  send(envelope: ServerEnvelope, socket: FakeSocket = this.#platform.socket): void {
    socket.toClient.push(encode(envelope))
  }

  /** Lets everything through that is under way, both ways, until nothing moves. */
  flush(): void {
    while (this.step()) {}
  }

  /** Lets one thing through: a socket that opens, a frame to the server, or one to the client. False when nothing is. */
  step(): boolean {
    return this.#platform.sockets.some((socket) => this.#admit(socket) || this.#hear(socket) || deliver(socket))
  }

  /** Ends the last socket with what is under way on it. */
  cut(code = 1006, reason = ''): void {
    this.#served.delete(this.#platform.socket)
    this.#platform.socket.end(code, reason)
  }

  /** What came of one type, oldest first. */
  heardOf<T extends ClientEnvelope['type']>(type: T): Extract<ClientEnvelope, { type: T }>[] {
    return this.heard.filter((envelope): envelope is Extract<ClientEnvelope, { type: T }> => envelope.type === type)
  }

  #admit(socket: FakeSocket): boolean {
    if (socket.state !== 'opening' || this.isDown) return false
    this.#served.set(socket, { name: undefined, cursors: new Map() })
    socket.open()
    return true
  }

  #hear(socket: FakeSocket): boolean {
    const text = socket.toServer.shift()
    const served = this.#served.get(socket)
    if (text === undefined || served === undefined) return false
    const decoded = decodeClientEnvelope(text)
    if (!decoded.ok) throw new Error(`The client sent ${text}: ${decoded.refusal.message}`)
    this.heard.push(decoded.value)
    if (!this.deafTo.has(decoded.value.type)) this.#answer(socket, served, decoded.value)
    return true
  }

  #answer(socket: FakeSocket, served: Served, envelope: ClientEnvelope): void {
    if (this.#refuses(socket, envelope)) return
    switch (envelope.type) {
      case 'hello':
        served.name = envelope.name
        this.send({ type: 'welcome', id: envelope.id, time: this.now, pingMs: 25_000, limits: {} }, socket)
        break
      case 'subscribe':
        this.#subscribe(socket, served, envelope)
        break
      case 'unsubscribe':
        served.cursors.delete(envelope.group ?? '')
        this.send({ type: 'ack', id: envelope.id }, socket)
        break
      case 'annotate':
      case 'revise':
      case 'retract':
      case 'react':
      case 'arrange':
        this.#write(socket, served, envelope)
        break
      case 'point':
        this.send({ type: 'ack', id: envelope.id }, socket)
        break
      case 'ping':
        this.send({ type: 'pong', ...(envelope.id === undefined ? {} : { id: envelope.id }), time: this.now }, socket)
        break
      case 'pong':
        break
      default:
        envelope satisfies never
    }
  }

  #refuses(socket: FakeSocket, envelope: ClientEnvelope): boolean {
    const [next] = this.refusals
    if (next?.type !== envelope.type || !('id' in envelope) || envelope.id === undefined) return false
    this.refusals.shift()
    const { temporary } = errorCodes[next.code]
    this.send({ type: 'error', id: envelope.id, code: next.code, message: `no: ${next.code}`, temporary }, socket)
    return true
  }

  #subscribe(socket: FakeSocket, served: Served, { id, group: asked = '', ...how }: SubscribeEnvelope): void {
    const canonical = canonicalFollowed(asked)
    if (!canonical.ok) {
      this.send({ type: 'error', id, ...canonical.refusal, temporary: false }, socket)
      return
    }
    const group = canonical.value
    const state = this.group(group)
    const { windowMs, paceMs = 1_000 } = how
    const isNamed = served.name !== undefined && !isInboxName(group)
    const granted = { group, paceMs, ...(isNamed ? { name: served.name } : {}) }
    this.send({ type: 'ack', id, cursor: encodeCursor(cursorOf(state)), ...granted }, socket)
    const update = changesSince(state, decodeCursor(how.cursor ?? '') ?? startCursor)
    this.send(windowMs === undefined ? update : { ...update, window: windowOf(state, windowMs) }, socket)
    served.cursors.set(group, cursorOf(state))
    this.send({ type: 'presence', group, count: 1, people: [{ name: served.name ?? 'ann' }] }, socket)
  }

  #write(socket: FakeSocket, served: Served, envelope: WriteEnvelope): void {
    const { id, group = '', key = '' } = envelope
    const committed = this.#done.has(key) ? undefined : this.commit(group, changeOf(envelope, served.name ?? 'nobody'))
    if (committed?.ok === false) {
      this.send({ type: 'error', id, ...committed.refusal, temporary: false }, socket)
      return
    }
    const annotation = committed?.value.annotation ?? this.#done.get(key)
    this.#done.set(key, annotation)
    const written = annotation === undefined ? {} : { annotation }
    this.send({ type: 'ack', id, cursor: encodeCursor(cursorOf(this.group(group))), ...written }, socket)
  }
}

function changeOf(envelope: WriteEnvelope, name: string): Change {
  switch (envelope.type) {
    case 'annotate': {
      const { type, id: _id, group: _group, key: _key, ...draft } = envelope
      return { type, author: name, draft }
    }
    case 'revise':
      return { type: 'revise', id: envelope.annotation, text: envelope.text }
    case 'retract':
      return { type: 'retract', id: envelope.annotation }
    case 'react':
      return { type: 'react', id: envelope.annotation, name, reaction: envelope.reaction, on: envelope.on }
    case 'arrange':
      return { type: 'arrange', edits: envelope.edits, name }
    default:
      return envelope satisfies never
  }
}

function deliver(socket: FakeSocket): boolean {
  const text = socket.toClient.shift()
  if (text === undefined) return false
  socket.receive(text)
  return true
}
