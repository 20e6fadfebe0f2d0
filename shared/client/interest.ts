// Owns what the pages of one person want of a group and attend to in it: this tab's own, and those of the tabs that come
// in through it. It asks for nothing.

import { limits } from '../limits.ts'
import type { Attention } from './pointer.ts'
import type { FollowOptions } from './subscription.ts'

/** What is wanted and attended to, together. */
export class Interest {
  #own: FollowOptions | undefined
  #lent: FollowOptions | undefined
  #attention: Attention = {}
  #others: readonly Attention[] = []

  /** How this page follows the group, if it does, and how other tabs do. */
  constructor(own: FollowOptions | undefined, lent: FollowOptions | undefined) {
    this.#own = own
    this.#lent = lent
  }

  /** What suits the one who wants most. */
  get wants(): FollowOptions {
    return wantsOf([this.#own, this.#lent].filter((wants) => wants !== undefined))
  }

  get isLent(): boolean {
    return this.#lent !== undefined
  }

  get isNobodys(): boolean {
    return this.#own === undefined && this.#lent === undefined
  }

  /** This page follows otherwise; returns what to ask for, of what it named. */
  want(options: FollowOptions): FollowOptions {
    const before = this.#own
    this.#own = {
      paceMs: options.paceMs ?? before?.paceMs,
      windowMs: options.windowMs ?? before?.windowMs,
      present: options.present ?? before?.present,
    }
    const { paceMs, windowMs, present } = this.wants
    return {
      ...(options.paceMs === undefined ? {} : { paceMs }),
      ...(options.windowMs === undefined ? {} : { windowMs }),
      ...(options.present === undefined ? {} : { present }),
    }
  }

  /** Other tabs follow as one; undefined: none does. Returns what to ask for that was not asked for before. */
  lend(lent: FollowOptions | undefined): FollowOptions {
    const before = this.wants
    this.#lent = lent
    if (lent === undefined) this.#others = []
    const { paceMs, windowMs, present } = this.wants
    return {
      ...(paceMs === before.paceMs ? {} : { paceMs }),
      ...(windowMs === before.windowMs ? {} : { windowMs }),
      ...(present === before.present ? {} : { present }),
    }
  }

  /** This page attends to something; returns what to say. */
  attend(attention: Attention): Attention {
    this.#attention = { ...this.#attention, ...attention }
    return this.#others.length === 0 ? attention : this.#together()
  }

  /** The pages of other tabs attend to these; returns what to say. */
  lendAttention(others: readonly Attention[]): Attention {
    this.#others = others
    return this.#together()
  }

  // A page that is not seen there is not looked for either.
  #together(): Attention {
    const isSeen = this.#own !== undefined && this.#own.present !== false
    const pages = isSeen ? [this.#attention, ...this.#others] : this.#others
    const metrics = pages.flatMap(({ metric, away }) => (metric === undefined || away === true ? [] : [metric]))
    return {
      away: pages.length > 0 && pages.every(({ away }) => away === true),
      typing: pages.some(({ typing }) => typing === true),
      metric: metrics.find((metric) => metric !== null) ?? null,
    }
  }
}

/** The fastest pace, the longest past, and whether anybody is to be seen, of all who follow a group. */
export function wantsOf(all: readonly FollowOptions[]): FollowOptions {
  const paces = all.map(({ paceMs = limits.defaultPaceMs }) => paceMs)
  const windows = all.flatMap(({ windowMs }) => (windowMs === undefined ? [] : [windowMs]))
  return {
    paceMs: paces.length === 0 ? limits.defaultPaceMs : Math.min(...paces),
    present: all.length === 0 || all.some(({ present = true }) => present),
    ...(windows.length === 0 ? {} : { windowMs: Math.max(...windows) }),
  }
}
