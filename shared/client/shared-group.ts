// Owns one group as other tabs follow it through this one: each is told the difference to what this tab has, at its own
// pace. It asks the server for nothing: what they want together is followed-group.ts's to ask.

import { changesSince } from '../changes.ts'
import type { PointEnvelope, SubscribeEnvelope } from '../client-envelopes.ts'
import { encode } from '../codec.ts'
import { type Cursor, decodeCursor, encodeCursor, isSameCursor, startCursor } from '../cursor.ts'
import type { Refusal } from '../fault.ts'
import { limits } from '../limits.ts'
import type { ServerEnvelope } from '../server-envelopes.ts'
import { cursorOf, type GroupState } from '../state.ts'
import type { Update } from '../update.ts'
import { fittingWindow, spanOver } from '../window.ts'
import type { FollowedGroup } from './followed-group.ts'
import { wantsOf } from './interest.ts'
import type { Platform, Undo } from './platform.ts'
import type { Attention } from './pointer.ts'
import { errorOf } from './requests.ts'
import type { FollowOptions } from './subscription.ts'

/** Another tab, as it is told. */
export interface Listening {
  /** Whether it did not answer of late: nothing more is heaped up before it. */
  readonly isFull: boolean
  send(envelope: ServerEnvelope): void
  /** Sends what is encoded already. */
  sendText(text: string): void
}

/** What a shared group is made with. */
export interface SharedGroupOptions {
  readonly platform: Platform
  /** Follows the group for the tabs here, as they want it now. */
  readonly lend: (wants: FollowOptions) => FollowedGroup
  readonly onEmpty: () => void
}

interface Follower {
  wants: FollowOptions & { readonly paceMs: number }
  attention: Attention | undefined
  /** How far it was told. */
  cursor: Cursor
  /** The last of the talk that it was told. */
  toldTalk: number
  /** When (Unix ms, this host's) it was told last. */
  toldAt: number
  /** The subscribe that waits for its answer. */
  asked: SubscribeEnvelope | undefined
  /** Since when (the server's Unix ms) it was told nothing, because it did not answer. */
  fullSince: number | undefined
  cancel: Undo | undefined
}

// Updates come a little early or late: less than a whole pace is no reason to wait for another.
const slack = 0.1
const widthsMs = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600].map((seconds) => seconds * 1_000)

/** A group, and the other tabs that follow it. */
export class SharedGroup {
  readonly #options: SharedGroupOptions
  readonly #followers = new Map<Listening, Follower>()
  #followed: FollowedGroup | undefined
  #undo: Undo = () => {}
  /** The difference that was encoded last: most followers stand at the same cursor. */
  #made = { from: '', to: '', text: '' }

  constructor(options: SharedGroupOptions) {
    this.#options = options
  }

