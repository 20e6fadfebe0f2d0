// Owns the small line beside a number: its course without axes, and a dot where it stands. Its colour is CSS's.

import { type Course, hasWidth, type Limit, type Point, reachOf, reachWith } from '@chartroom/shared/option'
import { html, nothing, svg, type TemplateResult } from 'lit'

// The path lives in a square of its own and is stretched to the room it is given.
const side = 1_000

// A series that began a moment ago has this much of the room, and then all of it.
const leastMs = 60_000

/**
 * The course of a number over a window of Unix times in ms, or since it began, and the band of its least and greatest;
 * its style is style/sparkline.css.
 */
export function sparkline(course: Course, from: number, to: number, limits: readonly Limit[] = []): TemplateResult {
  const start = Math.max(from, Math.min(course.points[0]?.[0] ?? to, to - leastMs))
  const { path, band, end, lines } = pathsOf(course, start, to, limits)
  return html`<div class="sparkline">
    <svg viewBox="0 0 ${side} ${side}" preserveAspectRatio="none" aria-hidden="true">
      ${lines.map(({ level, y }) => svg`<path class=${level} d=${`M0 ${y}H${side}`} />`)}
      ${band === '' ? nothing : svg`<path class="band" d=${band} />`}<path d=${path} />
    </svg>
    ${end === undefined ? nothing : html`<i .style=${`left: ${percent(end.x)}; top: ${percent(end.y)}`}></i>`}
  </div>`
}

interface Place {
  readonly x: number
  readonly y: number
}

/** The course of a number in the square. */
export interface SparkPaths {
  /** Interrupted where a value is missing. */
  readonly path: string
  /** Between the least and the greatest; empty where there is nothing between them. */
  readonly band: string
  /** The place of the last one. */
  readonly end: Place | undefined
  /** The limits that are near. */
  readonly lines: readonly { readonly level: Limit['level']; readonly y: number }[]
}

/** The paths of a course between two times. */
export function pathsOf(
  { points, least, greatest }: Course,
  from: number,
  to: number,
  limits: readonly Limit[] = [],
): SparkPaths {
  const reach = reachOf([{ least, greatest }]) ?? [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  const [low, high] = reachWith(reach, limits)
  // A course that never moved lies in the middle.
  const yOf = (value: number) => Math.round((high > low ? (high - value) / (high - low) : 0.5) * side)
  const place = ([time, value]: Point): Place | undefined => {
    if (value === null) return undefined
    return { x: Math.round((Math.max(0, time - from) / (to - from)) * side), y: yOf(value) }
  }
  const runs = runsOf(points.map(place))
  const lower = runsOf(least.map(place))
  const bands = hasWidth([{ least, greatest }])
    ? runsOf(greatest.map(place)).map((over, at) => `${pathOf([...over, ...(lower[at] ?? []).toReversed()])}Z`)
    : []
  const near = limits.filter(({ at }) => at >= low && at <= high)
  return {
    path: runs.map(pathOf).join(''),
    band: bands.join(''),
    end: runs.at(-1)?.at(-1),
    lines: near.map(({ at, level }) => ({ level, y: yOf(at) })),
  }
}

/** Places that follow each other, without those that are none. */
function runsOf(places: readonly (Place | undefined)[]): readonly (readonly Place[])[] {
  const runs: Place[][] = []
  let isOpen = false
  for (const place of places) {
    if (place !== undefined && isOpen) runs.at(-1)?.push(place)
    else if (place !== undefined) runs.push([place])
    isOpen = place !== undefined
  }
  return runs
}

// A line to itself is a dot, where a value stands alone.
function pathOf(places: readonly Place[]): string {
  const [first] = places
  const all = first !== undefined && places.length === 1 ? [first, first] : places
  return all.map(({ x, y }, at) => `${at === 0 ? 'M' : 'L'}${x} ${y}`).join('')
}

function percent(place: number): string {
  return `${(place / side) * 100}%`
}
