// Owns one group as it is followed here: who subscribes at which pace, and the first update of each. Rounds do the rest.

import {
  type Change,
  type Cursor,
  changesSince,
  cursorOf,
  encodeCursor,
  type GroupState,
  limits,
  startCursor,
  type Window,
  windowOf,
} from '@chartroom/shared'
import type { Engine, FollowedGroup } from '../engine/engine.ts'
import { wholeHistory } from '../engine/history-parts.ts'
import type { HistoryRows } from '../engine/history-rows.ts'
import { windowOfHistory, windowQuery } from '../engine/history-window.ts'
import { type Frame, UpdateFrame } from './frame.ts'
import type { Changed } from './pace.ts'
import { type Attention, Presence } from './presence.ts'
import { type Clock, Rounds } from './rounds.ts'
import { type Place, Seats } from './seats.ts'
import type { Link, Subscriber } from './subscriber.ts'

// A first update made this long ago still serves: so a storm of joins costs ten encodings a second.
const joinFrameMs = 100
const maxJoinFrames = 64
// A window is as long as was asked for or a little longer, so that few lengths serve everybody.
const windowStepMs = 60_000

/** Where a subscriber wants to begin: with a cursor it resumes, with a window (ms) it gets the past. */
export interface Start {
  readonly cursor?: Cursor | undefined
  readonly windowMs?: number | undefined
}

/** One group that somebody here subscribes to. */
export class Group {
  readonly #followed: FollowedGroup
  readonly #clock: Clock
  readonly #presence: Presence
  readonly #seats: Seats
  readonly #rounds = new Map<number, Rounds>()
  /** The ends of the paces that nobody is in, and that go on for a while. */
  readonly #cancelEnds = new Map<number, () => void>()
  readonly #emptied: () => void
  readonly #joinFrames = new Map<string, UpdateFrame>()
  readonly #windows = new Map<number, Window>()
  readonly #pasts = new Map<number, Promise<HistoryRows | undefined>>()
  readonly #history: Pick<Engine, 'history'>
  #cancelForget: (() => void) | undefined
  readonly #undo: readonly (() => void)[]

