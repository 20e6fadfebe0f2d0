// Owns what of a figure lies at a place: the way back from anchor.ts. It reads figures, never a canvas.

import { momentOf, type Place, type Spot } from './anchor.ts'
import type { BarFigure } from './bar.ts'
import type { Line, LineFigure } from './line.ts'
import type { Figure } from './option.ts'
import { innerShare, outerShare, type PieFigure } from './pie.ts'

// A ring is hit a little beside it too.
const nearPx = 4

/** What is pointed at by a place in the chart's px; undefined where there is nothing that a pin could point at. */
export function spotAt(figure: Figure, place: Place): Spot | undefined {
  switch (figure.kind) {
    case 'number':
    case 'gauge':
      return {}
    case 'bar':
      return rowAt(figure, place)
    case 'pie':
      return sliceAt(figure, place)
    case 'line':
      return momentAt(figure, place)
    default:
      return figure satisfies never
  }
}

/** A category as a spot: a series without labels is its chart as a whole. */
export function spotOf(category: string): Spot {
  return category === '' ? {} : { category }
}

// Names and values belong to their bar: what is small is hit by them.
function rowAt({ rows, plot }: BarFigure, { y }: Place): Spot | undefined {
  const row = rows[Math.floor(((y - plot.top) / plot.height) * rows.length)]
  return row && spotOf(row.series.category)
}

function sliceAt({ slices, centerX, centerY, radius }: PieFigure, { x, y }: Place): Spot | undefined {
  const distance = Math.hypot(x - centerX, y - centerY)
  if (distance < radius * innerShare - nearPx || distance > radius * outerShare + nearPx) return undefined
  const turn = Math.atan2(x - centerX, centerY - y) / (2 * Math.PI)
  let left = turn < 0 ? turn + 1 : turn
  for (const { share, category } of slices) {
    if (left < share) return category === undefined ? undefined : spotOf(category)
    left -= share
  }
  return undefined
}

function momentAt(figure: LineFigure, place: Place): Spot | undefined {
  let nearest: { spot: Spot; distance: number } | undefined
  for (const line of figure.lines) {
    const time = nearestTime(figure, line, place.x)
    if (time === undefined) continue
    const { x, y } = momentOf(figure, line, time)
    const distance = Math.hypot(x - place.x, y - place.y)
    if (nearest === undefined || distance < nearest.distance) {
      nearest = { spot: { ...spotOf(line.series.category), time }, distance }
    }
  }
  return nearest?.spot
}

function nearestTime({ plot, from, to }: LineFigure, { points }: Line, x: number): number | undefined {
  const wanted = from + ((x - plot.left) / plot.width) * (to - from)
  let nearest: number | undefined
  for (const [time, value] of points) {
    if (value === null || time < from || time > to) continue
    if (nearest === undefined || Math.abs(time - wanted) <= Math.abs(nearest - wanted)) nearest = time
  }
  return nearest
}
