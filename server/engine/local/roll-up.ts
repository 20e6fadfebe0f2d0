// Owns how raw samples get into the tiers: each exactly once, crash or not. It deletes nothing.

import { Buckets } from '../buckets.ts'
import type { BlockTier } from './block-tier.ts'
import type { RawSamples } from './raw-samples.ts'
import type { SeriesIds } from './series-ids.ts'

// What one step does at most, so that a commit waits some hundredths of a second behind it: a hundred writes of a
// group, and no further group beyond so many samples.
const maxRows = 100
const maxSamples = 50_000

/** The raw rows that the tiers do not hold yet. */
export class RollUp {
  readonly #ids: SeriesIds
  readonly #raw: RawSamples
  readonly #tiers: readonly BlockTier[]
  /** A width of which that of each tier is a multiple. */
  readonly #finestMs: number
  readonly #pending: Set<number>

  constructor(ids: SeriesIds, raw: RawSamples, tiers: readonly BlockTier[]) {
    this.#ids = ids
    this.#raw = raw
    this.#tiers = tiers
    this.#finestMs = Math.min(...tiers.map(({ widthMs }) => widthMs))
    this.#pending = new Set(raw.pendingGroups())
  }

  /** Says that a group has new rows. */
  expect(groupId: number): void {
    this.#pending.add(groupId)
  }

  get isDone(): boolean {
    return this.#pending.size === 0
  }

  /** Rolls some rows up, within the caller's transaction; returns the groups to `settle` when that is committed. */
  step(): number[] {
    const rolled: number[] = []
    let samples = 0
    for (const group of this.#pending) {
      if (samples > maxSamples) break
      const { taken, isAll } = this.#roll(group)
      samples += taken
      if (!isAll) break
      rolled.push(group)
    }
    return rolled
  }

  /** Expects no rows of these groups any more. */
  settle(groupIds: readonly number[]): void {
    for (const group of groupIds) this.#pending.delete(group)
  }

  #roll(group: number): { readonly taken: number; readonly isAll: boolean } {
    const rolled = this.#ids.rolledOf(group)
    // A deleted group: there is nobody to ask for it.
    if (rolled === undefined) return { taken: 0, isAll: true }
    const news = new News(this.#finestMs)
    let [taken, rows, last] = [0, 0, rolled]
    for (const { id, series, times, values } of this.#raw.after(group, rolled, maxRows)) {
      news.add(series, times, values)
      taken += times.length
      rows++
      last = id
    }
    for (const tier of this.#tiers) news.writeTo(tier)
    if (rows > 0) this.#ids.setRolled(group, last)
    return { taken, isAll: rows < maxRows }
  }
}

/** What is new to the tiers, in buckets of the finest: each sample is touched once, however many tiers there are. */
class News {
  readonly #widthMs: number
  readonly #series = new Map<number, Buckets>()

  constructor(widthMs: number) {
    this.#widthMs = widthMs
  }

  add(series: Uint32Array, times: Float64Array, values: Float64Array): void {
    for (let at = 0; at < times.length; at++) {
      this.#bucketsOf(series[at] ?? 0).add(times[at] ?? 0, values[at] ?? Number.NaN)
    }
  }

  writeTo(tier: BlockTier): void {
    // What was let go is not begun anew.
    const firstKept = tier.blockAt(tier.keptSince)
    for (const [series, news] of this.#series) {
      for (const block of new Set([...news.starts()].map((start) => tier.blockAt(start)))) {
        if (block >= firstKept) tier.merge(series, block, news)
      }
    }
  }

  #bucketsOf(series: number): Buckets {
    const known = this.#series.get(series)
    if (known !== undefined) return known
    const buckets = new Buckets(this.#widthMs)
    this.#series.set(series, buckets)
    return buckets
  }
}
