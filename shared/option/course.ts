// Owns the past of a series as points over time: where it is interrupted, and its least and greatest. It draws nothing.

import { type Bucket, bucketMs } from '../ring.ts'
import type { Series } from '../state.ts'
import { silenceMs } from './silence.ts'

/** A value at a time, Unix ms; `null` interrupts the line. */
export type Point = [time: number, value: number | null]

/** The past of a series: its last values, and its band as the least with the way up to the greatest. Equal in length. */
export interface Course {
  readonly points: Point[]
  readonly least: Point[]
  readonly span: Point[]
}

/** A time without a value, Unix ms. */
export interface Gap {
  readonly from: number
  readonly to: number
}

/** The past of a series from a time (Unix ms) on, and one point before it: a line comes in from the border. */
export function courseOf({ ring }: Series, from: number): Course {
  const course: Course = { points: [], least: [], span: [] }
  const silence = silenceMs(ring)
  let before: Bucket | undefined
  for (let at = Math.max(0, ring.positionFrom(from) - 1); at < ring.length; at++) {
    const bucket = ring.at(at)
    if (bucket === undefined) continue
    if (before !== undefined && (bucket.index - before.index) * bucketMs > silence) {
      add(course, { index: before.index + 1, last: null, least: null, greatest: null })
    }
    add(course, bucket)
    before = bucket
  }
  return course
}

/** The gaps between points, cut to a window of Unix times in ms; one that goes on ends with the window. */
export function gapsOf(points: readonly Point[], from: number, to: number): readonly Gap[] {
  const gaps: Gap[] = []
  let lastTime: number | undefined
  let isOpen = false
  for (const [time, value] of points) {
    if (isOpen && value !== null && lastTime !== undefined) gaps.push({ from: Math.max(from, lastTime), to: time })
    isOpen = value === null
    if (value !== null) lastTime = time
  }
  if (isOpen && lastTime !== undefined) gaps.push({ from: Math.max(from, lastTime), to })
  return gaps.filter((gap) => gap.to > gap.from)
}

/** The least and the greatest value of courses; undefined where they hold none. */
export function reachOf(courses: readonly Course[]): readonly [least: number, greatest: number] | undefined {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { least, span } of courses) {
    for (const [at, [, low]] of least.entries()) {
      if (low === null) continue
      lowest = Math.min(lowest, low)
      highest = Math.max(highest, low + (span[at]?.[1] ?? 0))
    }
  }
  return lowest <= highest ? [lowest, highest] : undefined
}

function add({ points, least, span }: Course, bucket: Bucket): void {
  const time = bucket.index * bucketMs
  const { least: low, greatest: high } = bucket
  points.push([time, bucket.last])
  least.push([time, low])
  span.push([time, low === null || high === null ? null : Math.min(high - low, Number.MAX_VALUE)])
}
