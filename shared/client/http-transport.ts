// Owns a way in over HTTP: it turns the frames of a session into requests, and what a feed and their answers bring into
// frames. How news come is the feed's, how requests go the sender's.

import {
  type ClientEnvelope,
  type HelloEnvelope,
  isWriting,
  type PointEnvelope,
  type SubscribeEnvelope,
} from '../client-envelopes.ts'
import { decodeClientEnvelope, encode } from '../codec.ts'
import { limits } from '../limits.ts'
import type { AckEnvelope, ErrorEnvelope, ServerEnvelope } from '../server-envelopes.ts'
import type { Update } from '../update.ts'
import type { Feed, Following, OpenFeed } from './feed.ts'
import type { Platform, Undo } from './platform.ts'
import { Sender } from './sender.ts'
import type { RungListener, Transport } from './transport.ts'

/** Abnormal closure: nobody said why (RFC 6455 7.1.5). */
const abnormal = 1006

interface Followed extends Following {
  /** The subscribe that waits for its answer. */
  readonly asked: number | undefined
  /** Whether nobody waits for the update that comes first, so that an empty one is nobody's news. */
  readonly isKnown: boolean
}

/** A way in whose news come by a feed. */
export class HttpTransport implements Transport {
  readonly isFull = false
  readonly #platform: Platform
  readonly #httpUrl: string
  readonly #listener: RungListener
  readonly #feed: Feed
  readonly #groups = new Map<string, Followed>()
  /** All that was pointed at, by group: each feed that begins is somebody new there. */
  readonly #pointed = new Map<string, PointEnvelope>()
  /** The groups that the present feed has entered. */
  readonly #entered = new Set<string>()
  #hello: HelloEnvelope = { type: 'hello', id: 0 }
  #sender: Sender
  #cancelOpen: Undo
  #cancelFollow: Undo | undefined
  #isOver = false

  constructor(platform: Platform, httpUrl: string, openFeed: OpenFeed, listener: RungListener) {
    this.#platform = platform
    this.#httpUrl = httpUrl
    this.#listener = listener
    this.#sender = new Sender(platform, httpUrl, this.#hello)
    this.#cancelOpen = platform.setTimer(() => listener.onOpen(), 0)
    this.#feed = openFeed(httpUrl, {
      onEnvelope: (envelope) => this.#take(envelope),
      onProved: () => listener.onProved(),
      onEnd: (reason) => this.#end(reason),
    })
  }

  send(text: string): void {
    const decoded = decodeClientEnvelope(text)
    if (decoded.ok && !this.#isOver) void this.#send(decoded.value)
  }

  close(): void {
    this.#isOver = true
    this.#sender.stop()
    this.#cancelOpen()
    this.#cancelFollow?.()
    this.#feed.close()
  }

  async #send(envelope: ClientEnvelope): Promise<void> {
    if (isWriting(envelope)) {
      this.#tell(await this.#sender.send(envelope))
      return
    }
    switch (envelope.type) {
      case 'hello':
        await this.#greet(envelope)
        break
      case 'subscribe':
        this.#subscribe(envelope)
        break
      case 'unsubscribe':
        this.#groups.delete(envelope.group ?? '')
        this.#pointed.delete(envelope.group ?? '')
        this.#tell({ type: 'ack', id: envelope.id })
        this.#followSoon()
        break
      case 'point':
        this.#tell(await this.#point(envelope))
        break
      case 'ping':
        this.#tell(await this.#sender.ask(envelope))
        break
      case 'pong':
        break
      default:
        envelope satisfies never
    }
  }

  // The server's time, which welcome tells, is in the answer to a ping.
  async #greet(hello: HelloEnvelope): Promise<void> {
    this.#hello = hello
    this.#sender = new Sender(this.#platform, this.#httpUrl, hello)
    const pong = await this.#sender.ask({ type: 'ping', id: hello.id })
    if (pong.type !== 'pong') {
      this.#end('the server could not be reached')
      return
    }
    const named = hello.name === undefined ? {} : { name: hello.name }
    this.#tell({ type: 'welcome', id: hello.id, ...named, time: pong.time, pingMs: limits.pingMs, limits: {} })
  }

  #subscribe({ id, group = '', paceMs, cursor, windowMs, present = true }: SubscribeEnvelope): void {
    this.#groups.set(group, { group, paceMs, cursor, windowMs, isPresent: present, asked: id, isKnown: false })
    this.#followSoon()
  }

  // The feed is a request of its own: what overtook it would be said of nobody.
  async #point(point: PointEnvelope): Promise<ServerEnvelope> {
    const { id, group = '' } = point
    this.#pointed.set(group, { ...this.#pointed.get(group), ...point })
    return this.#entered.has(group) ? this.#sender.ask(point) : { type: 'ack', id }
  }

  #enter(group: string): void {
    const pointed = this.#pointed.get(group)
    if (pointed !== undefined && !this.#entered.has(group)) void this.#sender.ask(pointed)
    this.#entered.add(group)
  }

  // Many groups are followed at once when a session begins: they are one request.
  #followSoon(): void {
    this.#cancelFollow ??= this.#platform.setTimer(() => {
      this.#cancelFollow = undefined
      this.#entered.clear()
      this.#feed.follow(this.#hello, [...this.#groups.values()])
    }, 0)
  }

  #take(envelope: ServerEnvelope): void {
    switch (envelope.type) {
      case 'ack':
        this.#takeAck(envelope)
        break
      case 'error':
        this.#takeError(envelope)
        break
      case 'update':
        this.#takeUpdate(envelope)
        break
      case 'presence':
      case 'closing':
        this.#tell(envelope)
        break
      case 'welcome':
      case 'ping':
      case 'pong':
        break
      default:
        envelope satisfies never
    }
  }

  #takeAck(ack: AckEnvelope): void {
    const followed = this.#groups.get(ack.group ?? '')
    if (followed === undefined) return
    const { asked } = followed
    this.#groups.set(followed.group, { ...followed, asked: undefined, isKnown: asked === undefined })
    if (asked !== undefined) this.#tell({ ...ack, id: asked })
    this.#enter(followed.group)
  }

  #takeError({ group = '', ...error }: ErrorEnvelope): void {
    const followed = this.#groups.get(group)
    this.#groups.delete(group)
    if (followed?.asked !== undefined) {
      this.#tell({ ...error, id: followed.asked })
      // A poll that asks for it again would be refused again at once, without an end.
      this.#followSoon()
    }
    // It was followed until now: a session that begins anew is told so itself.
    else if (followed !== undefined) this.#end(error.message)
  }

  #takeUpdate(update: Update): void {
    const followed = this.#groups.get(update.group)
    if (followed === undefined) return
    const { isKnown } = followed
    const cursor = `${update.epoch}:${update.to}`
    this.#groups.set(update.group, { ...followed, cursor, windowMs: undefined, isKnown: false })
    if (!isKnown || update.from !== update.to || update.window !== undefined) this.#tell(update)
  }

  #tell(envelope: ServerEnvelope): void {
    if (!this.#isOver) this.#listener.onFrame(encode(envelope))
  }

  #end(reason: string): void {
    if (this.#isOver) return
    this.close()
    this.#listener.onClose(abnormal, reason)
  }
}
