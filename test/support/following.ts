// Strangers who follow one group over each transport, with nothing of ours but the schemas: for the contract of them all.

import {
  applyUpdate,
  type ClientEnvelope,
  createState,
  cursorOf,
  decodeServerEnvelope,
  encodeCursor,
  type GroupState,
  type PresenceEnvelope,
  type ServerEnvelope,
  type Update,
} from '@chartroom/shared'
import { vi } from 'vitest'
import { patience } from './patience.ts'
import { WireClient } from './wire-client.ts'

/** How somebody follows. */
export interface FollowWish {
  readonly group: string
  readonly name?: string
  readonly secret?: string
  readonly paceMs?: Extract<ClientEnvelope, { type: 'subscribe' }>['paceMs']
  readonly windowMs?: number
}

/** Somebody who follows a group, whatever the transport. */
export abstract class Following {
  abstract readonly state: GroupState
  /** The updates that came since they came, or came back. */
  updates: Update[] = []
  people: Pick<PresenceEnvelope, 'count' | 'people'> = { count: 0, people: [] }
  protected readonly wish: FollowWish

  constructor(wish: FollowWish) {
    this.wish = wish
  }

  /** What was granted, once it was. */
  abstract readonly granted: { readonly name?: string | undefined; readonly paceMs: number } | undefined
  /** Why the server would not have them. */
  abstract readonly refusal: string | undefined
  /** Whether they were cut, or sent away. */
  abstract readonly isOver: boolean

  get cursor(): string {
    return encodeCursor(cursorOf(this.state))
  }

  /** What each of the updates led from and to. */
  get steps(): { readonly from: number; readonly to: number }[] {
    return this.updates.map(({ from, to }) => ({ from, to }))
  }

  get texts(): string[] {
    return this.state.talk.annotations.map(({ text }) => text)
  }

  get numbers(): (number | null)[] {
    return [...this.state.series.values()].map(({ value }) => value)
  }

  /** Resolves with the first update since they came. */
  first(): Promise<Update> {
    return this.until(() => {
      const [update] = this.updates
      if (update === undefined) throw new Error('no update came')
      return update
    })
  }

  /** Resolves when what came makes the state reach a revision. */
  async reached(revision: number): Promise<void> {
    await this.until(() => {
      if (this.state.revision < revision) throw new Error(`${this.state.revision} of ${revision} was reached`)
    })
  }

  until<T>(look: () => T): Promise<T> {
    return vi.waitFor(look, patience)
  }

  /** Begins to follow. */
  abstract open(): Promise<void>
  /** Goes as the network would: without a word. */
  abstract cut(): void
  /** Leaves for good. */
  end(): void {
    this.cut()
  }
  /** Comes back after a cut with what they have, perhaps to another address of the server; resolves to its revision. */
  abstract comeBack(url?: string): Promise<number>
  /** Reads nothing until `resume`. */
  abstract pause(): void
  abstract resume(): void
}

/** Somebody who has nothing of ours but the schemas. */
abstract class Stranger extends Following {
  readonly state: GroupState
  granted: Following['granted']
  refusal: string | undefined
  isOver = false
  protected url: string

  constructor(url: string, wish: FollowWish) {
    super(wish)
    this.url = url
    this.state = createState(wish.group)
  }

  async comeBack(url = this.url): Promise<number> {
    // What had come when it was cut may still be unpacked.
    await this.until(() => {
      if (!this.isOver) throw new Error('the cut was not noticed')
    })
    const { revision } = this.state
    this.url = url
    this.updates = []
    this.isOver = false
    await this.open()
    return revision
  }

  protected took(text: string): void {
    const decoded = decodeServerEnvelope(text)
    if (!decoded.ok) throw new Error(`${decoded.refusal.message} in ${text}`)
    this.#take(decoded.value)
  }

  #take(envelope: ServerEnvelope): void {
    switch (envelope.type) {
      case 'ack':
        this.granted = { name: envelope.name, paceMs: envelope.paceMs ?? 0 }
        break
      case 'update':
        this.updates.push(envelope)
        if (applyUpdate(this.state, envelope) === 'gap') throw new Error(`a gap at ${this.cursor}`)
        break
      case 'presence':
        this.people = envelope
        break
      case 'error':
        this.refusal = envelope.code
        break
      default:
        break
    }
  }

  /** Where they begin: a group that never came is asked for whole. */
  protected get since(): string | undefined {
    return this.state.revision === 0 ? undefined : this.cursor
  }

  protected get headers(): Record<string, string> {
    return this.wish.secret === undefined ? {} : { 'Chartroom-Secret': this.wish.secret }
  }

  protected query(cursor: string | undefined, more: Record<string, string> = {}): URLSearchParams {
    const { name, paceMs = 100, windowMs } = this.wish
    return new URLSearchParams({
      ...(name === undefined ? {} : { name }),
      ...(windowMs === undefined || cursor !== undefined ? {} : { windowMs: String(windowMs) }),
      ...(cursor === undefined ? {} : { since: cursor }),
      paceMs: String(paceMs),
      ...more,
    })
  }
}

