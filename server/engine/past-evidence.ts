// Owns the evidence of a pin that is older than what memory has: read from what is kept of the past.

import { type Evidence, evidenceOf, type GroupState, limits, type PinDraft, Ring } from '@chartroom/shared'
import { type HistorySource, wholeHistory } from './history-parts.ts'

// What was shown at a moment is the last value before it, and that may be a little older.
const beforeMs = 60_000
const maxReachMs = limits.maxSampleAgeMs
// The fields of a point in HistoryRows.
const [INDEX, LAST, LEAST, GREATEST, fields] = [0, 1, 2, 3, 6]

/** The numbers that a pin points at; undefined where memory has them, or nothing is kept of that time. */
export async function pastEvidence(
  source: HistorySource,
  state: GroupState,
  pin: PinDraft,
): Promise<Evidence | undefined> {
  const { metric, time, timeEnd = time } = pin
  if (time === undefined || timeEnd === undefined || time >= state.time - limits.windowMs) return undefined
  const query = { group: state.group, metric, from: time - beforeMs, to: timeEnd + 1, buckets: limits.historyBuckets }
  const { bucketMs, start, series } = await wholeHistory(source, query)
  if (series.length === 0) return undefined
  const rings = new Map<string, Ring>()
  for (const { key, points } of series) {
    const ring = new Ring(maxReachMs)
    for (let at = 0; at < points.length; at += fields) {
      const [last, least, greatest] = [LAST, LEAST, GREATEST].map((field) => numberOf(points[at + field]))
      const told = { last: last ?? null, least: least ?? null, greatest: greatest ?? null, widthMs: bucketMs }
      ring.merge(start + (points[at + INDEX] ?? 0) * bucketMs, told, 1)
    }
    rings.set(key, ring)
  }
  const empty = new Ring()
  return evidenceOf(state, pin, ({ key }) => rings.get(key) ?? empty)
}

function numberOf(cell: number | undefined): number | null {
  return cell === undefined || Number.isNaN(cell) ? null : cell
}
