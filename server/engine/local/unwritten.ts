// Owns what of one group is shown and not yet on disk: samples, and which series changed. When it is written is
// pipeline.ts's.

import { type GroupState, limits, type Prepared, type Recorded } from '@chartroom/shared'
import type { SampleColumns, StoredSeries } from './stored.ts'

// While a disk takes nothing, more samples than these are let go, and counted: 16 MB.
const maxSamples = 500_000

/** What was taken to be written. */
export interface Taken {
  readonly series: ReadonlySet<string>
  readonly removals: readonly (readonly [n: number, revision: number])[]
  readonly recorded: readonly Recorded[]
  /** Whether the group stands elsewhere than on disk. */
  readonly isHead: boolean
}

/** What of a group is not written. */
export class Unwritten {
  #series = new Set<string>()
  #removals: (readonly [number, number])[] = []
  #recorded: Recorded[] = []
  #isHead = false
  readonly #lost: (samples: number) => void

  /** `lost` is told how many samples had to be let go. */
  constructor(lost: (samples: number) => void) {
    this.#lost = lost
  }

  get isEmpty(): boolean {
    return !this.#isHead && this.#recorded.length === 0
  }

  /** Takes note of what was performed. */
  note({ effect, cursor, isVisible }: Prepared): void {
    this.#isHead ||= isVisible
    if (effect.type !== 'batch') return
    for (const key of effect.series.keys()) this.#series.add(key)
    for (const n of effect.removed) this.#removals.push([n, cursor.revision])
    this.#record(effect.recorded)
  }

  /** Hands over all there is. */
  take(): Taken {
    const taken = { series: this.#series, removals: this.#removals, recorded: this.#recorded, isHead: this.#isHead }
    this.clear()
    return taken
  }

  /** Takes back what could not be written. */
  putBack({ series, removals, recorded, isHead }: Taken): void {
    this.#isHead ||= isHead
    this.#series = new Set([...series, ...this.#series])
    this.#removals = [...removals, ...this.#removals].slice(-limits.rememberedChanges)
    const since = this.#recorded
    this.#recorded = [...recorded]
    this.#record(since)
  }

  clear(): void {
    this.#series = new Set()
    this.#removals = []
    this.#recorded = []
    this.#isHead = false
  }

  #record(recorded: readonly Recorded[]): void {
    const room = Math.max(0, maxSamples - this.#recorded.length)
    for (const one of recorded.slice(0, room)) this.#recorded.push(one)
    if (recorded.length > room) this.#lost(recorded.length - room)
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

/** Samples as columns: what a thread can be handed without copying them. */
export function columnsOf(recorded: readonly Recorded[]): SampleColumns {
  const keys = new Map<string, number>()
  const at = new Uint32Array(recorded.length)
  const times = new Float64Array(recorded.length)
  const values = new Float64Array(recorded.length)
  const revisions = new Float64Array(recorded.length)
  for (const [row, { key, time, value, revision }] of recorded.entries()) {
    const index = keys.get(key) ?? keys.size
    keys.set(key, index)
    at[row] = index
    times[row] = time
    values[row] = value ?? Number.NaN
    revisions[row] = revision ?? 0
  }
  return { keys: [...keys.keys()], at, times, values, revisions }
}
