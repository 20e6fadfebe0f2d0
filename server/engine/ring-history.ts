// Owns the history of a group that is in memory only: what the rings of its series still hold, to the second.

import { type GroupState, type Ring, bucketMs as secondMs } from '@chartroom/shared'
import { bucketWidthFor } from './bucket-width.ts'
import type { HistoryQuery, HistoryRows } from './history-rows.ts'

/** Answers a query from the rings: of each second there is one value, so mean and count are of seconds. */
export function historyOf(state: GroupState, query: HistoryQuery): HistoryRows {
  const { bucketMs } = bucketWidthFor(query, [{ widthMs: secondMs, keptSince: Number.NEGATIVE_INFINITY }])
  const start = Math.floor(query.from / bucketMs) * bucketMs
  const series = [...state.series.values()]
    .filter(({ definition }) => query.metric === undefined || definition.metric === query.metric)
    .map(({ key, ring }) => ({ key, points: pointsOf(ring, query, start, bucketMs) }))
    .filter(({ points }) => points.length > 0)
  return { bucketMs, start, series }
}

function pointsOf(ring: Ring, { from, to }: HistoryQuery, start: number, bucketMs: number): Float64Array {
  const points: number[] = []
  let open: Bucket | undefined
  for (const { index: second, last, least, greatest } of ring.from(Math.floor(from / secondMs) * secondMs)) {
    if (second * secondMs >= to) break
    const index = Math.floor((second * secondMs - start) / bucketMs)
    if (open?.index !== index) {
      if (open !== undefined) points.push(...flat(open))
      open = { index, last: null, least: Number.NaN, greatest: Number.NaN, sum: 0, count: 0 }
    }
    open.last = last
    if (last === null && least === null) continue
    open.least = Math.min(least ?? open.least, Number.isNaN(open.least) ? Number.POSITIVE_INFINITY : open.least)
    open.greatest = Math.max(
      greatest ?? open.greatest,
      Number.isNaN(open.greatest) ? Number.NEGATIVE_INFINITY : open.greatest,
    )
    if (last === null) continue
    open.sum += last
    open.count++
  }
  if (open !== undefined) points.push(...flat(open))
  return Float64Array.from(points)
}

interface Bucket {
  readonly index: number
  last: number | null
  least: number
  greatest: number
  sum: number
  count: number
}

function flat({ index, last, least, greatest, sum, count }: Bucket): number[] {
  return [index, last ?? Number.NaN, least, greatest, count === 0 ? Number.NaN : sum / count, count]
}
