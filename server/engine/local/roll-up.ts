// Owns how raw samples get into the tiers: each exactly once, crash or not. It deletes nothing.

import type { Buckets } from '../buckets.ts'
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
  readonly #pending: Set<number>

  constructor(ids: SeriesIds, raw: RawSamples, tiers: readonly BlockTier[]) {
    this.#ids = ids
    this.#raw = raw
    this.#tiers = tiers
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
    const drafts = this.#tiers.map((tier) => new Drafts(tier))
    let [taken, rows, last] = [0, 0, rolled]
    for (const { id, series, times, values } of this.#raw.after(group, rolled, maxRows)) {
      for (const draft of drafts) draft.add(series, times, values)
      taken += times.length
      rows++
      last = id
    }
    for (const draft of drafts) draft.write()
    if (rows > 0) this.#ids.setRolled(group, last)
    return { taken, isAll: rows < maxRows }
  }
}

/** The blocks of a tier that a roll-up changes. */
class Drafts {
  readonly #tier: BlockTier
  readonly #firstKept: number
  readonly #blocks = new Map<number, Map<number, Buckets>>()

  constructor(tier: BlockTier) {
    this.#tier = tier
    this.#firstKept = tier.blockAt(tier.keptSince)
  }

  add(series: Uint32Array, times: Float64Array, values: Float64Array): void {
    for (let at = 0; at < times.length; at++) {
      const time = times[at] ?? 0
      const block = this.#tier.blockAt(time)
      // What was let go is not begun anew.
      if (block >= this.#firstKept) this.#block(series[at] ?? 0, block).add(time, values[at] ?? Number.NaN)
    }
  }

  write(): void {
    for (const [series, blocks] of this.#blocks) {
      for (const [block, buckets] of blocks) this.#tier.write(series, block, buckets)
    }
  }

  #block(series: number, block: number): Buckets {
    let blocks = this.#blocks.get(series)
    if (blocks === undefined) {
      blocks = new Map()
      this.#blocks.set(series, blocks)
    }
    let buckets = blocks.get(block)
    if (buckets === undefined) {
      buckets = this.#tier.read(series, block)
      blocks.set(block, buckets)
    }
    return buckets
  }
}
