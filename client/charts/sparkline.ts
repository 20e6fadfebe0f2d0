// Owns the small line beside a number: its course without axes, and a dot where it stands. Its colour is CSS's.

import { type Limit, type Point, reachWith } from '@chartroom/shared/option'
import { html, svg, type TemplateResult } from 'lit'

// The path lives in a square of its own and is stretched to the room it is given.
const side = 1_000

// A series that began a moment ago has this much of the room, and then all of it.
const leastMs = 60_000

/**
 * The course of a number over a window of Unix times in ms, or since it began; its style is style/sparkline.css.
 */
export function sparkline(
  points: readonly Point[],
  from: number,
  to: number,
  limits: readonly Limit[] = [],
): TemplateResult {
  const start = Math.max(from, Math.min(points[0]?.[0] ?? to, to - leastMs))
  const { path, end, lines } = courseOf(points, start, to, limits)
  return html`<div class="sparkline">
    <svg viewBox="0 0 ${side} ${side}" preserveAspectRatio="none" aria-hidden="true">
      ${lines.map(({ level, y }) => svg`<path class=${level} d=${`M0 ${y}H${side}`} />`)}<path d=${path} />
    </svg>
    ${end === undefined ? '' : html`<i .style=${`left: ${percent(end.x)}; top: ${percent(end.y)}`}></i>`}
  </div>`
}

interface Place {
  readonly x: number
  readonly y: number
}

/** The course of points in the square. */
export interface SparkCourse {
  /** Interrupted where a value is missing. */
  readonly path: string
  /** The place of the last one. */
  readonly end: Place | undefined
  /** The limits that are near. */
  readonly lines: readonly { readonly level: Limit['level']; readonly y: number }[]
}

/** The course of the points between two times. */
export function courseOf(
  points: readonly Point[],
  from: number,
  to: number,
  limits: readonly Limit[] = [],
): SparkCourse {
  const values = points.flatMap(([, value]) => value ?? [])
  const [least, greatest] = reachWith([Math.min(...values), Math.max(...values)], limits)
  // A course that never moved lies in the middle.
  const yOf = (value: number) => Math.round((greatest > least ? (greatest - value) / (greatest - least) : 0.5) * side)
  let path = ''
  let end: Place | undefined
  let isDown = false
  for (const [time, value] of points) {
    if (value !== null) {
      end = { x: Math.round((Math.max(0, time - from) / (to - from)) * side), y: yOf(value) }
      path += `${isDown ? 'L' : 'M'}${end.x} ${end.y}`
    }
    isDown = value !== null
  }
  const near = limits.filter(({ at }) => at >= least && at <= greatest)
  return { path, end, lines: near.map(({ at, level }) => ({ level, y: yOf(at) })) }
}

function percent(place: number): string {
  return `${(place / side) * 100}%`
}
