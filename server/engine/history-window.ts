// Owns the window that reaches further back than the rings: what is asked of the file for it, and how both become one.

import { fittingWindow, type GroupState, limits, type Window } from '@chartroom/shared'
import { bucketWidthsMs } from './bucket-width.ts'
import type { HistoryQuery, HistoryRows } from './history-rows.ts'

/** A window goes back a day at most, ms. */
export const maxWindowMs = 86_400_000
// Beyond this width the oldest part is left out: a day in hours is the least that is worth a line.
const coarsestMs = 3_600_000
const fewestPoints = maxWindowMs / coarsestMs
// What a point takes at least: four numbers of one digit, and their commas.
const leastPointBytes = 8
// The fields of a point in HistoryRows.
const [INDEX, LAST, LEAST, GREATEST, fields] = [0, 1, 2, 3, 6]

/** What to ask for a window: no more buckets than could fit it. */
export function windowQuery({ group, time, series }: GroupState, windowMs: number): HistoryQuery {
  const fitting = Math.floor(limits.maxWindowBytes / leastPointBytes / Math.max(1, series.size))
  const buckets = Math.min(limits.maxWindowPoints, Math.max(fewestPoints, fitting))
  const end = time + 1
  return { group, from: Math.max(0, end - Math.min(windowMs, maxWindowMs)), to: end, buckets }
}

/**
 * The window of a group as it stands now, with its past as it was asked for by `windowQuery` a moment ago. What the
 * rings hold agrees with them; the same limits hold as for `windowOf`.
 */
export function windowOfHistory(state: GroupState, windowMs: number, rows: HistoryRows): Window {
  const pasts = new Map(rows.series.map(({ key, points }) => [key, points]))
  const spanMs = Math.min(windowMs, maxWindowMs)
  return fittingWindow(state, spanMs, widthsFor(rows.bucketMs), ({ key, ring }, start, width) => {
    const course = new Course()
    const past = pasts.get(key)
    if (past !== undefined) takePast(course, past, rows, start, width)
    // Where they overlap both tell of the same samples, and the ring knows which was shown last.
    takeRing(course, ring.points(start, width))
    return course.points()
  })
}

function widthsFor(bucketMs: number): readonly number[] {
  const widths = bucketWidthsMs.filter((width) => width % bucketMs === 0 && width <= coarsestMs)
  return widths.length > 0 ? widths : [bucketMs]
}

function takePast(course: Course, past: Float64Array, rows: HistoryRows, start: number, width: number): void {
  for (let at = 0; at < past.length; at += fields) {
    const time = rows.start + valueAt(past, at + INDEX) * rows.bucketMs
    if (time < start) continue
    const index = Math.floor((time - start) / width)
    course.put(index, valueAt(past, at + LAST), valueAt(past, at + LEAST), valueAt(past, at + GREATEST))
  }
}

function takeRing(course: Course, points: readonly (number | null)[]): void {
  for (let at = 0; at < points.length; at += 4) {
    const [index = 0, last, least, greatest] = points.slice(at, at + 4).map((value) => value ?? Number.NaN)
    course.put(index, last ?? Number.NaN, least ?? Number.NaN, greatest ?? Number.NaN)
  }
}

function valueAt(past: Float64Array, at: number): number {
  return past[at] ?? Number.NaN
}

/** The points of one series in the making; NaN is no value. */
class Course {
  readonly #buckets = new Map<number, readonly [last: number, least: number, greatest: number]>()

  /** Takes what is known of a bucket besides; of its last values the one that came later counts. */
  put(index: number, last: number, least: number, greatest: number): void {
    const [, oldLeast = Number.NaN, oldGreatest = Number.NaN] = this.#buckets.get(index) ?? []
    this.#buckets.set(index, [last, lesser(oldLeast, least), greater(oldGreatest, greatest)])
  }

  points(): (number | null)[] {
    const sorted = [...this.#buckets].sort(([a], [b]) => a - b)
    return sorted.flat(2).map((value) => (Number.isNaN(value) ? null : value))
  }
}

function lesser(a: number, b: number): number {
  return a < b || Number.isNaN(b) ? a : b
}

function greater(a: number, b: number): number {
  return a > b || Number.isNaN(b) ? a : b
}
