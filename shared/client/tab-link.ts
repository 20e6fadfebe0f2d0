// Owns one other tab that came in through this one: what it asks is answered as a server would. What it is told of a
// group is shared-group.ts's.

import {
  type ClientEnvelope,
  type HelloEnvelope,
  isWriting,
  type PointEnvelope,
  type SubscribeEnvelope,
  type UnsubscribeEnvelope,
  type WritingEnvelope,
} from '../client-envelopes.ts'
import { decodeClientEnvelope, encode } from '../codec.ts'
import { errorCodes, type Refusal, refuse } from '../fault.ts'
import { limits } from '../limits.ts'
import type { ServerEnvelope } from '../server-envelopes.ts'
import { awayWord, closeText, closeWord } from './entrance.ts'
import type { Lender } from './lender.ts'
import type { ChannelLike } from './platform.ts'
import { type Answer, errorOf } from './requests.ts'
import type { Listening, SharedGroup } from './shared-group.ts'
import { writtenOf } from './written.ts'

/** What a link is made with. */
export interface TabLinkOptions {
  readonly channel: ChannelLike
  readonly lender: Lender
  readonly groupOf: (name: string) => SharedGroup | Refusal
  readonly onOver: () => void
}

// A tab in the background answers once a minute at worst, and is asked every 25 s.
const maxUnanswered = 6

/** The link to one other tab. */
export class TabLink implements Listening {
  readonly #options: TabLinkOptions
  /** The groups that it follows, as it calls them. */
  readonly #groups = new Map<string, SharedGroup>()
  #hello: HelloEnvelope | undefined
  #state: 'greeting' | 'welcomed' | 'over' = 'greeting'
  #unanswered = 0
  /** What it asked before it could be welcomed. */
  readonly #early: ClientEnvelope[] = []

  constructor(options: TabLinkOptions) {
    this.#options = options
    options.channel.onmessage = ({ data }: { readonly data: unknown }) => this.#handle(String(data))
  }

  get isFull(): boolean {
    return this.#unanswered > 1
  }

  send(envelope: ServerEnvelope): void {
    this.sendText(encode(envelope))
  }

  sendText(text: string): void {
    if (this.#state !== 'over') this.#options.channel.postMessage(text)
  }

  /** Welcomes it, once it said hello and there is a connection. */
  greet(): void {
    const { lender } = this.#options
    if (this.#hello === undefined || this.#state !== 'greeting' || !lender.isWelcome) return
    this.#state = 'welcomed'
    const { id, name } = this.#hello
    const named = name === undefined ? {} : { name }
    this.send({ type: 'welcome', id, ...named, time: lender.serverNow(), pingMs: limits.pingMs, limits: {} })
    for (const envelope of this.#early.splice(0)) this.#serve(envelope)
  }

  /** Asks whether it lives; who has not answered for long is let go of. */
  ask(): void {
    this.#unanswered++
    if (this.#unanswered > maxUnanswered) this.end(closeText())
    else this.send({ type: 'ping', time: this.#options.lender.serverNow() })
  }

  /** Ends it, with the text that says how. */
  end(text: string): void {
    if (this.#state === 'over') return
    this.sendText(text)
    this.#finish()
  }

  #finish(): void {
    this.#state = 'over'
    this.#options.channel.onmessage = null
    this.#options.channel.close()
    this.#options.onOver()
  }

  #handle(text: string): void {
    if (text.startsWith(closeWord)) {
      this.#finish()
      return
    }
    const wasFull = this.isFull
    this.#unanswered = 0
    if (wasFull) for (const group of this.#groups.values()) group.catchUp(this)
    const decoded = decodeClientEnvelope(text)
    if (decoded.ok) this.#take(decoded.value)
  }

  // Requests may follow hello at once; without a connection there is nobody to pass them on to.
  #take(envelope: ClientEnvelope): void {
    if (envelope.type === 'hello') {
      this.#hello = envelope
      this.greet()
    } else if (this.#state === 'greeting') this.#early.push(envelope)
    else this.#serve(envelope)
  }

  #serve(envelope: ClientEnvelope): void {
    if (isWriting(envelope)) {
      this.#write(envelope)
      return
    }
    const { lender } = this.#options
    switch (envelope.type) {
      case 'subscribe':
        this.#follow(envelope)
        break
      case 'unsubscribe':
        this.#inGroup(envelope, (group) => group.leave(this))
        this.#groups.delete(envelope.group ?? '')
        break
      case 'point':
        this.#inGroup(envelope, (group) => group.attend(this, envelope))
        break
      case 'ping':
        // While the server is silent to the leading tab, it is silent to all.
        if (lender.isLive) this.send({ type: 'pong', ...idOf(envelope.id), time: lender.serverNow() })
        break
      case 'hello':
      case 'pong':
        break
      default:
        envelope satisfies never
    }
  }

  #follow(asked: SubscribeEnvelope): void {
    const { id, group = '' } = asked
    const found = this.#options.groupOf(group)
    if (!('code' in found)) {
      this.#groups.set(group, found)
      found.follow(this, asked)
      // Alone it has room for it.
    } else if (found.code === 'socket_group_limit') this.end(awayWord)
    else this.send(errorOf(id, found, errorCodes[found.code].temporary))
  }

  #inGroup({ id, group = '' }: PointEnvelope | UnsubscribeEnvelope, act: (group: SharedGroup) => void): void {
    const found = this.#groups.get(group)
    if (found !== undefined) act(found)
    this.send(found === undefined ? errorOf(id, notFollowed, false) : { type: 'ack', id })
  }

  // The key makes it safe that it is sent again by the next leading tab.
  #write({ id, key = '', ...draft }: WritingEnvelope): void {
    const written = writtenOf(draft, key)
    if (written.ok) this.#options.lender.uplink?.request(written.value, (answer) => this.#answer(id, answer))
    else this.send(errorOf(id, written.refusal, false))
  }

  #answer(id: number, answer: Answer): void {
    this.send(answer.ok ? { ...answer.value, id } : errorOf(id, answer.refusal, answer.isTemporary))
  }
}

function idOf(id: number | undefined): { readonly id?: number } {
  return id === undefined ? {} : { id }
}

const { refusal: notFollowed } = refuse('not_subscribed', 'This tab does not follow that group.')
