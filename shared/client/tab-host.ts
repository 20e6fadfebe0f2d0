// Owns what the leading tab does for the others: which have come in, which groups they follow through it, and what they
// are told of the connection.

import { type Refusal, refuse } from '../fault.ts'
import { canonicalFollowed } from '../inbox.ts'
import { limits } from '../limits.ts'
import { awayWord, closeText } from './entrance.ts'
import type { Lender } from './lender.ts'
import type { ChannelLike, Platform, Undo } from './platform.ts'
import { SharedGroup } from './shared-group.ts'
import { TabLink } from './tab-link.ts'

/** Serves the other tabs of this browser. */
export class TabHost {
  readonly #platform: Platform
  readonly #lender: Lender
  readonly #links = new Map<string, TabLink>()
  readonly #groups = new Map<string, SharedGroup>()
  #cancelAsk: Undo | undefined

  constructor(platform: Platform, lender: Lender) {
    this.#platform = platform
    this.#lender = lender
  }

  /** Lets the tab in that knocked with this id; who knocks twice comes in once. */
  admit(id: string, openChannel: () => ChannelLike): void {
    if (this.#links.has(id)) return
    const link = new TabLink({
      channel: openChannel(),
      lender: this.#lender,
      groupOf: (name) => this.#groupOf(name),
      onOver: () => this.#leave(id, link),
    })
    this.#links.set(id, link)
    this.#cancelAsk ??= this.#platform.setTimer(() => this.#ask(), limits.pingMs)
    this.#lender.wake()
  }

  /** The server welcomed the leading tab: those who wait are welcome too. */
  handleWelcome(): void {
    for (const link of this.#links.values()) link.greet()
  }

  /** The leading tab's page follows a group no more: it is followed on for the others. */
  handleLeft(group: string): void {
    this.#groups.get(group)?.followAgain()
  }

  /** The connection is gone: who comes back after it should, is told when. */
  handleEnd(end: { readonly code: number; readonly reason: string }, afterMs: number | undefined): void {
    for (const link of [...this.#links.values()]) {
      if (afterMs !== undefined) link.send({ type: 'closing', afterMs })
      link.end(closeText(end))
    }
  }

  /** The leading tab's page needs the connection for itself: the others go their own way. */
  sendAway(): void {
    for (const link of [...this.#links.values()]) link.end(awayWord)
  }

  /** This tab leads no more: the others come back to the one that leads then. */
  close(): void {
    this.handleEnd({ code: 1006, reason: 'the tab is closed' }, 0)
  }

  // A tab may be gone without a word; not every way in has pings of the server to pass on.
  #ask(): void {
    this.#cancelAsk = undefined
    for (const link of [...this.#links.values()]) link.ask()
    if (this.#links.size > 0) this.#cancelAsk = this.#platform.setTimer(() => this.#ask(), limits.pingMs)
  }

  #groupOf(name: string): SharedGroup | Refusal {
    const canonical = canonicalFollowed(name)
    if (!canonical.ok) return canonical.refusal
    const group = canonical.value
    const known = this.#groups.get(group)
    if (known !== undefined) return known
    if (!this.#lender.hasRoomFor(group)) return noRoom
    const shared = new SharedGroup({
      platform: this.#platform,
      lend: (wants) => this.#lender.lend(group, wants),
      onEmpty: () => this.#groups.delete(group),
    })
    this.#groups.set(group, shared)
    return shared
  }

  #leave(id: string, link: TabLink): void {
    this.#links.delete(id)
    if (this.#links.size === 0) {
      this.#cancelAsk?.()
      this.#cancelAsk = undefined
    }
    for (const shared of [...this.#groups.values()]) shared.leave(link)
  }
}

const { refusal: noRoom } = refuse(
  'socket_group_limit',
  `A connection follows at most ${limits.maxGroupsPerSocket} groups.`,
)
