// Owns the rounds of one pace of one group: one push at a time to its links, in slices. When is pace.ts's.

import {
  type Cursor,
  changesSince,
  cursorOf,
  encodeCursor,
  type GroupState,
  spanOver,
  type Update,
  windowOf,
} from '@chartroom/shared'
import { type Frame, UpdateFrame } from './frame.ts'
import { type Changed, Pace } from './pace.ts'
import type { Presence } from './presence.ts'
import type { Subscriber } from './subscriber.ts'

// Who waited for a round is back for the next within this: a round trip of a slow network.
const returnMs = 1_000
// Links that are written to before the event loop gets its turn: one loop over 3,000 sockets blocked it for 65 to
// 230 ms (REALTIME.md 2), so a slice stays near 5 ms.
const sliceLinks = 128

/** What the rounds need of the process: a clock (monotonic, ms), a timer, and a way to let others go first. */
export interface Clock {
  now(): number
  setTimer(run: () => void, ms: number): () => void
  yieldTo(run: () => void): void
}

/** The pushes of one pace of a group to its subscribers. */
export class Rounds {
  readonly subscribers = new Set<Subscriber>()
  /** Those who were full when a round passed, with the group's time of the last one that they had (Unix ms). */
  readonly #missed = new Map<Subscriber, number>()
  readonly #pace: Pace
  readonly #state: GroupState
  readonly #presence: Presence
  readonly #clock: Clock
  /** What this pace was last sent. */
  #sent: Cursor
  #sentTime: number
  #sentPresence: number
  #cancelTimer: (() => void) | undefined
  #lingersUntil = Number.NEGATIVE_INFINITY
  #isClosed = false

  constructor(paceMs: number, state: GroupState, presence: Presence, clock: Clock) {
    this.#pace = new Pace(paceMs)
    this.#state = state
    this.#presence = presence
    this.#clock = clock
    this.#sent = cursorOf(state)
    this.#sentTime = state.time
    this.#sentPresence = presence.version
  }

  /** What every subscriber of this pace may be told from. */
  get sent(): Cursor {
    return this.#sent
  }

  /** How long they go on with nobody in them, ms. */
  get lingerMs(): number {
    return Math.max(0, this.#lingersUntil - this.#clock.now())
  }

  /**
   * Who waited for a round only comes back for the next: the pace goes on for as long as it could make a difference.
   * After a pace of silence a new clock is as good.
   */
  linger(): void {
    this.#lingersUntil = this.#clock.now() + this.#pace.paceMs + returnMs
  }

  /** Whether a receiver at this cursor was told all that this pace was sent, so that the next round is its next. */
  isCurrent(cursor: Cursor): boolean {
    return isAtOrAfter(cursor, this.#sent) && isAtOrAfter(cursorOf(this.#state), cursor)
  }

  changed(what: Changed): void {
    this.#pace.changed(this.#clock.now(), what)
    this.#arm()
  }

  /** Tells a link that missed a round, and has drained, what it missed: its cursor is its backlog. */
  catchUp(subscriber: Subscriber): void {
    const since = this.#missed.get(subscriber)
    if (subscriber.link.isFull || since === undefined) return
    this.#missed.delete(subscriber)
    if (!isAtOrAfter(subscriber.cursor, this.#sent))
      send(subscriber, new UpdateFrame(this.#missedBy(subscriber, since)))
    subscriber.link.send(this.#presence.frame())
  }

  /** Takes a subscriber out of the rounds. */
  leave(subscriber: Subscriber): void {
    this.subscribers.delete(subscriber)
    this.#missed.delete(subscriber)
  }

  // A difference tells the numbers of now: what they were meanwhile goes along for who draws lines.
  #missedBy({ cursor, hasPast }: Subscriber, since: number): Update {
    const update = changesSince(this.#state, cursor)
    return hasPast ? { ...update, window: windowOf(this.#state, spanOver(this.#state.time - since)) } : update
  }

  close(): void {
    this.#isClosed = true
    this.#cancelTimer?.()
  }

  #arm(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    const { dueAt } = this.#pace
    if (dueAt === undefined || this.#isClosed) return
    this.#cancelTimer = this.#clock.setTimer(() => this.#push(), Math.max(0, dueAt - this.#clock.now()))
  }

  #push(): void {
    this.#cancelTimer = undefined
    const hasUpdate = this.#pace.begin(this.#clock.now())
    // With nobody to hear it nothing is encoded, and yet the round has passed.
    const frame = hasUpdate && this.subscribers.size > 0 ? this.#difference() : undefined
    const presence = this.#sentPresence === this.#presence.version ? undefined : this.#presence.frame()
    const before = this.#sentTime
    if (frame !== undefined) this.#sentTime = this.#state.time
    if (hasUpdate) this.#sent = cursorOf(this.#state)
    this.#sentPresence = this.#presence.version
    this.#sendSlice([...this.subscribers], 0, { frame, presence, before, own: new Map() })
  }

  #difference(): UpdateFrame | undefined {
    const isKnown = isAtOrAfter(this.#sent, cursorOf(this.#state))
    return isKnown ? undefined : new UpdateFrame(changesSince(this.#state, this.#sent))
  }

  #sendSlice(targets: readonly Subscriber[], start: number, push: Push): void {
    if (this.#isClosed) return
    const end = Math.min(start + sliceLinks, targets.length)
    for (const subscriber of targets.slice(start, end)) {
      if (this.subscribers.has(subscriber)) this.#sendTo(subscriber, push)
    }
    if (end < targets.length) {
      this.#clock.yieldTo(() => this.#sendSlice(targets, end, push))
      return
    }
    this.#pace.end()
    this.#arm()
  }

  #sendTo(subscriber: Subscriber, { frame, presence, before, own }: Push): void {
    const { link } = subscriber
    if (link.isFull) {
      if (!this.#missed.has(subscriber)) this.#missed.set(subscriber, before)
      return
    }
    this.catchUp(subscriber)
    const { cursor } = subscriber
    if (frame !== undefined && !frame.isKnownAt(cursor)) {
      send(subscriber, frame.joinsOn(cursor) ? frame : this.#ownFrame(cursor, own))
    }
    if (presence !== undefined) link.send(presence)
  }

  // Links that fell behind together are told together.
  #ownFrame(cursor: Cursor, own: Push['own']): UpdateFrame {
    const key = encodeCursor(cursor)
    const known = own.get(key)
    if (known !== undefined) return known
    const frame = new UpdateFrame(changesSince(this.#state, cursor))
    own.set(key, frame)
    return frame
  }
}

interface Push {
  /** What changed since the last push; undefined when only presence did. */
  readonly frame: UpdateFrame | undefined
  readonly presence: Frame | undefined
  /** The group's time of the push before, Unix ms. */
  readonly before: number
  /** The differences of links below the pace's `from`, by their cursor. */
  readonly own: Map<string, UpdateFrame>
}

function send(subscriber: Subscriber, frame: UpdateFrame): void {
  subscriber.link.send(frame)
  subscriber.cursor = frame.to
}

function isAtOrAfter(cursor: Cursor, other: Cursor): boolean {
  return cursor.epoch === other.epoch && cursor.revision >= other.revision
}
