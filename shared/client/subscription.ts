// Owns how one group is asked for: pace, window, cursor, gaps, and what the last subscribe still waits for.

import type { Outcome } from '../apply.ts'
import type { SubscribeEnvelope } from '../client-envelopes.ts'
import { encodeCursor } from '../cursor.ts'
import type { Refusal } from '../fault.ts'
import { limits } from '../limits.ts'
import type { AckEnvelope } from '../server-envelopes.ts'
import { cursorOf, type GroupState } from '../state.ts'
import { type PaceMs, paceFor, slowerPace } from './pace.ts'
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
}

// How long to leave a server alone that refused for now.
const retryMs = 5_000

/** The subscription to one group, over all connections. */
export class Subscription {
  readonly #options: SubscriptionOptions
  #uplink: Uplink | undefined
  #awaits: 'ack' | 'update' | 'nothing' = 'nothing'
  #cancelRetry: Undo = () => {}
  #askedPaceMs: PaceMs
  #grantedPaceMs: number | undefined
  #windowMs: number | undefined
  #isPresent: boolean
  #name: string | undefined
  #isFilled = false

  constructor(options: SubscriptionOptions) {
    const { paceMs = limits.defaultPaceMs, windowMs, present = true } = options
    this.#options = options
    this.#askedPaceMs = paceFor(paceMs)
    this.#windowMs = windowMs
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

  /** Whether an update has come, so that there is a cursor to resume from. */
  get isFilled(): boolean {
    return this.#isFilled
  }

  change({ paceMs, windowMs, present }: FollowOptions): void {
    if (paceMs === undefined && windowMs === undefined && present === undefined) return
    if (paceMs !== undefined) this.#askPace(paceFor(paceMs))
    this.#windowMs = windowMs ?? this.#windowMs
    this.#isPresent = present ?? this.#isPresent
    // The past that is there already need not travel again; what is not there yet must come with its past.
    const needsPast = windowMs !== undefined || !this.#isFilled
    this.#subscribe({ ...this.#cursor(), ...(needsPast ? this.#window() : {}) })
  }

  /** There is a connection: subscribes, resuming where there is something to resume. */
  attach(uplink: Uplink): void {
    this.#uplink = uplink
    this.#resume()
  }

  /** The connection is gone. */
  detach(): void {
    this.#uplink = undefined
    this.#awaits = 'nothing'
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

  /** Hears what an update did; true when it was pushed, false when it answers a subscribe, so that its age says nothing. */
  handleOutcome(outcome: Outcome): boolean {
    if (outcome === 'gap') {
      this.#closeGap()
      return false
    }
    const isPush = this.#awaits === 'nothing'
    if (this.#awaits === 'update') this.#awaits = 'nothing'
    this.#isFilled ||= outcome !== 'nothing'
    // A whole group that came unasked took the past of its lines away.
    if (isPush && outcome === 'replaced' && this.#windowMs !== undefined) this.#resume()
    return isPush
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
        this.#subscribe(this.#window())
        break
      default:
        this.#awaits satisfies never
    }
  }

  #resume(): void {
    this.#subscribe({ ...this.#cursor(), ...this.#window() })
  }

  #cursor(): Pick<SubscribeEnvelope, 'cursor'> {
    return this.#isFilled ? { cursor: encodeCursor(cursorOf(this.#options.state)) } : {}
  }

  // At least what the lines need; where more was missed, all of it, so that no line has a hole.
  #window(): Pick<SubscribeEnvelope, 'windowMs'> {
    if (this.#windowMs === undefined) return {}
    const { clock, state } = this.#options
    const missedMs = this.#isFilled ? clock.now() - state.time : 0
    return { windowMs: windowFor(Math.max(this.#windowMs, Math.min(missedMs, limits.windowMs))) }
  }

  #subscribe(from: Pick<SubscribeEnvelope, 'cursor' | 'windowMs'>): void {
    const uplink = this.#uplink
    if (uplink === undefined) return
    this.#awaits = 'ack'
    this.#cancelRetry()
    const { group } = this.#options.state
    const present = this.#isPresent ? {} : { present: false }
    uplink.request({ type: 'subscribe', group, paceMs: this.#askedPaceMs, ...from, ...present }, (answer) => {
      if (uplink === this.#uplink) this.#handleAnswer(answer)
    })
  }

  #handleAnswer(answer: Answer): void {
    if (answer.ok) this.#handleAck(answer.value)
    else {
      this.#awaits = 'nothing'
      if (answer.isTemporary) this.#cancelRetry = this.#options.platform.setTimer(() => this.#resume(), retryMs)
      else this.#options.onRefused(answer.refusal)
    }
  }

  #handleAck({ name, paceMs }: AckEnvelope): void {
    this.#awaits = 'update'
    this.#name = name
    this.#grantedPaceMs = paceMs
  }
}

// What the protocol takes as a window: whole milliseconds, a day at most.
const maxWindowMs = 86_400_000

function windowFor(ms: number): number {
  return Math.min(maxWindowMs, Math.max(1, Math.ceil(ms)))
}
