// Owns the small line beside a number: its course without axes, and a dot where it stands. Its colour is CSS's.

import type { Point } from '@chartroom/shared/option'
import { html, type TemplateResult } from 'lit'

// The path lives in a square of its own and is stretched to the room it is given.
const side = 1_000

// A series that began a moment ago has this much of the room, and then all of it.
const leastMs = 60_000

/**
 * The course of a number over a window of Unix times in ms, or since it began; its style is style/sparkline.css.
 */
export function sparkline(points: readonly Point[], from: number, to: number): TemplateResult {
  const { path, end } = courseOf(points, Math.max(from, Math.min(points[0]?.[0] ?? to, to - leastMs)), to)
  return html`<div class="sparkline">
    <svg viewBox="0 0 ${side} ${side}" preserveAspectRatio="none" aria-hidden="true"><path d=${path} /></svg>
    ${end === undefined ? '' : html`<i .style=${`left: ${percent(end.x)}; top: ${percent(end.y)}`}></i>`}
  </div>`
}

interface Place {
  readonly x: number
  readonly y: number
}

/** The path of the points, interrupted where a value is missing, and the place of the last one. */
export function courseOf(
  points: readonly Point[],
  from: number,
  to: number,
): { readonly path: string; readonly end: Place | undefined } {
  const values = points.flatMap(([, value]) => value ?? [])
  const [least, greatest] = [Math.min(...values), Math.max(...values)]
  let path = ''
  let end: Place | undefined
  let isDown = false
  for (const [time, value] of points) {
    if (value !== null) {
      // A course that never moved lies in the middle.
      const share = greatest > least ? (greatest - value) / (greatest - least) : 0.5
      end = { x: Math.round((Math.max(0, time - from) / (to - from)) * side), y: Math.round(share * side) }
      path += `${isDown ? 'L' : 'M'}${end.x} ${end.y}`
    }
    isDown = value !== null
  }
  return { path, end }
}

function percent(place: number): string {
  return `${(place / side) * 100}%`
}
