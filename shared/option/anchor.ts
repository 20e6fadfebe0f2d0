// Owns where a pin sits on a drawn figure, in px of the chart's body. It reads figures, never a canvas; fold.ts folds.

import { bucketMs } from '../ring.ts'
import type { BarFigure, BarRow } from './bar.ts'
import { arcPx, type GaugeFigure } from './gauge.ts'
import { columnOf, type HeatFigure } from './heat.ts'
import type { Line } from './line.ts'
import { type Figure, isTimed, type TimedFigure, type TimeFigure } from './option.ts'
import { innerShare, outerShare, type PieFigure } from './pie.ts'
import { isOf, isWithin, type Spot } from './spot.ts'
import { nameEnd, rowPx, type TableFigure } from './table.ts'
import type { View } from './view.ts'

/** A place in the chart's own px. */
export interface Place {
  readonly x: number
  readonly y: number
}

/**
 * Where a pin sits. `mark`: on its bar, slice, arc, number or moment. `range`: on the middle of a bracket that stands
 * over the range. `corner`: its category is gone. `earlier`: its moment left the window. `later`: it is after the part
 * of the past that is shown.
 */
export type Anchor =
  | (Place & { readonly on: 'mark' | 'corner' | 'earlier' | 'later' })
  | (Place & { readonly on: 'range'; readonly left: number; readonly right: number; readonly bottom: number })

// A tip stands this far within the end of its bar or arc, so that it is seen to be on it.
const insetPx = 2
/** The middle of the ring's width, as a share of the radius. */
const ringMiddle = (innerShare + outerShare) / 2
// Beside a number's last letter, where it hides none: half a drop behind it, at the middle of its line.
const numberEnd = { gap: 9, y: 36 }
// Over the first letters of the words that count what has no room.
const belowX = 11
// From the chart's right and lower edge to the tip of what waits in the corner.
const corner = { x: 14, y: 4 }
// From the end of a name to the tip of its pin, and from the middle of a row down to it.
const namePinPx = 18
const rowTipPx = 10
// Above what a bracket stands over.
const bracketGapPx = 6

/** Where a spot of a figure is; always within the body, and never over a bar or a moment that is not its own. */
export function anchorOf(figure: Figure, spot: Spot, view: Pick<View, 'width' | 'height' | 'until'>): Anchor {
  const isGone = !figure.members.some((series) => isWithin(spot, series))
  const anchor = isGone ? cornerOf(view) : isLater(figure, spot, view) ? laterOf(figure) : placed(figure, spot)
  return { ...anchor, x: within(anchor.x, view.width), y: within(anchor.y, view.height) }
}

/** Where a line is at a moment (Unix ms): on its point, or between two of them; at the foot when it has none. */
export function momentOf(figure: TimeFigure, line: Pick<Line, 'points'> | undefined, time: number): Place {
  const { plot, from, to } = figure
  const x = plot.left + (Math.max(0, Math.min(to, time) - from) / (to - from)) * plot.width
  return { x, y: line === undefined ? plot.top + plot.height : heightAt(figure, line, time) }
}

// What is of this very moment is never later, whatever the clocks say.
function isLater(figure: Figure, { time }: Spot, { until }: Pick<View, 'until'>): figure is TimedFigure {
  return until !== undefined && time !== undefined && isTimed(figure) && onBucket(time) > figure.to
}

function laterOf({ plot }: TimedFigure): Anchor {
  return { on: 'later', x: plot.left + plot.width, y: plot.top + plot.height }
}

/** Where a range of moments (Unix ms) begins and ends, px from the chart's left edge. */
export function momentsOf(
  { plot, from, to }: TimedFigure,
  { time, timeEnd }: { readonly time: number; readonly timeEnd: number },
): readonly [left: number, right: number] {
  const xOf = (at: number) => plot.left + ((Math.max(from, Math.min(to, at)) - from) / (to - from)) * plot.width
  return [xOf(time), xOf(timeEnd)]
}

function placed(figure: Figure, spot: Spot): Anchor {
  switch (figure.kind) {
    case 'number':
      return { on: 'mark', x: figure.endX + numberEnd.gap, y: numberEnd.y }
    case 'gauge':
      return arcEnd(figure)
    case 'bar':
      return barEnd(figure, spot)
    case 'pie':
      return sliceMiddle(figure, spot)
    case 'line':
    case 'area':
      return moment(figure, spot)
    case 'table':
      return rowEnd(figure, spot)
    case 'heat':
      return cellMiddle(figure, spot)
    default:
      return figure satisfies never
  }
}

function cornerOf({ width, height }: Pick<View, 'width' | 'height'>): Anchor {
  return { on: 'corner', x: width - corner.x, y: height - corner.y }
}

function barEnd({ rows, rest, members, plot, scale, isUpright }: BarFigure, spot: Spot): Anchor {
  const row = rows.find(({ series }) => isOf(spot, series)) ?? (rows.length === 1 ? rows[0] : undefined)
  const isHidden = members.some((series) => isOf(spot, series))
  const bar = row ?? (isHidden ? rest : undefined)
  if (bar !== undefined) return { on: 'mark', ...barTip(bar, isUpright) }
  // A bar without room is one of those that the words below count; what names no bar stands where all begin.
  const foot = plot.top + plot.height
  if (isHidden) return { on: 'mark', x: belowX, y: foot + insetPx }
  if (isUpright) return { on: 'mark', x: plot.left + belowX, y: foot }
  const zero = plot.left + (-scale.min / (scale.max - scale.min)) * plot.width
  return { on: 'mark', x: zero, y: rows[0]?.y ?? 0 }
}

