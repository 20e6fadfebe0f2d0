// Owns how one group is asked for: pace, cursor, gaps, and what the last subscribe waits for. What of the past is past.ts's.

import type { Outcome } from '../apply.ts'
import type { SubscribeEnvelope } from '../client-envelopes.ts'
import { encodeCursor } from '../cursor.ts'
import type { Refusal } from '../fault.ts'
import { limits } from '../limits.ts'
import type { AckEnvelope } from '../server-envelopes.ts'
import { cursorOf, type GroupState, reachBack } from '../state.ts'
import type { Update } from '../update.ts'
import { type PaceMs, paceFor, slowerPace } from './pace.ts'
import { type Coming, Past, reachFor } from './past.ts'
import type { Platform, Undo } from './platform.ts'
import type { Answer, Uplink } from './requests.ts'
import type { ServerClock } from './server-clock.ts'

/** How a group is followed. */
export interface FollowOptions {
  /** How often updates may come at most, ms; the next slower pace of the protocol is taken. @default 1000 */
  readonly paceMs?: number | undefined
  /** How much of the past the lines need, ms. Without it none is asked for. */
  readonly windowMs?: number | undefined
  /** Whether others see us there. @default true */
  readonly present?: boolean | undefined
}

/** What a subscription is made with. */
export interface SubscriptionOptions extends FollowOptions {
  /** Read for its cursor and time; updates change it. */
  readonly state: GroupState
  readonly platform: Platform
  readonly clock: ServerClock
  /** The server does not let us follow this group. */
  readonly onRefused: (refusal: Refusal) => void
  /** The name under which the group knows us. */
  readonly onGranted: (name: string | undefined) => void
}

// How long to leave a server alone that refused for now.
const retryMs = 5_000

/** What an update is while the last subscribe waits for something. */
const comings = { ack: 'ahead', update: 'answer', nothing: 'push' } as const satisfies Record<string, Coming>

/** The subscription to one group, over all connections. */
export class Subscription {
  readonly #options: SubscriptionOptions
  readonly #past: Past
  #uplink: Uplink | undefined
  #awaits: 'ack' | 'update' | 'nothing' = 'nothing'
  #cancelRetry: Undo = () => {}
  #askedPaceMs: PaceMs
  #grantedPaceMs: number | undefined
  #isPresent: boolean
  #name: string | undefined
  #isFilled = false
  #isWhole = false
  #isRefused = false
  /** The last subscribe: what answers one before it is not what is asked for now. */
  #last = 0

  constructor(options: SubscriptionOptions) {
    const { paceMs = limits.defaultPaceMs, windowMs, present = true } = options
    this.#options = options
    this.#askedPaceMs = paceFor(paceMs)
    this.#past = new Past(windowMs)
    this.#isPresent = present
  }

  /** As granted; as asked for until then. */
  get paceMs(): number {
    return this.#grantedPaceMs ?? this.#askedPaceMs
  }

  /** As granted. */
  get name(): string | undefined {
    return this.#name
  }

  /** Whether others see us there. */
  get isPresent(): boolean {
    return this.#isPresent
  }

  /** Whether an update has come, so that there is a cursor to resume from. */
  get isFilled(): boolean {
    return this.#isFilled
  }

  /** Whether what was asked for on this connection has come: the group as it is now, and the past of its lines. */
  get isWhole(): boolean {
    return this.#isWhole
  }

  change({ paceMs, windowMs, present }: FollowOptions): void {
    if (paceMs === undefined && windowMs === undefined && present === undefined) return
    // The past that is there already need not travel again; what is not there yet must come with its past.
    const wasThin = paceMs !== undefined && this.#changePace(paceFor(paceMs))
    const needsPast = wasThin || windowMs !== undefined || !this.#isFilled
    if (windowMs !== undefined) this.#resize(windowMs)
    this.#isPresent = present ?? this.#isPresent
    if (needsPast) this.#resume()
    else this.#subscribe(this.#cursor())
  }

