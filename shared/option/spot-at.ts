// Owns what of a figure lies at a place: the way back from anchor.ts. It reads figures, never a canvas.

import { bucketMs } from '../ring.ts'
import { momentOf, type Place } from './anchor.ts'
import type { Area, AreaFigure } from './area.ts'
import type { BarFigure, BarRow } from './bar.ts'
import type { HeatFigure } from './heat.ts'
import type { Line } from './line.ts'
import type { Figure, TimedFigure, TimeFigure } from './option.ts'
import { innerShare, outerShare, type PieFigure } from './pie.ts'
import { type Spot, spotOf } from './spot.ts'
import { rowPx, type TableFigure } from './table.ts'
import { heightOf } from './time-plot.ts'
import type { Box } from './view.ts'

// A ring is hit a little beside it too.
const nearPx = 4

/** What is pointed at by a place in the chart's px; undefined where there is nothing that a pin could point at. */
export function spotAt(figure: Figure, place: Place): Spot | undefined {
  switch (figure.kind) {
    case 'number':
    case 'gauge':
      return wholeOf(figure)
    case 'bar':
      return rowAt(figure, place)
    case 'pie':
      return sliceAt(figure, place)
    case 'line':
      return momentAt(figure, place)
    case 'area':
      return areaAt(figure, place)
    case 'table':
      return tableRowAt(figure, place)
    case 'heat':
      return cellAt(figure, place)
    default:
      return figure satisfies never
  }
}

/** The moment (Unix ms, a whole second of the window) that a place in the chart's px is of. */
export function timeAt({ plot, from, to }: TimedFigure, { x }: Pick<Place, 'x'>): number {
  const share = Math.max(0, Math.min(1, (x - plot.left) / plot.width))
  return Math.round((from + share * (to - from)) / bucketMs) * bucketMs
}

/** A figure that has one mark, as a spot: its metric. */
export function wholeOf({ members: [first] }: Figure): Spot | undefined {
  return first && { metric: first.definition.metric }
}

// Names and values belong to their bar: what is small is hit by them. Of several in a category it is the nearest.
function rowAt({ rows, slots, plot, isUpright }: BarFigure, { x, y }: Place): Spot | undefined {
  const share = isUpright ? (x - plot.left) / plot.width : (y - plot.top) / plot.height
  const slot = Math.floor(share * slots.length)
  let nearest: { readonly row: BarRow; readonly distance: number } | undefined
  for (const row of rows) {
    if (row.slot !== slot) continue
    const distance = distanceTo(row.box, { x, y })
    if (nearest === undefined || distance < nearest.distance) nearest = { row, distance }
  }
  return nearest && spotOf(nearest.row.series)
}

function distanceTo({ left, top, width, height }: Box, { x, y }: Place): number {
  return Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height))
}

function sliceAt({ slices, centerX, centerY, radius }: PieFigure, { x, y }: Place): Spot | undefined {
  const distance = Math.hypot(x - centerX, y - centerY)
  if (distance < radius * innerShare - nearPx || distance > radius * outerShare + nearPx) return undefined
  const turn = Math.atan2(x - centerX, centerY - y) / (2 * Math.PI)
  let left = turn < 0 ? turn + 1 : turn
  for (const { share, series } of slices) {
    if (left < share) return series && spotOf(series)
    left -= share
  }
  return undefined
}

function momentAt(figure: TimeFigure, place: Place): Spot | undefined {
  let nearest: { spot: Spot; distance: number } | undefined
  for (const line of figure.lines) {
    const time = nearestTime(figure, line, place.x)
    if (time === undefined) continue
    const { x, y } = momentOf(figure, line, time)
    const distance = Math.hypot(x - place.x, y - place.y)
    if (nearest === undefined || distance < nearest.distance) {
      nearest = { spot: { ...spotOf(line.series), time }, distance }
    }
  }
  return nearest?.spot
}

// Within an area is the area, and not the edge that happens to be nearer: the first one that reaches over the place.
function areaAt(figure: AreaFigure, place: Place): Spot | undefined {
  const { plot, scale, lines } = figure
  const zero = heightOf(0, plot, scale)
  for (const line of lines) {
    const time = nearestTime(figure, line, place.x)
    if (time === undefined) continue
    const { y } = momentOf(figure, line, time)
    const isAbove = place.y <= zero && isUp(line, time) && y <= place.y
    const isBelow = place.y > zero && !isUp(line, time) && y >= place.y
    if (isAbove || isBelow) return { ...spotOf(line.series), time }
  }
  return figure.rest !== undefined ? undefined : momentAt(figure, place)
}

function isUp({ own }: Area, time: number): boolean {
  return (own.find(([at]) => at === time)?.[1] ?? 0) >= 0
}

function tableRowAt({ rows }: TableFigure, { y }: Place): Spot | undefined {
  const row = rows[Math.floor(y / rowPx) - 1]
  return row && spotOf(row.series)
}

// Its name is the row's present.
function cellAt({ rows, plot, columns }: HeatFigure, { x, y }: Place): Spot | undefined {
  const row = rows[Math.floor(((y - plot.top) / plot.height) * rows.length)]
  if (row === undefined) return undefined
  const column = Math.min(columns - 1, Math.floor(((x - plot.left) / plot.width) * columns))
  const cell = x < plot.left ? row.cells.at(-1) : row.cells.find((one) => one.column === column)
  return cell && { ...spotOf(row.series), time: cell.time }
}

function nearestTime({ plot, from, to }: TimeFigure, { points }: Line, x: number): number | undefined {
  const wanted = from + ((x - plot.left) / plot.width) * (to - from)
  let nearest: number | undefined
  for (const [time, value] of points) {
    if (value === null || time < from || time > to) continue
    if (nearest === undefined || Math.abs(time - wanted) <= Math.abs(nearest - wanted)) nearest = time
  }
  return nearest
}