// Within the far end of what it covers.
function barTip({ box, value }: Pick<BarRow, 'box' | 'value'>, isUpright: boolean): Place {
  const { left, top, width, height } = box
  const isBelow = (value ?? 0) < 0
  const inset = Math.min(insetPx, isUpright ? height : width)
  if (isUpright) return { x: left + width / 2, y: isBelow ? top + height - inset : top + inset }
  return { x: isBelow ? left + inset : left + width - inset, y: top + height / 2 }
}

function sliceMiddle({ slices, members, centerX, centerY, radius }: PieFigure, spot: Spot): Anchor {
  const own = slices.findIndex(({ series }) => series !== undefined && isOf(spot, series))
  const at = own < 0 && members.some((series) => isOf(spot, series)) ? slices.length - 1 : own
  const before = slices.slice(0, Math.max(0, at)).reduce((sum, { share }) => sum + share, 0)
  // What names no slice stands where the ring begins and ends.
  const turn = 2 * Math.PI * (at < 0 ? 0 : before + (slices[at]?.share ?? 0) / 2)
  const distance = radius * ringMiddle
  return { on: 'mark', x: centerX + distance * Math.sin(turn), y: centerY - distance * Math.cos(turn) }
}

// Behind the name, where it hides no number.
function rowEnd(figure: TableFigure, spot: Spot): Anchor {
  const { rows, members } = figure
  const row = rows.find(({ series }) => isOf(spot, series)) ?? (rows.length === 1 ? rows[0] : undefined)
  if (row !== undefined) return { on: 'mark', x: nameEnd(figure, row) + namePinPx, y: row.y + rowTipPx }
  // A row without room is one of those that the words below count; what names none stands on the head.
  const isHidden = members.some((series) => isOf(spot, series))
  return { on: 'mark', x: belowX, y: (isHidden ? rows.length + 1.5 : 0.5) * rowPx + rowTipPx }
}

function cellMiddle(figure: HeatFigure, spot: Spot): Anchor {
  const { category, time, timeEnd } = spot
  const { rows, plot, columns, from, to } = figure
  const row = rows.find(({ series }) => isOf(spot, series))
  const foot = plot.top + plot.height
  const start = time ?? to - 1
  const end = timeEnd ?? start
  if (end < from) return { on: 'earlier', x: plot.left, y: foot }
  const column = columnOf(figure, (Math.max(from, start) + end) / 2)
  // What names no row, or one that has no room, stands where all begin.
  const y = row?.y ?? (category === undefined ? plot.top : foot)
  return { on: 'mark', x: plot.left + ((column + 0.5) / columns) * plot.width, y }
}

function arcEnd({ value, min, max, centerX, centerY, radius }: GaugeFigure): Anchor {
  const share = Math.max(0, Math.min(1, ((value ?? min) - min) / (max - min)))
  const distance = radius - arcPx / 2
  const turn = Math.PI * share - Math.min(insetPx / distance, Math.PI * share)
  return { on: 'mark', x: centerX - distance * Math.cos(turn), y: centerY - distance * Math.sin(turn) }
}

function moment(figure: TimeFigure, spot: Spot): Anchor {
  const { time, timeEnd } = spot
  const { plot, from, to } = figure
  // Lines have a point for each bucket.
  const start = onBucket(time ?? to)
  const end = onBucket(timeEnd ?? start)
  const foot = plot.top + plot.height
  if (end < from) return { on: 'earlier', x: plot.left, y: foot }
  const own = linesOf(figure, spot)
  if (timeEnd !== undefined) return bracket(figure, own, Math.max(from, start), end)
  if (start < from) return { on: 'earlier', x: plot.left, y: foot }
  const places = own.map((line) => momentOf(figure, line, start))
  return { on: 'mark', x: momentOf(figure, undefined, start).x, y: Math.min(foot, ...places.map(({ y }) => y)) }
}

// A category that is folded into the outermost area has its pin there.
function linesOf(figure: TimeFigure, spot: Spot): readonly Pick<Line, 'points'>[] {
  const { lines } = figure
  const own = lines.filter(({ series }) => isWithin(spot, series))
  return figure.kind === 'area' && figure.rest !== undefined && (spot.category === undefined || own.length === 0)
    ? [...own, figure.rest]
    : own
}

function bracket(figure: TimeFigure, lines: readonly Pick<Line, 'points'>[], start: number, end: number): Anchor {
  const { plot } = figure
  const bottom = plot.top + plot.height
  const [left, right] = [momentOf(figure, undefined, start).x, momentOf(figure, undefined, end).x]
  let top = bottom
  for (const line of lines) {
    const inside = line.points.filter(([time]) => time >= start && time <= end).map(([time]) => time)
    for (const time of [start, ...inside, end]) top = Math.min(top, heightAt(figure, line, time))
  }
  return { on: 'range', x: (left + right) / 2, y: Math.max(plot.top, top - bracketGapPx), left, right, bottom }
}

// Between two points a line is straight; in a gap, and after the last point, it is taken for where it was.
function heightAt(figure: TimeFigure, { points }: Pick<Line, 'points'>, time: number): number {
  const at = points.findLastIndex(([t, value]) => t <= time && value !== null)
  const [start, before] = points[at] ?? points.find(([, value]) => value !== null) ?? []
  const [end, after] = (at < 0 ? undefined : points[at + 1]) ?? []
  const y = heightOf(figure, before ?? null)
  if (start === undefined || end === undefined || after === undefined || after === null) return y
  return y + (heightOf(figure, after) - y) * ((time - start) / (end - start))
}

function heightOf({ plot, scale: { min, max } }: TimeFigure, value: number | null): number {
  return plot.top + plot.height * within(1 - ((value ?? min) - min) / (max - min), 1)
}

function onBucket(time: number): number {
  return Math.floor(time / bucketMs) * bucketMs
}

function within(place: number, most: number): number {
  return Math.max(0, Math.min(most, place))
}