  /** `emptied` is called when it became empty by itself, a while after somebody left. */
  constructor(followed: FollowedGroup, clock: Clock, history: Pick<Engine, 'history'>, emptied: () => void) {
    this.#followed = followed
    this.#emptied = emptied
    this.#history = history
    this.#clock = clock
    this.#presence = new Presence(followed.state.group)
    this.#seats = new Seats(this.#presence, clock, () => this.#changed('people'), emptied)
    this.#undo = [
      followed.onChange((change) => this.#changed(isAnnouncement(change, followed.state) ? 'annotation' : 'numbers')),
      followed.onReset(() => this.#changed('annotation')),
    ]
  }

  /** How many people are here. */
  get people(): number {
    return this.#presence.count
  }

  /** Whether anything was ever written to it. */
  get isWritten(): boolean {
    return this.#followed.state.revision > 0
  }

  /** Where the group stands. */
  get cursor(): Cursor {
    return cursorOf(this.#followed.state)
  }

  /** Whether nobody subscribes any more, and nobody is about to come back. */
  get isEmpty(): boolean {
    return this.#rounds.size === 0 && this.#seats.isEmpty
  }

  /** Who is here, encoded once for all. */
  get presence(): Frame {
    return this.#presence.frame()
  }

  /** What is kept of a window that reaches further back than memory; undefined when it does not. For `join`. */
  past({ windowMs = 0 }: Start): Promise<HistoryRows | undefined> {
    const stepsMs = stepsOf(windowMs)
    if (stepsMs <= limits.windowMs) return Promise.resolve(undefined)
    const known = this.#pasts.get(stepsMs)
    if (known !== undefined) return known
    // What cannot be read the engine has told of; memory still has the last minutes.
    const past = wholeHistory(this.#history, windowQuery(this.#followed.state, stepsMs)).catch(() => undefined)
    this.#pasts.set(stepsMs, past)
    void past.then(() => this.#forgetSoon())
    return past
  }

  /**
   * Lets a subscriber in: its first update goes at once, empty if need be, and who is here with it. `past` is what
   * `past` gave for this start, if there was time to wait for it.
   */
  join(subscriber: Subscriber, start: Start, past?: HistoryRows): void {
    const rounds = this.#roundsAt(subscriber.paceMs)
    const frame = this.#firstFrame(start, rounds.sent, past)
    subscriber.link.send(frame)
    subscriber.cursor = frame.to
    rounds.subscribers.add(subscriber)
    if (this.#presence.enter(subscriber)) this.#changed('people')
    subscriber.link.send(this.#presence.frame())
  }

  /** Lets a subscriber out. */
  leave(subscriber: Subscriber): void {
    this.#leaveRounds(subscriber)
    if (this.#presence.leave(subscriber)) this.#changed('people')
  }

  /**
   * Lets a link wait for the next round of a pace, in which it is sent what changed; returns its end. Undefined when
   * it has something to be told now, because a round has passed that it was not told. Its pace goes on for a while
   * without it, so that it finds the same clock when it comes back.
   */
  wait(link: Link, cursor: Cursor, paceMs: number): (() => void) | undefined {
    const rounds = this.#roundsAt(paceMs)
    const subscriber = { link, paceMs, person: undefined, name: undefined, hasPast: false, cursor }
    const isCurrent = rounds.isCurrent(cursor)
    if (isCurrent) rounds.subscribers.add(subscriber)
    const leave = () => {
      // Nobody misses the clock of a group in which nothing was ever said.
      if (this.isWritten) rounds.linger()
      this.#leaveRounds(subscriber)
    }
    if (isCurrent) return leave
    leave()
    return undefined
  }

  /** All that changed from where somebody begins until now. `past` is as for `join`. */
  difference(start: Start, past?: HistoryRows): UpdateFrame {
    return this.#firstFrame(start, this.cursor, past)
  }

  /** Counts a person who comes and goes with each request, while one is under way and a little longer. */
  seat(person: string, name: string | undefined): Place {
    return this.#seats.take(person, name)
  }

  /** Somebody says what they attend to. */
  point(subscriber: Subscriber, attention: Attention): void {
    if (this.#presence.point(subscriber, attention)) this.#changed('people')
  }

  /** A person says what they attend to, on whatever link; false when they are not here. */
  pointAs(person: string, attention: Attention): boolean {
    const isSeen = this.#presence.pointAs(person, attention)
    if (isSeen === true) this.#changed('people')
    return isSeen !== undefined
  }

  /** A link has drained: it is told what it missed. */
  catchUp(subscriber: Subscriber): void {
    this.#rounds.get(subscriber.paceMs)?.catchUp(subscriber)
  }

  close(): void {
    for (const undo of this.#undo) undo()
    this.#cancelForget?.()
    this.#seats.close()
    for (const cancel of this.#cancelEnds.values()) cancel()
    for (const rounds of this.#rounds.values()) rounds.close()
    this.#rounds.clear()
    this.#followed.close()
  }

  #changed(what: Changed): void {
    for (const rounds of this.#rounds.values()) rounds.changed(what)
  }

  #roundsAt(paceMs: number): Rounds {
    const known = this.#rounds.get(paceMs)
    if (known !== undefined) return known
    const rounds = new Rounds(paceMs, this.#followed.state, this.#presence, this.#clock)
    this.#rounds.set(paceMs, rounds)
    return rounds
  }

  #leaveRounds(subscriber: Subscriber): void {
    const { paceMs } = subscriber
    const rounds = this.#rounds.get(paceMs)
    rounds?.leave(subscriber)
    if (rounds?.subscribers.size === 0) this.#endRounds(paceMs, rounds)
  }

  #endRounds(paceMs: number, rounds: Rounds): void {
    this.#cancelEnds.get(paceMs)?.()
    this.#cancelEnds.delete(paceMs)
    const { lingerMs } = rounds
    if (lingerMs === 0) {
      rounds.close()
      this.#rounds.delete(paceMs)
      return
    }
    const end = () => {
      if (rounds.subscribers.size > 0) return
      this.#endRounds(paceMs, rounds)
      if (this.isEmpty) this.#emptied()
    }
    this.#cancelEnds.set(paceMs, this.#clock.setTimer(end, lingerMs))
  }

  // `reached` is what it has to reach at least.
  #firstFrame({ cursor = startCursor, windowMs = 0 }: Start, reached: Cursor, past?: HistoryRows): UpdateFrame {
    const stepsMs = stepsOf(windowMs)
    const key = `${encodeCursor(cursor)} ${stepsMs}`
    const known = this.#joinFrames.get(key)
    if (known?.reaches(reached, cursor)) return known
    const update = changesSince(this.#followed.state, cursor)
    const frame = new UpdateFrame(stepsMs === 0 ? update : { ...update, window: this.#window(stepsMs, past) })
    if (this.#joinFrames.size >= maxJoinFrames) this.#joinFrames.clear()
    this.#joinFrames.set(key, frame)
    this.#forgetSoon()
    return frame
  }

  #window(windowMs: number, past: HistoryRows | undefined): Window {
    const known = this.#windows.get(windowMs)
    if (known !== undefined) return known
    const { state } = this.#followed
    const window = past === undefined ? windowOf(state, windowMs) : windowOfHistory(state, windowMs, past)
    this.#windows.set(windowMs, window)
    return window
  }

  // What was made for joins is for the moment: a frame may take a megabyte.
  #forgetSoon(): void {
    this.#cancelForget ??= this.#clock.setTimer(() => {
      this.#cancelForget = undefined
      this.#joinFrames.clear()
      this.#windows.clear()
      this.#pasts.clear()
    }, joinFrameMs)
  }
}

// A storm of logs, or of an alert that repeats itself, must not cost everybody a push each.
function stepsOf(windowMs: number): number {
  return Math.ceil(windowMs / windowStepMs) * windowStepMs
}

function isAnnouncement({ type }: Change, { talk, lastId }: GroupState): boolean {
  return type === 'annotate' && talk.lastId === lastId
}
