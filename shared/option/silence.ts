// Owns when a series counts as silent: its usual interval, and the gaps in its past. It reads no clock.

import { type Bucket, bucketMs, type Past } from '../ring.ts'
import type { Series } from '../state.ts'

// The interval of a series is the median of this many of its last gaps.
const gapCount = 20
// A series of which too little is known is taken for one of each minute.
const unknownIntervalMs = 60_000
const leastSilenceMs = 5_000
const silentIntervals = 3

/** How long a series has been silent, ms: undefined while less than three of its usual intervals passed (5 s at least). */
export function silentFor(series: Series, now: number): number | undefined {
  const silentMs = now - series.time
  // Most series go on: their past need not be read.
  if (silentMs <= leastSilenceMs) return undefined
  return silentMs > silenceMs(series.ring) ? silentMs : undefined
}

/** From how long on a gap in this past counts as silence, ms. */
export function silenceMs(ring: Past): number {
  return Math.max(leastSilenceMs, silentIntervals * (usualIntervalMs(ring) ?? unknownIntervalMs))
}

function usualIntervalMs(ring: Past): number | undefined {
  const gaps: number[] = []
  for (let position = Math.max(1, ring.length - gapCount); position < ring.length; position++) {
    const [one, next] = [ring.at(position - 1), ring.at(position)]
    if (one !== undefined && next !== undefined) gaps.push(gapMs(one, next))
  }
  return gaps.sort((a, b) => a - b)[gaps.length >> 1]
}

// One after the other, wide buckets only say that the interval is not longer than they are.
function gapMs(one: Bucket, next: Bucket): number {
  const ms = (next.index - one.index) * bucketMs
  return ms <= one.widthMs ? Math.min(ms, unknownIntervalMs) : ms
}
