// Owns how much of the past an update carries, and in how wide buckets. It reads no clock.

import { limits } from './limits.ts'
import { bucketMs } from './ring.ts'
import type { GroupState, Series } from './state.ts'
import type { Window } from './update.ts'

const ringWidthsMs = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000]
const shrink = 0.75
// What the longest value of a series takes in an update, and what is neither series, annotations nor board.
const longestValueBytes = 100
const headBytes = 16_384
// A window without its points, and one series of it without its points.
const windowHeadBytes = 64
const entryBytes = 16

// A window begins at a border of its buckets, of which there are a hundred at least.
const overlap = 1.02
const marginMs = 2_000

/** How long a window must be to begin before what is missing of the past, ms. */
export function spanOver(missingMs: number): number {
  return missingMs * overlap + marginMs
}

/** The past of one series from a time on (Unix ms) in buckets of a width (ms): `[index, last, least, greatest, ...]`. */
export type PointsOf = (series: Series, start: number, width: number) => (number | null)[]

/** The past of a group's series as its rings hold it, `windowMs` back from the group's time, 15 minutes at most. */
export function windowOf(state: GroupState, windowMs: number): Window {
  const spanMs = Math.min(windowMs, limits.windowMs)
  return fittingWindow(state, spanMs, ringWidthsMs, ({ ring }, start, width) => ring.points(start, width))
}

/**
 * A window of `spanMs` back from the group's time, in the finest of these widths (ms, finest first) with which no
 * series has more than 300 points and the whole fits its share of an update (256 KiB, or what the group's definitions
 * and values leave); beyond even the coarsest, the oldest part is left out.
 */
export function fittingWindow(
  state: GroupState,
  spanMs: number,
  widthsMs: readonly number[],
  pointsOf: PointsOf,
): Window {
  const maxBytes = windowRoom(state)
  for (const width of widthsMs) {
    const isTooFine = spanMs / width > limits.maxWindowPoints
    const window = isTooFine ? undefined : windowIn(state, spanMs, width, maxBytes, pointsOf)
    if (window !== undefined) return window
  }
  const coarsest = widthsMs.at(-1) ?? bucketMs
  for (let shorterMs = spanMs * shrink; shorterMs >= bucketMs; shorterMs *= shrink) {
    const window = windowIn(state, shorterMs, coarsest, maxBytes, pointsOf)
    if (window !== undefined) return window
  }
  return { bucketMs: coarsest, start: windowStart(state, 0, coarsest), series: [] }
}

function windowRoom(state: GroupState): number {
  const others = limits.maxSnapshotAnnotationBytes + limits.maxBoardBytes + headBytes
  const series = state.definitionBytes + state.series.size * longestValueBytes
  return Math.min(limits.maxWindowBytes, limits.maxUpdateBytes - others - series)
}

// The last border that is not after the beginning of the span belongs to what is left out.
function windowStart(state: GroupState, spanMs: number, width: number): number {
  return Math.max(0, (Math.floor((state.time - spanMs) / width) + 1) * width)
}

// Undefined as soon as it would be too large: a finer window of many series is never written out in vain.
function windowIn(
  state: GroupState,
  spanMs: number,
  width: number,
  maxBytes: number,
  pointsOf: PointsOf,
): Window | undefined {
  const start = windowStart(state, spanMs, width)
  const series: Window['series'] = []
  let bytes = windowHeadBytes
  for (const one of state.series.values()) {
    const points = pointsOf(one, start, width)
    if (points.length === 0) continue
    series.push([one.definition.n, points])
    bytes += JSON.stringify(points).length + entryBytes
    if (bytes > maxBytes) return undefined
  }
  return { bucketMs: width, start, series }
}
