// Owns what of one group is shown and not yet on disk: samples, which tell what series changed, and what was removed.
// When it is written is pipeline.ts's.

import { type Effect, type GroupState, limits, type Prepared } from '@chartroom/shared'
import type { StoredSeries } from './stored.ts'
import { WaitingSamples } from './waiting-samples.ts'

// While a disk takes nothing, more samples than these are let go, and counted: 16 MB.
const maxSamples = 500_000
// A disk that takes them is given them before they are so many.
const manySamples = 150_000

/** What was taken to be written. */
export interface Taken {
  readonly removed: ReadonlySet<string>
  readonly removals: readonly (readonly [n: number, revision: number])[]
  readonly samples: WaitingSamples
  /** Whether the group stands elsewhere than on disk. */
  readonly isHead: boolean
}

type BatchEffect = Extract<Effect, { type: 'batch' }>

/** What of a group is not written. */
export class Unwritten {
  /** Keys of series that were removed; those that changed have samples. */
  #removed = new Set<string>()
  #removals: (readonly [number, number])[] = []
  #samples = new WaitingSamples()
  #isHead = false
  readonly #lost: (samples: number) => void

  /** `lost` is told how many samples had to be let go. */
  constructor(lost: (samples: number) => void) {
    this.#lost = lost
  }

  get isEmpty(): boolean {
    return !this.#isHead && this.#samples.length === 0
  }

  /** Whether samples should be written before their time. */
  get isMuch(): boolean {
    return this.#samples.length >= manySamples
  }

  /** Takes note of what was performed. */
  note({ effect, cursor, isVisible }: Prepared): void {
    this.#isHead ||= isVisible
    if (effect.type !== 'batch') return
    this.#noteRemoved(effect, cursor.revision)
    this.#samples.record(effect.recorded, this.#roomFor(effect.recorded.length))
  }

  /** Hands over all there is. */
  take(): Taken {
    const taken = { removed: this.#removed, removals: this.#removals, samples: this.#samples, isHead: this.#isHead }
    this.clear()
    return taken
  }

  /** Takes back what could not be written. */
  putBack({ removed, removals, samples, isHead }: Taken): void {
    this.#isHead ||= isHead
    this.#removed = new Set([...removed, ...this.#removed])
    this.#removals = [...removals, ...this.#removals].slice(-limits.rememberedChanges)
    const since = this.#samples
    this.#samples = samples
    this.#samples.take(since, this.#roomFor(since.length))
  }

  clear(): void {
    this.#removed = new Set()
    this.#removals = []
    this.#samples = new WaitingSamples()
    this.#isHead = false
  }

  #noteRemoved({ series, removed }: BatchEffect, revision: number): void {
    for (const n of removed) this.#removals.push([n, revision])
    if (removed.length === 0) return
    for (const [key, { definition }] of series) if (definition === undefined) this.#removed.add(key)
  }

  // How many of so many samples there is room for; the others are lost.
  #roomFor(count: number): number {
    const room = Math.min(count, maxSamples - this.#samples.length)
    if (room < count) this.#lost(count - room)
    return room
  }
}

/** The rows of series that are there, by key, and the keys of those that are gone. */
export function rowsOf(state: GroupState, keys: Iterable<string>): Map<string, StoredSeries | undefined> {
  const rows = new Map<string, StoredSeries | undefined>()
  for (const key of keys) {
    const series = state.series.get(key)
    if (series === undefined) rows.set(key, undefined)
    else {
      const { definition, definedAt, value, valueAt, time } = series
      rows.set(key, { key, definition, definedAt, value, valueAt, time })
    }
  }
  return rows
}
