// Owns the history of a group that is in memory only: what the rings of its series still hold, to the second.

import { type GroupState, type Ring, bucketMs as secondMs } from '@chartroom/shared'
import { bucketWidthFor, type Grain, type Tier } from './bucket-width.ts'
import { Buckets } from './buckets.ts'
import type { HistoryQuery, HistoryRows } from './history-rows.ts'

const rings: Tier = { widthMs: secondMs, keptSince: Number.NEGATIVE_INFINITY }

/** Answers a query from the rings: of each second there is one value, so mean and count are of seconds. */
export function historyOf(state: GroupState, query: HistoryQuery): HistoryRows {
  const grain = bucketWidthFor(query, [rings])
  const series = [...state.series.values()]
    .filter(({ definition }) => query.metric === undefined || definition.metric === query.metric)
    .map(({ key, ring }) => ({ key, points: bucketsOf(ring, grain).points(grain.start) }))
    .filter(({ points }) => points.length > 0)
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  return { bucketMs: grain.bucketMs, start: grain.start, series }
}

function bucketsOf(ring: Ring, { bucketMs, start, end }: Grain<Tier>): Buckets {
  const buckets = new Buckets(bucketMs)
  for (const { index, last, least, greatest } of ring.from(start)) {
    const time = index * secondMs
    if (time >= end) break
    const count = last === null ? 0 : 1
    buckets.put(time, { count, sum: last ?? 0, least: plain(least), greatest: plain(greatest), last: plain(last) })
  }
  return buckets
}

function plain(value: number | null): number {
  return value ?? Number.NaN
}
