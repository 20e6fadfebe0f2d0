// Owns the text of a bar chart: names in the gutter, values behind the ends, and how many bars found no room.

import type { Series } from '@chartroom/shared'
import { type BarFigure, type BarRest, type BarRow, formatQuantity, type View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { words } from '../words/words.ts'

// Between a name and the axis, and between a bar's end and its value.
const gapPx = 10
// What the value of a pinned bar moves aside.
const pinPx = 16

/** Whether a pin points at a series. */
export type IsPinned = (series: Series) => boolean

/** Names and values of the bars. */
export function barBody(figure: BarFigure, view: View, isPinned: IsPinned): TemplateResult {
  const { rows, rest, hiddenCount, plot } = figure
  return html`${repeat(
    rows,
    ({ key }) => key,
    (bar) => barRow(bar, figure, view, isPinned(bar.series)),
  )}${rest === undefined ? nothing : restRow(rest, figure, view)}${
    hiddenCount === 0
      ? nothing
      : html`<span class="more" .style=${`top: ${plot.height}px`}>${words().charts.more(hiddenCount)}</span>`
  }`
}

function barRow(bar: BarRow, figure: BarFigure, view: View, isPinned: boolean): TemplateResult {
  return row(bar, bar.name, figure, view, isPinned)
}

function restRow(rest: BarRest, figure: BarFigure, view: View): TemplateResult {
  return row(rest, words().charts.othersOf(rest.count), figure, view, false)
}

function row(
  { value, y, end, isSilent }: BarRow | BarRest,
  name: string,
  { unit, plot, rows, rest }: BarFigure,
  { locale, motionMs }: View,
  isPinned: boolean,
): TemplateResult {
  const height = plot.height / (rows.length + Number(rest !== undefined))
  return html`<div
    class="row ${isSilent ? 'silent' : ''}"
    .style=${`top: ${y - height / 2}px; height: ${height}px`}
  >
    <span class="name" dir="auto" .style=${`width: ${plot.left - gapPx}px`}>${name}</span>
    <span class="value" .style=${`left: ${end + gapPx + (isPinned ? pinPx : 0)}px; transition-duration: ${motionMs}ms`}>${formatQuantity(value, unit, locale).brief}</span>
  </div>`
}