  /** A tab follows it, or follows it otherwise: it is answered when this tab has what it asks for. */
  follow(link: Listening, asked: SubscribeEnvelope): void {
    const { paceMs = limits.defaultPaceMs, windowMs = 0, present } = asked
    const known = this.#followers.get(link)
    const longestMs = Math.max(windowMs, known?.wants.windowMs ?? 0)
    const wants = { paceMs, present, windowMs: longestMs === 0 ? undefined : longestMs }
    known?.cancel?.()
    this.#followers.set(link, {
      attention: known?.attention,
      wants,
      cursor: decodeCursor(asked.cursor ?? '') ?? startCursor,
      toldTalk: 0,
      toldAt: 0,
      asked,
      fullSince: undefined,
      cancel: undefined,
    })
    this.#lend()
    this.#lookAt(link)
  }

  leave(link: Listening): void {
    const follower = this.#followers.get(link)
    if (follower === undefined) return
    follower.cancel?.()
    this.#followers.delete(link)
    if (follower.attention !== undefined) this.#lendAttention()
    if (this.#followers.size > 0) this.#lend()
    else this.#close()
  }

  /** A tab's page attends to something. */
  attend(link: Listening, { metric, typing, away }: PointEnvelope): void {
    const follower = this.#followers.get(link)
    if (follower === undefined) return
    follower.attention = {
      ...follower.attention,
      ...(metric === undefined ? {} : { metric }),
      ...(typing === undefined ? {} : { typing }),
      ...(away === undefined ? {} : { away }),
    }
    this.#lendAttention()
  }

  /** A tab answers again: it is told what it missed. */
  catchUp(link: Listening): void {
    this.#lookAt(link)
  }

  /** This tab's page left the group. */
  followAgain(): void {
    this.#undo()
    this.#followed = undefined
    if (this.#followers.size > 0) this.#lend()
  }

  #lend(): void {
    const followed = this.#options.lend(wantsOf([...this.#followers.values()].map(({ wants }) => wants)))
    if (followed === this.#followed) return
    this.#followed = followed
    const undoes = [
      followed.onHandled(() => {
        for (const link of this.#followers.keys()) this.#lookAt(link)
      }),
      followed.onPeople(() => this.#tellPeople(followed, ...this.#followers.keys())),
      followed.onRefused((refusal) => this.#refuse(refusal)),
    ]
    this.#undo = () => {
      for (const undo of undoes) undo()
    }
    if ([...this.#followers.values()].some(({ attention }) => attention !== undefined)) this.#lendAttention()
  }

  #lendAttention(): void {
    const others = [...this.#followers.values()].flatMap(({ wants, attention = {} }) =>
      wants.present === false ? [] : [attention],
    )
    this.#followed?.lendAttention(others)
  }

  #close(): void {
    this.#undo()
    this.#followed?.lend(undefined)
    this.#followed = undefined
    this.#options.onEmpty()
  }

  #refuse(refusal: Refusal): void {
    const refused = [...this.#followers]
    this.#followers.clear()
    this.#close()
    for (const [link, { asked, cancel }] of refused) {
      cancel?.()
      if (asked !== undefined) link.send(errorOf(asked.id, refusal, false))
    }
  }

  #lookAt(link: Listening): void {
    const follower = this.#followers.get(link)
    const followed = this.#followed
    if (follower === undefined || followed === undefined || !followed.isWhole) return
    // A tab that was told more than this one has heard yet would be led back.
    const { epoch, revision } = follower.cursor
    if (epoch === followed.state.epoch && revision > followed.state.revision) return
    if (follower.asked !== undefined) this.#answer(link, follower, follower.asked, followed)
    else if (!isSameCursor(follower.cursor, cursorOf(followed.state))) this.#push(link, follower, followed)
  }

  #answer(link: Listening, follower: Follower, { id, windowMs }: SubscribeEnvelope, followed: FollowedGroup): void {
    const { state, name } = followed
    const named = name === undefined ? {} : { name }
    const { paceMs } = follower.wants
    follower.asked = undefined
    link.send({ type: 'ack', id, group: state.group, cursor: encodeCursor(cursorOf(state)), paceMs, ...named })
    const update = changesSince(state, follower.cursor)
    this.#tell(link, follower, encode(windowMs === undefined ? update : { ...update, ...pastOf(followed, windowMs) }))
    // Where they have not come yet, they come soon.
    if (followed.people.count > 0) this.#tellPeople(followed, link)
  }

  #push(link: Listening, follower: Follower, followed: FollowedGroup): void {
    const { platform } = this.#options
    if (link.isFull) {
      follower.fullSince ??= followed.state.time
      return
    }
    const { paceMs } = follower.wants
    // What people write is told at once, as the server does.
    const isUrgent = followed.state.talk.lastId > follower.toldTalk
    const waitMs = follower.toldAt + paceMs * (1 - slack) - platform.now()
    if (isUrgent || waitMs <= 0) this.#tell(link, follower, this.#textFor(follower, followed))
    else {
      follower.cancel ??= platform.setTimer(() => {
        follower.cancel = undefined
        this.#lookAt(link)
      }, waitMs)
    }
  }

  #textFor({ cursor, fullSince }: Follower, followed: FollowedGroup): string {
    const { state } = followed
    if (fullSince !== undefined) {
      return encode({ ...changesSince(state, cursor), ...pastOf(followed, spanOver(state.time - fullSince)) })
    }
    const [from, to] = [encodeCursor(cursor), encodeCursor(cursorOf(state))]
    if (this.#made.from !== from || this.#made.to !== to) {
      this.#made = { from, to, text: encode(changesSince(state, cursor)) }
    }
    return this.#made.text
  }

  #tell(link: Listening, follower: Follower, text: string): void {
    if (this.#followed === undefined) return
    follower.cancel?.()
    follower.cancel = undefined
    follower.fullSince = undefined
    follower.cursor = cursorOf(this.#followed.state)
    follower.toldTalk = this.#followed.state.talk.lastId
    follower.toldAt = this.#options.platform.now()
    link.sendText(text)
  }

  #tellPeople({ group, people }: FollowedGroup, ...links: readonly Listening[]): void {
    const text = encode({ type: 'presence', group, ...people })
    for (const link of links) link.sendText(text)
  }
}

// The rings of a tab hold the past as it was told to it: in buckets as wide as it asked for, or less.
function pastOf({ state }: FollowedGroup, windowMs: number): Pick<Update, 'window'> {
  const widest = windowMs <= limits.windowMs ? 0 : widestOf(state)
  const widths = widthsMs.filter((width) => width >= widest)
  return { window: fittingWindow(state, windowMs, widths, ({ ring }, start, width) => ring.points(start, width)) }
}

function widestOf({ series }: GroupState): number {
  let widest = 0
  for (const { ring } of series.values()) for (const { widthMs } of ring.from(0)) widest = Math.max(widest, widthMs)
  return widest
}
