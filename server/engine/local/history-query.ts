// Owns how a question to the past is answered: from one tier and from the raw rows that are not in it yet.

import { bucketWidthFor, type Grain } from '../bucket-width.ts'
import { Buckets } from '../buckets.ts'
import type { HistoryQuery, HistoryRows } from '../history-rows.ts'
import type { BlockTier } from './block-tier.ts'
import { type RawRow, RawSamples } from './raw-samples.ts'
import type { SeriesId, SeriesIds, StoredGroup } from './series-ids.ts'

// What one answer is made from at most: points, which are its size, and rows of a tier. Either takes some 30 ms, in which
// nothing is written.
const maxPoints = 100_000
const maxTierRows = 2_500

/** Whatever a history is made from. */
type AnyTier = RawSamples | BlockTier

type AnyGrain = Grain<AnyTier>

/** Answers queries. */
export class HistoryReader {
  readonly #ids: SeriesIds
  readonly #raw: RawSamples
  readonly #tiers: readonly BlockTier[]

  constructor(ids: SeriesIds, raw: RawSamples, tiers: readonly BlockTier[]) {
    this.#ids = ids
    this.#raw = raw
    this.#tiers = tiers
  }

  /** The series of a query, or as many of them as one answer takes: `after` says that there may be more. */
  answer(query: HistoryQuery): HistoryRows {
    const grain = bucketWidthFor<AnyTier>(query, [this.#raw, ...this.#tiers])
    const limit = maxSeries(grain)
    const { metric, after } = query
    const group = this.#ids.find(query.group)
    const series = group === undefined ? [] : this.#ids.list(group.id, { metric, after, limit })
    const buckets = group === undefined ? [] : this.#bucketsOf(group, series, grain)
    const last = series.length === limit ? series.at(-1)?.key : undefined
    return {
      bucketMs: grain.bucketMs,
      start: grain.start,
      series: series.flatMap(({ key }, at) => pointsOf(key, buckets[at], grain.start)),
      ...(last === undefined ? {} : { after: last }),
    }
  }

  #bucketsOf(group: StoredGroup, series: readonly SeriesId[], grain: AnyGrain): Buckets[] {
    const all = series.map(() => new Buckets(grain.bucketMs))
    if (!isRaw(grain.tier)) takeBlocks(all, series, grain.tier, grain)
    const byId = new Map(series.map(({ id }, at) => [id, all[at]]))
    // After the blocks: of samples of one time the one that came later counts.
    for (const row of this.#rowsOf(group, grain)) addRow(byId, row, grain)
    return all
  }

  // Beside a tier, what is not in it yet.
  #rowsOf(group: StoredGroup, { tier, start, end }: AnyGrain): Iterable<RawRow> {
    return isRaw(tier) ? tier.between(group.id, start, end) : this.#raw.after(group.id, group.rolled)
  }
}

// Raw rows are read for all series at once, so only the size of the answer counts.
function maxSeries({ tier, bucketMs, start, end }: AnyGrain): number {
  const spanMs = Math.max(bucketMs, Math.min(end - start, tier.keepMs))
  const byPoints = Math.floor((maxPoints * bucketMs) / spanMs)
  const byRows = isRaw(tier) ? maxPoints : Math.floor(maxTierRows / tier.blocksIn(end - spanMs, end))
  return Math.max(1, Math.min(byPoints, byRows))
}

function takeBlocks(
  all: readonly Buckets[],
  series: readonly SeriesId[],
  tier: BlockTier,
  { start, end }: AnyGrain,
): void {
  for (const [at, { id }] of series.entries()) {
    for (const block of tier.between(id, start, end)) all[at]?.take(block, start, end)
  }
}

function addRow(byId: ReadonlyMap<number, Buckets | undefined>, row: RawRow, { start, end }: AnyGrain): void {
  const { times, values, series } = row
  for (let at = 0; at < times.length; at++) {
    const time = times[at] ?? 0
    if (time >= start && time < end) byId.get(series[at] ?? 0)?.add(time, values[at] ?? Number.NaN)
  }
}

function pointsOf(key: string, buckets: Buckets | undefined, start: number): HistoryRows['series'] {
  return buckets === undefined || buckets.length === 0 ? [] : [{ key, points: buckets.points(start) }]
}

function isRaw(tier: AnyTier): tier is RawSamples {
  return tier instanceof RawSamples
}
