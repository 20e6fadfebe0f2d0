// Owns one group as this client has it: its state, kept over reconnects by its cursor, and what is asked about it.

import type { Annotation, AnnotationDraft } from '../annotation.ts'
import { applyUpdate, type Outcome } from '../apply.ts'
import { annotateEnvelope, type SubscribeEnvelope } from '../client-envelopes.ts'
import { decodeValue } from '../codec.ts'
import { encodeCursor } from '../cursor.ts'
import type { Refusal, Result } from '../fault.ts'
import { limits } from '../limits.ts'
import type { AckEnvelope, PresenceEnvelope } from '../server-envelopes.ts'
import { createState, cursorOf, type GroupState } from '../state.ts'
import type { Update } from '../update.ts'
import type { Http } from './http.ts'
import { Listeners } from './listeners.ts'
import { type PaceMs, paceFor, slowerPace } from './pace.ts'
import { Pager } from './pager.ts'
import type { Platform, Undo } from './platform.ts'
import type { Answer, Uplink } from './requests.ts'
import type { ServerClock } from './server-clock.ts'
import { Unsent } from './unsent.ts'

/** Who is in a group now: how many, and the first names. */
export type People = Pick<PresenceEnvelope, 'count' | 'people'>

/** How a group is followed. */
export interface FollowOptions {
  /** How often updates may come at most, ms; the next slower pace of the protocol is taken. @default 1000 */
  readonly paceMs?: number | undefined
  /** How much of the past the lines need, ms. Without it none is asked for. */
  readonly windowMs?: number | undefined
  /** Whether others see us there. @default true */
  readonly present?: boolean | undefined
}

/** One group, followed. */
export interface Replica {
  readonly group: string
  /** One object for the replica's life: updates change it. */
  readonly state: GroupState
  readonly people: People
  /** As granted; as asked for until then. */
  readonly paceMs: number
  /** The name under which this group knows us, as granted. */
  readonly name: string | undefined
  /** Whether the state has come; until then it is an empty group. */
  readonly isFilled: boolean
  /** After an update has changed the state. */
  onUpdate(listener: (update: Update, outcome: Outcome) => void): Undo
  onPeople(listener: () => void): Undo
  /** The server does not let us follow this group. */
  onRefused(listener: (refusal: Refusal) => void): Undo
  /**
   * Writes an annotation, now or when there is a connection again: settled when it is stored or refused. A `key` of
   * one's own makes a retry over several lives of the program safe.
   */
  annotate(draft: AnnotationDraft, options?: { readonly key?: string | undefined }): Promise<Result<Annotation>>
  /** Puts a page of older annotations before the log; true while there is still more. */
  pageBack(): Promise<Result<boolean>>
  /** Follows otherwise: at another pace, with a longer window. What is not named stays. */
  change(options: FollowOptions): void
  close(): void
}

/** What a replica is made with. */
export interface ReplicaOptions extends FollowOptions {
  readonly group: string
  readonly platform: Platform
  readonly clock: ServerClock
  readonly http: Http
  readonly onClose: () => void
}

// How long to leave a server alone that refused for now.
const retryMs = 5_000

/** A replica as its connection sees it: attached to one session after another, and told what comes for its group. */
export class FollowedGroup implements Replica {
  readonly state: GroupState
  readonly #options: ReplicaOptions
  readonly #pager: Pager
  readonly #unsent: Unsent
  readonly #updateListeners: Listeners<[Update, Outcome]>
  readonly #peopleListeners: Listeners<[]>
  readonly #refusedListeners: Listeners<[Refusal]>
  #uplink: Uplink | undefined
  /** What the last subscribe still waits for. */
  #awaits: 'ack' | 'update' | 'nothing' = 'nothing'
  #cancelRetry: Undo = () => {}
  #askedPaceMs: PaceMs
  #windowMs: number | undefined
  #isPresent: boolean
  #grantedPaceMs: number | undefined
  #name: string | undefined
  #people: People = { count: 0, people: [] }
  #isFilled = false

  constructor(options: ReplicaOptions) {
    const { group, platform, http, paceMs = limits.defaultPaceMs, windowMs, present = true } = options
    this.#options = options
    this.state = createState(group)
    this.#pager = new Pager(http, this.state)
    this.#unsent = new Unsent(platform)
    this.#updateListeners = new Listeners(platform)
    this.#peopleListeners = new Listeners(platform)
    this.#refusedListeners = new Listeners(platform)
    this.#askedPaceMs = paceFor(paceMs)
    this.#windowMs = windowMs
    this.#isPresent = present
  }

  get group(): string {
    return this.#options.group
  }

