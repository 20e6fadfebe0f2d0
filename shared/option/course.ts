// Owns the past of a series as points over time: where it is interrupted, and its least and greatest. It draws nothing.

import { type Bucket, bucketMs, type Past } from '../ring.ts'
import { silenceMs } from './silence.ts'

/** What has a past: a series, or a mark. */
export interface Passing {
  readonly ring: Past
}

/** A value at a time, Unix ms; `null` interrupts the line. */
export type Point = [time: number, value: number | null]

/** What the values of a series were between. */
export interface Band {
  readonly least: readonly Point[]
  readonly greatest: readonly Point[]
}

/** The past of a series: its last, least and greatest values. Equal in length, and in where there is no value. */
export interface Course extends Band {
  readonly points: Point[]
  readonly least: Point[]
  readonly greatest: Point[]
}

/** A time without a value, Unix ms. */
export interface Gap {
  readonly from: number
  readonly to: number
}

// How much later than the window's begin its first value may be.
const lateShare = 0.05
// A chart of a thousand px cannot show more; the band keeps every extreme.
const maxPoints = 720
const widthsMs = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000]

/** How much of the past is one point of a line over a window, ms: at fixed borders of time, or it would shimmer. */
export function pointMs(windowMs: number): number {
  return widthsMs.find((widthMs) => windowMs / widthMs <= maxPoints) ?? windowMs / maxPoints
}

/**
 * The past of a series from a time (Unix ms) on, and one point before it: a line comes in from the border. What falls
 * into the same `widthMs` is one point, at the time of its last. Where it ends (`until`, Unix ms) it goes out over the
 * border too.
 */
export function courseOf(
  { ring }: Passing,
  from: number,
  widthMs: number = bucketMs,
  until: number = Number.POSITIVE_INFINITY,
): Course {
  const course: Course = { points: [], least: [], greatest: [] }
  const silence = silenceMs(ring)
  let before: Bucket | undefined
  const end = Math.min(ring.length, ring.positionFrom(until) + 1)
  for (let at = Math.max(0, ring.positionFrom(from) - 1); at < end; at++) {
    const bucket = ring.at(at)
    if (bucket === undefined) continue
    if (before !== undefined && startOf(bucket) - lastOf(before) > silence) {
      add(course, before)
      add(course, gapAfter(before))
      before = undefined
    }
    const isSame = before !== undefined && numberOf(before, widthMs) === numberOf(bucket, widthMs)
    if (before !== undefined && !isSame) add(course, before)
    before = isSame && before !== undefined ? together(before, bucket) : bucket
  }
  if (before !== undefined) add(course, before)
  return course
}

/** What the value of a series was when a window began that ends at `now` (Unix ms); undefined where that is not known. */
export function valueBefore({ ring }: Passing, now: number, windowMs: number): number | undefined {
  const start = now - windowMs
  const after = ring.positionFrom(start + 1)
  const next = ring.at(after)
  const isNear = next !== undefined && next.index * bucketMs <= start + windowMs * lateShare
  return (ring.at(after - 1) ?? (isNear ? next : undefined))?.last ?? undefined
}

/** The value of a series at a moment (Unix ms): its last one until then, `null` where there is none. */
export function valueAt({ ring }: Passing, time: number): number | null {
  return ring.at(ring.positionFrom(time + 1) - 1)?.last ?? null
}

function startOf({ index }: Bucket): number {
  return index * bucketMs
}

/** The begin of its last second. */
function lastOf(bucket: Bucket): number {
  return startOf(bucket) + bucket.widthMs - bucketMs
}

function numberOf(bucket: Bucket, widthMs: number): number {
  return Math.floor(startOf(bucket) / widthMs)
}

function gapAfter(bucket: Bucket): Bucket {
  const index = (lastOf(bucket) + bucketMs) / bucketMs
  return { index, widthMs: bucketMs, last: null, least: null, greatest: null }
}

// A gap within is no longer told where the whole is one point of the line.
function together(one: Bucket, next: Bucket): Bucket {
  return {
    ...next,
    least: extremeOf(Math.min, one.least, next.least),
    greatest: extremeOf(Math.max, one.greatest, next.greatest),
  }
}

function extremeOf(choose: typeof Math.min, one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : choose(one, other)
}

/** The gaps between points, cut to a window of Unix times in ms; one that goes on ends with the window. */
export function gapsOf(points: readonly Point[], from: number, to: number): readonly Gap[] {
  const gaps: Gap[] = []
  let lastTime: number | undefined
  let isOpen = false
  for (const [time, value] of points) {
    if (isOpen && value !== null && lastTime !== undefined)
      gaps.push({ from: Math.max(from, lastTime), to: Math.min(to, time) })
    isOpen = value === null
    if (value !== null) lastTime = time
  }
  if (isOpen && lastTime !== undefined) gaps.push({ from: Math.max(from, lastTime), to })
  return gaps.filter((gap) => gap.to > gap.from)
}

function hasValue(point: Point | undefined): boolean {
  return point !== undefined && point[1] !== null
}

/** Whether a point has no neighbour to draw a line to. */
export function isLonely(points: readonly Point[], at: number): boolean {
  return hasValue(points[at]) && !hasValue(points[at - 1]) && !hasValue(points[at + 1])
}

/** The least and the greatest value of courses; undefined where they hold none. */
export function reachOf(courses: readonly Band[]): readonly [least: number, greatest: number] | undefined {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { least, greatest } of courses) {
    for (const [, low] of least) lowest = Math.min(lowest, low ?? lowest)
    for (const [, high] of greatest) highest = Math.max(highest, high ?? highest)
  }
  return lowest <= highest ? [lowest, highest] : undefined
}

/** Whether there is anything between the least and the greatest of any of these. */
export function hasWidth(bands: readonly Band[]): boolean {
  return bands.some(({ least, greatest }) => greatest.some(([, high], at) => high !== least[at]?.[1]))
}

function add({ points, least, greatest }: Course, bucket: Bucket): void {
  // Its last value is of its end.
  const time = lastOf(bucket)
  points.push([time, bucket.last ?? bucket.greatest])
  least.push([time, bucket.least])
  greatest.push([time, bucket.greatest])
  // What ended without a value had some until then, which would be seen nowhere else.
  if (bucket.last !== null || bucket.greatest === null) return
  for (const part of [points, least, greatest]) part.push([time, null])
}
