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
import { UpdateFrame } from './frame.ts'
import type { Changed } from './pace.ts'
import { type Attention, Presence } from './presence.ts'
import { type Clock, Rounds } from './rounds.ts'
import type { Subscriber } from './subscriber.ts'

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
  readonly #rounds = new Map<number, Rounds>()
  readonly #joinFrames = new Map<string, UpdateFrame>()
  readonly #windows = new Map<number, Window>()
  readonly #pasts = new Map<number, Promise<HistoryRows | undefined>>()
  readonly #history: Pick<Engine, 'history'>
  #cancelForget: (() => void) | undefined
  readonly #undo: readonly (() => void)[]

  constructor(followed: FollowedGroup, clock: Clock, history: Pick<Engine, 'history'>) {
    this.#followed = followed
    this.#history = history
    this.#clock = clock
    this.#presence = new Presence(followed.state.group)
    this.#undo = [
      followed.onChange((change) => this.#changed(isAnnouncement(change, followed.state) ? 'annotation' : 'numbers')),
      followed.onReset(() => this.#changed('annotation')),
    ]
  }

  /** How many people are here. */
  get people(): number {
    return this.#presence.count
  }

  /** Where the group stands. */
  get cursor(): Cursor {
    return cursorOf(this.#followed.state)
  }

  /** Whether nobody subscribes any more. */
  get isEmpty(): boolean {
    return this.#rounds.size === 0
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
    const frame = this.#joinFrame(start, rounds.sent, past)
    subscriber.link.send(frame)
    subscriber.cursor = frame.to
    rounds.subscribers.add(subscriber)
    if (this.#presence.enter(subscriber)) this.#changed('people')
    subscriber.link.send(this.#presence.frame())
  }

  /** Lets a subscriber out. */
  leave(subscriber: Subscriber): void {
    const rounds = this.#rounds.get(subscriber.paceMs)
    rounds?.leave(subscriber)
    if (rounds?.subscribers.size === 0) {
      rounds.close()
      this.#rounds.delete(subscriber.paceMs)
    }
    if (this.#presence.leave(subscriber)) this.#changed('people')
  }

  /** Somebody says what they attend to. */
  point(subscriber: Subscriber, attention: Attention): void {
    if (this.#presence.point(subscriber, attention)) this.#changed('people')
  }

  /** A link has drained: it is told what it missed. */
  catchUp(subscriber: Subscriber): void {
    this.#rounds.get(subscriber.paceMs)?.catchUp(subscriber)
  }

  close(): void {
    for (const undo of this.#undo) undo()
    this.#cancelForget?.()
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

  #joinFrame({ cursor = startCursor, windowMs = 0 }: Start, sent: Cursor, past?: HistoryRows): UpdateFrame {
    const stepsMs = stepsOf(windowMs)
    const key = `${encodeCursor(cursor)} ${stepsMs}`
    const known = this.#joinFrames.get(key)
    if (known?.reaches(sent, cursor)) return known
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
