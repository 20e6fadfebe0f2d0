// Owns the window that reaches further back than the rings: what is asked of the file for it, and how both become one.

import {
  fittingWindow,
  type GroupState,
  limits,
  type Ring,
  type Series,
  bucketMs as secondMs,
  type Window,
} from '@chartroom/shared'
import { bucketWidthsMs } from './bucket-width.ts'
import type { HistoryQuery, HistoryRows } from './history-rows.ts'

/** A window goes back a day at most, ms. */
export const maxWindowMs = 86_400_000
// Beyond this width the oldest part is left out: a day in hours is the least that is worth a line.
const coarsestMs = 3_600_000
const fewestPoints = maxWindowMs / coarsestMs
// What a point takes at least: four numbers of one digit, and their commas.
const leastPointBytes = 8
// What came since the past was asked for is in the rings: it is asked for a moment before.
const sinceAskedMs = 120_000
// The fields of a point in HistoryRows, of which a course has the first four.
const pastFields = 6
const courseFields = 4

/** What to ask for a window: no more buckets than could fit it. */
export function windowQuery({ group, time, series }: GroupState, windowMs: number): HistoryQuery {
  const fitting = Math.floor(limits.maxWindowBytes / leastPointBytes / Math.max(1, series.size))
  const buckets = Math.min(limits.maxWindowPoints, Math.max(fewestPoints, fitting))
  const end = time + 1
  return { group, from: Math.max(0, end - Math.min(windowMs, maxWindowMs)), to: end, buckets }
}

/**
 * The window of a group as it stands now, with its past as it was asked for by `windowQuery` a moment ago, and
 * what came since from the rings. The same limits hold as for `windowOf`.
 */
export function windowOfHistory(state: GroupState, windowMs: number, rows: HistoryRows): Window {
  const pasts = new Map(rows.series.map(({ key, points }) => [key, points]))
  // One series is asked for at several widths, until all of them fit.
  const courses = new Map<Series, Float64Array>()
  const courseOf = (series: Series): Float64Array => {
    const known = courses.get(series) ?? course(pasts.get(series.key), rows, series.ring, state.time - sinceAskedMs)
    courses.set(series, known)
    return known
  }
  return fittingWindow(state, Math.min(windowMs, maxWindowMs), widthsFor(rows.bucketMs), (series, start, width) =>
    pointsOf(courseOf(series), rows, start, width),
  )
}

function widthsFor(bucketMs: number): readonly number[] {
  const widths = bucketWidthsMs.filter((width) => width % bucketMs === 0 && width <= coarsestMs)
  return widths.length > 0 ? widths : [bucketMs]
}

/** One series in the buckets of the rows: `[index, last, least, greatest, ...]`, with what its ring has since a time. */
function course(past: Float64Array | undefined, rows: HistoryRows, ring: Ring, since: number): Float64Array {
  const buckets = new Map<number, readonly [last: number, least: number, greatest: number]>()
  for (let at = 0; past !== undefined && at < past.length; at += pastFields) {
    buckets.set(cell(past, at), [cell(past, at + 1), cell(past, at + 2), cell(past, at + 3)])
  }
  // Where they overlap both tell of the same samples, and the ring knows which was shown last.
  for (const { index: second, last, least, greatest } of ring.from(Math.max(since, rows.start))) {
    const index = Math.floor((second * secondMs - rows.start) / rows.bucketMs)
    const [, oldLeast = Number.NaN, oldGreatest = Number.NaN] = buckets.get(index) ?? []
    buckets.set(index, [plain(last), lesser(oldLeast, plain(least)), greater(oldGreatest, plain(greatest))])
  }
  return Float64Array.from([...buckets].sort(([a], [b]) => a - b).flatMap(([index, values]) => [index, ...values]))
}

/** A course in wider buckets, counted from `start`: as `Ring.points` tells them. */
function pointsOf(course: Float64Array, rows: HistoryRows, start: number, width: number): (number | null)[] {
  const points: (number | null)[] = []
  const timeAt = (at: number) => rows.start + cell(course, at) * rows.bucketMs
  let at = 0
  while (at < course.length && timeAt(at) < start) at += courseFields
  while (at < course.length) {
    const index = Math.floor((timeAt(at) - start) / width)
    let [last, least, greatest] = [Number.NaN, Number.NaN, Number.NaN]
    for (const end = start + (index + 1) * width; at < course.length && timeAt(at) < end; at += courseFields) {
      last = cell(course, at + 1)
      least = lesser(least, cell(course, at + 2))
      greatest = greater(greatest, cell(course, at + 3))
    }
    points.push(index, ...[last, least, greatest].map((value) => (Number.isNaN(value) ? null : value)))
  }
  return points
}

function cell(cells: Float64Array, at: number): number {
  return cells[at] ?? Number.NaN
}

function plain(value: number | null): number {
  return value ?? Number.NaN
}

function lesser(a: number, b: number): number {
  return a < b || Number.isNaN(b) ? a : b
}

function greater(a: number, b: number): number {
  return a > b || Number.isNaN(b) ? a : b
}
