// Owns what of one group is shown and not yet on disk: samples, and which series changed. When it is written is
// pipeline.ts's.

import { type GroupState, limits, type Prepared } from '@chartroom/shared'
import type { StoredSeries } from './stored.ts'
import { WaitingSamples } from './waiting-samples.ts'

// While a disk takes nothing, more samples than these are let go, and counted: 16 MB.
const maxSamples = 500_000

/** What was taken to be written. */
export interface Taken {
  readonly series: ReadonlySet<string>
  readonly removals: readonly (readonly [n: number, revision: number])[]
  readonly samples: WaitingSamples
  /** Whether the group stands elsewhere than on disk. */
  readonly isHead: boolean
}

/** What of a group is not written. */
export class Unwritten {
  #series = new Set<string>()
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

  /** Takes note of what was performed. */
  note({ effect, cursor, isVisible }: Prepared): void {
    this.#isHead ||= isVisible
    if (effect.type !== 'batch') return
    for (const key of effect.series.keys()) this.#series.add(key)
    for (const n of effect.removed) this.#removals.push([n, cursor.revision])
    this.#samples.record(effect.recorded, this.#roomFor(effect.recorded.length))
  }

  /** Hands over all there is. */
  take(): Taken {
    const taken = { series: this.#series, removals: this.#removals, samples: this.#samples, isHead: this.#isHead }
    this.clear()
    return taken
  }

  /** Takes back what could not be written. */
  putBack({ series, removals, samples, isHead }: Taken): void {
    this.#isHead ||= isHead
    this.#series = new Set([...series, ...this.#series])
    this.#removals = [...removals, ...this.#removals].slice(-limits.rememberedChanges)
    const since = this.#samples
    this.#samples = samples
    this.#samples.take(since, this.#roomFor(since.length))
  }

  clear(): void {
    this.#series = new Set()
    this.#removals = []
    this.#samples = new WaitingSamples()
    this.#isHead = false
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
