// Owns the cross-hair of a time chart: the moment pointed at on any chart of the group, and what the lines say then.

import {
  columnOf,
  formatQuantity,
  type HeatFigure,
  isOverTime,
  isTimed,
  momentOf,
  type Place,
  type Reading,
  readingsAt,
  type TimedFigure,
  type TimeFigure,
  type View,
} from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { exactTimeOfDay } from '../words/clock.ts'
import type { Drawn } from './drawn.ts'
import { isBoxLeft, leastLeftPx } from './popover.ts'
import { scaleBarOf } from './scale-bar.ts'

// The tag with the time, and a label of the scale bar: px.
const tagPx = 56
const labelPx = 48
// Nearer than this to the plot's right edge there is no room for words at the right.
const wordsPx = 64

/** The cross-hair at a moment (Unix ms). Where a box stands beside it (`hasBox`) the values make room. */
export function crosshair(
  { figure, view }: Drawn,
  time: number | undefined,
  hasBox: boolean,
): TemplateResult | typeof nothing {
  if (time === undefined || !isTimed(figure) || time < figure.from || time > figure.to) return nothing
  return isOverTime(figure) ? lines(figure, view, time, hasBox) : column(figure, time)
}

/** Where a box at a place stands so that the values, which near the right end are at its side, have room between. */
export function besideValues(place: Place, { figure, view }: Drawn): Place {
  const isBetween = isOverTime(figure) && isNearEnd(figure, place.x) && isBoxLeft(place.x, view.width)
  return isBetween ? { ...place, x: Math.max(place.x - wordsPx, leastLeftPx) } : place
}

// At the right of the plot are the names of the lines.
function isNearEnd({ plot }: TimeFigure, x: number): boolean {
  return x + wordsPx > plot.left + plot.width
}

function lines(figure: TimeFigure, view: View, time: number, hasBox: boolean): TemplateResult {
  const { plot } = figure
  const { x } = momentOf(figure, undefined, time)
  const isLeft = isNearEnd(figure, x) || (hasBox && !isBoxLeft(x, view.width))
  return html`<i
      class="crosshair"
      .style=${`transform: translate(${x}px, ${plot.top}px); height: ${plot.height}px`}
    ></i>
    ${readingsAt(figure, time).map((reading) => dot(reading, figure.unit, view, isLeft))}${tag(figure, x, time)}`
}

function dot(
  { x, y, wordsY, value, color }: Reading,
  unit: string | undefined,
  view: View,
  isLeft: boolean,
): TemplateResult {
  return html`<i class="dot" .style=${`transform: translate(${x}px, ${y}px); background: ${color.mark}`}></i
    ><span class="reading ${isLeft ? 'left' : ''}" .style=${`transform: translate(${x}px, ${wordsY}px)`}
      ><b>${formatQuantity(value, unit, view.locale).brief}</b></span
    >`
}

// On a heat map a moment is a column.
function column(figure: HeatFigure, time: number): TemplateResult {
  const { plot, columns } = figure
  const width = plot.width / columns
  const left = plot.left + columnOf(figure, time) * width
  return html`<i
      class="column"
      .style=${`transform: translate(${left}px, ${plot.top}px); width: ${width}px; height: ${plot.height}px`}
    ></i
    >${tag(figure, left + width / 2, time)}`
}

// Labels of the scale bar that it would cut are covered whole.
function tag({ plot, from, to }: TimedFigure, x: number, time: number): TemplateResult {
  const foot = plot.top + plot.height
  const cut = scaleBarOf(from, to, plot.width).labels.filter(
    ({ left }) => Math.abs(plot.left + left - x) < (tagPx + labelPx) / 2,
  )
  return html`${cut.map(
    ({ left }) => html`<i class="cover" .style=${`transform: translate(${plot.left + left}px, ${foot}px)`}></i>`,
  )}<span class="time" .style=${`transform: translate(${x}px, ${foot}px)`}>${exactTimeOfDay(time)}</span>`
}