/** Over a WebSocket. */
export class SocketFollowing extends Stranger {
  #client: WireClient | undefined

  async open(): Promise<void> {
    const { group, name, secret, paceMs = 100, windowMs } = this.wish
    const cursor = this.since
    const client = new WireClient(`${this.url}/ws`)
    this.#client = client
    client.socket.on('message', (data) => this.took(String(data)))
    client.socket.on('close', () => {
      if (client === this.#client) this.isOver = true
    })
    await client.opened()
    client.send(
      { type: 'hello', id: 0, ...(name === undefined ? {} : { name }), ...(secret === undefined ? {} : { secret }) },
      {
        ...{ type: 'subscribe', id: 0, group, paceMs },
        ...(windowMs === undefined ? {} : { windowMs }),
        ...(cursor === undefined ? {} : { cursor }),
      },
    )
  }

  cut(): void {
    this.#client?.close()
  }

  pause(): void {
    this.#client?.socket.pause()
  }

  resume(): void {
    this.#client?.socket.resume()
  }
}

/** Over server-sent events, read as the standard says. */
export class EventFollowing extends Stranger {
  #abort = new AbortController()
  /** The last id that came, which a browser sends back. */
  #lastEventId = ''
  #isPaused = false
  #goOn = () => {}

  async open(): Promise<void> {
    const path = `/api/groups/${encodeURIComponent(this.wish.group)}/events`
    const abort = new AbortController()
    this.#abort = abort
    const last = this.#lastEventId === '' ? {} : { 'Last-Event-ID': this.#lastEventId }
    const response = await fetch(`${this.url}${path}?${this.query(undefined)}`, {
      headers: { ...this.headers, ...last },
      signal: abort.signal,
    }).catch((error: unknown) => {
      this.isOver = true
      throw error
    })
    if (response.status === 200) void this.#read(response, abort)
    else this.refusal = String(Object(await response.json()).code)
  }

  cut(): void {
    this.#abort.abort()
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#goOn()
  }

  async #read(response: Response, abort: AbortController): Promise<void> {
    let text = ''
    const decoder = new TextDecoder()
    try {
      for await (const bytes of response.body ?? []) {
        text += decoder.decode(bytes, { stream: true })
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) this.#tookEvent(event)
        if (this.#isPaused) await new Promise<void>((resolve) => (this.#goOn = resolve))
      }
    } catch (error) {
      if (!abort.signal.aborted && !(error instanceof TypeError)) throw error
    }
    if (abort === this.#abort) this.isOver = true
  }

  #tookEvent(event: string): void {
    for (const line of event.split('\n')) {
      if (line.startsWith('id: ')) this.#lastEventId = line.slice(4)
      if (line.startsWith('data: ')) this.took(line.slice(6))
    }
  }
}

/** By asking again and again, with a wait or without. */
export class PollFollowing extends Stranger {
  readonly #waitMs: number
  #abort = new AbortController()
  #isPaused = false
  #goOn = () => {}

  constructor(waitMs: number, url: string, wish: FollowWish) {
    super(url, wish)
    this.#waitMs = waitMs
  }

  async open(): Promise<void> {
    const abort = new AbortController()
    this.#abort = abort
    await this.#ask(abort)
    void this.#askOn(abort)
  }

  cut(): void {
    this.#abort.abort()
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#goOn()
  }

  async #askOn(abort: AbortController): Promise<void> {
    while (!abort.signal.aborted) {
      if (this.#isPaused) await new Promise<void>((resolve) => (this.#goOn = resolve))
      await this.#ask(abort)
    }
    if (abort === this.#abort) this.isOver = true
  }

  async #ask(abort: AbortController): Promise<void> {
    const query = this.query(this.since, { groups: encodeURIComponent(this.wish.group), waitMs: String(this.#waitMs) })
    try {
      const response = await fetch(`${this.url}/api/changes?${query}`, { headers: this.headers, signal: abort.signal })
      const answer: unknown = await response.json()
      if (!Array.isArray(answer)) throw new TypeError(String(Object(answer).code))
      for (const envelope of answer) this.took(JSON.stringify(envelope))
    } catch (error) {
      // An abort, or a server that goes or has gone.
      if (!(error instanceof TypeError || error instanceof SyntaxError || abort.signal.aborted)) throw error
      abort.abort()
    }
  }
}
