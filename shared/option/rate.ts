// Owns the past of a counter as a rate: by how much it grew a second. It knows no units and draws nothing.

import { type Bucket, bucketMs, type Past } from '../ring.ts'

// When within its second a sample came is not kept: over less than this one second more or less would be seen.
const leastSpanMs = 5_000

/**
 * By how much a second a counter grew, over the last 5 s that it was told of (or the time between two samples that are
 * further apart). One that fell began anew at zero. The first sample has no rate, and a second that is not over at
 * `now` (Unix ms) has none yet.
 */
export function rateOf(ring: Past, now: number): Past {
  const length = Math.max(0, ring.length - 1 - Number(isOpen(ring.at(ring.length - 1), now)))
  const at = (position: number) => (position < 0 || position >= length ? undefined : rateAt(ring, position + 1))
  const positionFrom = (time: number) => Math.min(length, Math.max(0, ring.positionFrom(time) - 1))
  return {
    length,
    at,
    positionFrom,
    extremesFrom(time) {
      let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (let position = positionFrom(time); position < length; position++) {
        const bucket = at(position)
        least = Math.min(least, bucket?.least ?? least)
        greatest = Math.max(greatest, bucket?.greatest ?? greatest)
      }
      return least <= greatest ? { least, greatest } : undefined
    },
  }
}

function isOpen(bucket: Bucket | undefined, now: number): boolean {
  return bucket !== undefined && endOf(bucket) > now
}

function rateAt(ring: Past, position: number): Bucket | undefined {
  const bucket = ring.at(position)
  if (bucket === undefined) return undefined
  const rate = growthOf(ring, position, bucket)
  return { ...bucket, last: rate, least: rate, greatest: rate }
}

// A gap within is where the counter is known from.
function growthOf(ring: Past, position: number, bucket: Bucket): number | null {
  let [grown, spanMs, after] = [0, 0, bucket]
  for (let at = position - 1; at >= 0 && spanMs < leastSpanMs; at--) {
    const before = ring.at(at)
    if (before === undefined || before.last === null || after.last === null) break
    grown += growthTo(after.last, before.last, after.greatest)
    spanMs = endOf(bucket) - endOf(before)
    after = before
  }
  return spanMs === 0 ? null : (grown / spanMs) * 1_000
}

// One that fell within a bucket grew to its greatest first.
function growthTo(last: number, before: number, greatest: number | null): number {
  const top = Math.max(before, greatest ?? before)
  return last >= top ? last - before : top - before + last
}

function endOf({ index, widthMs }: Bucket): number {
  return index * bucketMs + widthMs
}