  get people(): People {
    return this.#people
  }

  get paceMs(): number {
    return this.#grantedPaceMs ?? this.#askedPaceMs
  }

  get name(): string | undefined {
    return this.#name
  }

  get isFilled(): boolean {
    return this.#isFilled
  }

  onUpdate(listener: (update: Update, outcome: Outcome) => void): Undo {
    return this.#updateListeners.add(listener)
  }

  onPeople(listener: () => void): Undo {
    return this.#peopleListeners.add(listener)
  }

  onRefused(listener: (refusal: Refusal) => void): Undo {
    return this.#refusedListeners.add(listener)
  }

  annotate(draft: AnnotationDraft, options: { readonly key?: string | undefined } = {}): Promise<Result<Annotation>> {
    const { group } = this
    const key = options.key ?? createKey(this.#options.platform)
    // A frame that the server would refuse, or close the link for, is refused here.
    const checked = decodeValue(annotateEnvelope, { ...draft, type: 'annotate', id: 0, group, key })
    if (!checked.ok) return Promise.resolve(checked)
    const { id: _unused, ...written } = checked.value
    return this.#unsent.add({ ...written, key })
  }

  pageBack(): Promise<Result<boolean>> {
    return this.#pager.pageBack()
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

  close(): void {
    this.#uplink?.request({ type: 'unsubscribe', group: this.group }, () => {})
    this.end({ code: 'closing', message: 'The group was left before the annotation was stored.' })
    this.#options.onClose()
  }

  /** A session began: subscribe, resuming where there is something to resume, and send what was written meanwhile. */
  attach(uplink: Uplink): void {
    this.#uplink = uplink
    this.#resume()
    this.#unsent.attach(uplink)
  }

  /** The session ended; another may come. */
  detach(): void {
    this.#uplink = undefined
    this.#awaits = 'nothing'
    this.#cancelRetry()
    this.#unsent.detach()
  }

  /** No other session will come by itself. */
  end(refusal: Refusal): void {
    this.detach()
    this.#unsent.end(refusal)
  }

  /** The link did not drain at this pace: the next subscribe asks for a slower one. */
  slowDown(): void {
    this.#askPace(slowerPace(this.paceMs))
  }

  /** Takes an update; true when it was pushed, and false when it answers a subscribe, so that its age says nothing. */
  handleUpdate(update: Update): boolean {
    const outcome = applyUpdate(this.state, update)
    if (outcome === 'gap') {
      this.#closeGap()
      return false
    }
    const isPush = this.#awaits === 'nothing'
    if (this.#awaits === 'update') this.#awaits = 'nothing'
    if (outcome === 'nothing') return isPush
    this.#isFilled = true
    this.#updateListeners.tell(update, outcome)
    // A whole group that came unasked took the past of its lines away.
    if (isPush && outcome === 'replaced' && this.#windowMs !== undefined) this.#resume()
    return isPush
  }

  handlePresence({ count, people }: PresenceEnvelope): void {
    this.#people = { count, people }
    this.#peopleListeners.tell()
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
    return this.#isFilled ? { cursor: encodeCursor(cursorOf(this.state)) } : {}
  }

  // At least what the lines need; where more was missed, all of it, so that no line has a hole.
  #window(): Pick<SubscribeEnvelope, 'windowMs'> {
    if (this.#windowMs === undefined) return {}
    const missedMs = this.#isFilled ? this.#options.clock.now() - this.state.time : 0
    return { windowMs: windowFor(Math.max(this.#windowMs, Math.min(missedMs, limits.windowMs))) }
  }

  #subscribe(from: Pick<SubscribeEnvelope, 'cursor' | 'windowMs'>): void {
    const uplink = this.#uplink
    if (uplink === undefined) return
    this.#awaits = 'ack'
    this.#cancelRetry()
    const present = this.#isPresent ? {} : { present: false }
    uplink.request(
      { type: 'subscribe', group: this.group, paceMs: this.#askedPaceMs, ...from, ...present },
      (answer) => {
        if (uplink === this.#uplink) this.#handleAnswer(answer)
      },
    )
  }

  #handleAnswer(answer: Answer): void {
    if (answer.ok) this.#handleAck(answer.value)
    else {
      this.#awaits = 'nothing'
      if (answer.isTemporary) this.#cancelRetry = this.#options.platform.setTimer(() => this.#resume(), retryMs)
      else this.#refusedListeners.tell(answer.refusal)
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

// 128 random bits: nobody else writes under this key.
function createKey({ random }: Platform): string {
  return Array.from({ length: 4 }, () =>
    Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('')
}