  /** Somebody else wants it: where it was refused, it is asked for again. */
  askAgain(): void {
    if (this.#isRefused) this.#resume()
  }

  /** There is a connection: subscribes, resuming where there is something to resume. */
  attach(uplink: Uplink): void {
    this.#uplink = uplink
    this.#resume('new')
  }

  /** The connection is gone. */
  detach(): void {
    this.#uplink = undefined
    this.#awaits = 'nothing'
    this.#isWhole = false
    this.#cancelRetry()
  }

  /** Follows the group no more. */
  leave(): void {
    this.#uplink?.request({ type: 'unsubscribe', group: this.#options.state.group }, () => {})
    this.detach()
  }

  /** The link did not drain at this pace: the next subscribe asks for a slower one. */
  slowDown(): void {
    this.#askPace(slowerPace(this.paceMs))
  }

  /**
   * Hears what an update did to the state; true when it was pushed, false when it answers a subscribe, so that its age
   * says nothing.
   */
  handleOutcome(update: Update, outcome: Outcome): boolean {
    if (outcome === 'gap') {
      this.#closeGap()
      return false
    }
    const coming = comings[this.#awaits]
    if (coming === 'answer') {
      this.#awaits = 'nothing'
      this.#isWhole = true
    }
    this.#isFilled ||= outcome !== 'nothing'
    if (this.#past.take(update, outcome, coming)) this.#resume()
    return coming === 'push'
  }

  // True when it leaves a hole.
  #changePace(paceMs: PaceMs): boolean {
    const before = this.paceMs
    this.#askPace(paceMs)
    if (paceMs > before) this.#past.thin()
    return paceMs < before && this.#past.thicken()
  }

  #resize(windowMs: number): void {
    this.#past.resize(windowMs)
    reachBack(this.#options.state, reachFor(windowMs))
  }

  #askPace(paceMs: PaceMs): void {
    this.#askedPaceMs = paceMs
    this.#grantedPaceMs = undefined
  }

  #closeGap(): void {
    switch (this.#awaits) {
      case 'ack':
        // The answer on its way will join on.
        break
      case 'nothing':
        this.#resume()
        break
      case 'update':
        // The answer itself does not join on: only the whole group certainly does.
        this.#past.forget()
        this.#subscribe(this.#past.ask(this.#options.clock.now()))
        break
      default:
        this.#awaits satisfies never
    }
  }

  // From where the state stands, with what its lines miss.
  #resume(link: 'new' | 'same' = 'same'): void {
    this.#subscribe({ ...this.#cursor(), ...this.#past.ask(this.#options.clock.now(), link) })
  }

  #cursor(): Pick<SubscribeEnvelope, 'cursor'> {
    return this.#isFilled ? { cursor: encodeCursor(cursorOf(this.#options.state)) } : {}
  }

  #subscribe(from: Pick<SubscribeEnvelope, 'cursor' | 'windowMs'>): void {
    const uplink = this.#uplink
    if (uplink === undefined) return
    this.#awaits = 'ack'
    this.#isWhole = false
    this.#isRefused = false
    const turn = ++this.#last
    if (from.windowMs === undefined) this.#past.askNothing()
    this.#cancelRetry()
    const { group } = this.#options.state
    const present = this.#isPresent ? {} : { present: false }
    uplink.request({ type: 'subscribe', group, paceMs: this.#askedPaceMs, ...from, ...present }, (answer) => {
      if (uplink === this.#uplink && turn === this.#last) this.#handleAnswer(answer)
    })
  }

  #handleAnswer(answer: Answer): void {
    if (answer.ok) this.#handleAck(answer.value)
    else {
      this.#awaits = 'nothing'
      this.#isRefused = !answer.isTemporary
      if (answer.isTemporary) this.#cancelRetry = this.#options.platform.setTimer(() => this.#resume(), retryMs)
      else this.#options.onRefused(answer.refusal)
    }
  }

  #handleAck({ name, paceMs }: AckEnvelope): void {
    this.#awaits = 'update'
    this.#name = name
    this.#grantedPaceMs = paceMs
    this.#options.onGranted(name)
  }
}
