// Owns the text of a bar chart: names on the axis, values at the ends, limits, and how many bars found no room.

import type { Series } from '@chartroom/shared'
import {
  type BarEnd,
  type BarFigure,
  type BarSlot,
  formatQuantity,
  type PlacedLimit,
  textWidth,
  type View,
} from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { words } from '../words/words.ts'
import { clearOf } from './clear-of.ts'
import { levelLines, uprightLines } from './limit-line.ts'

// Between a name and the axis, and between a bar's end and its value.
const gapPx = 10
// What the value of a pinned bar moves aside, and up.
const pinPx = 16
const upPx = 24
const wordsPx = 12
const wordsHighPx = 16
// The labels of an axis below lying bars.
const axisPx = 20

/** Whether a pin points at a series. */
export type IsPinned = (series: Series) => boolean

/** Names and values of the bars. */
export function barBody(figure: BarFigure, view: View, isPinned: IsPinned): TemplateResult {
  const { slots, hiddenCount, plot, isUpright, order, hasAxis } = figure
  // What goes to another place must stay the same element in the same order, or it would not be seen to go.
  const isMoving = order.sort.column === 'value'
  const inOrder = isMoving ? [...slots].sort((a, b) => (a.key < b.key ? -1 : 1)) : slots
  return html`${limits(figure, view)}${repeat(
    inOrder,
    ({ key }) => key,
    (slot) => (isUpright ? column(slot, figure, view, isPinned) : row(slot, figure, view, isPinned)),
  )}${
    hiddenCount === 0
      ? nothing
      : html`<span class="more" .style=${`top: ${plot.top + plot.height + (hasAxis ? axisPx : 0)}px`}>${words().charts.more(hiddenCount)}</span>`
  }`
}

function row(slot: BarSlot, figure: BarFigure, view: View, isPinned: IsPinned): TemplateResult {
  const { plot, slots } = figure
  const height = plot.height / slots.length
  const top = slot.middle - height / 2
  return html`<div
    class="row ${slot.isSilent ? 'silent' : ''}"
    .style=${`top: ${top}px; height: ${height}px; transition-duration: ${reorderMsOf(figure, view)}ms`}
  >
    <span class="name" dir="auto" .style=${`width: ${plot.left - gapPx}px`}>${nameOf(slot)}</span>
    ${slot.ends.map((end) => {
      const from = end.end + gapPx + (isAside(end, isPinned) ? pinPx : 0)
      const left = clearOf(from, textWidth(textOf(end, view), wordsPx), linesOf(figure))
      return value(end, `left: ${left}px; top: ${end.middle - top - 8}px`, view)
    })}
  </div>`
}

function column(slot: BarSlot, figure: BarFigure, view: View, isPinned: IsPinned): TemplateResult {
  const { plot, slots } = figure
  const width = plot.width / slots.length
  const left = slot.middle - width / 2
  return html`<div
    class="column ${slot.isSilent ? 'silent' : ''}"
    .style=${`left: ${left}px; width: ${width}px; transition-duration: ${reorderMsOf(figure, view)}ms`}
  >
    <span class="name" dir="auto" .style=${`top: ${plot.top + plot.height + 5}px`}>${nameOf(slot)}</span>
    ${slot.ends.map((end) => {
      const from = 2 - end.end + (isAside(end, isPinned) ? upPx : 0)
      const up = clearOf(from, wordsHighPx, linesOf(figure))
      return value(end, `left: ${end.middle - left}px; top: ${-up - wordsHighPx}px`, view)
    })}
  </div>`
}

function value(end: BarEnd, place: string, view: View): TemplateResult {
  return html`<span
    class="value ${end.isSilent ? 'silent' : ''}"
    .style=${`${place}; transition-duration: ${view.motionMs}ms`}
    >${textOf(end, view)}</span
  >`
}

function textOf({ value, unit }: BarEnd, { locale }: View): string {
  return formatQuantity(value, unit, locale).brief
}

// Along the axis of values: up where it is upright.
function linesOf({ limits, isUpright }: BarFigure): readonly number[] {
  return limits.map(({ px }) => (isUpright ? -px : px))
}

function nameOf({ name, count }: BarSlot): string {
  return name ?? words().charts.othersOf(count)
}

function isAside({ series }: BarEnd, isPinned: IsPinned): boolean {
  return series !== undefined && isPinned(series)
}

function reorderMsOf({ order }: BarFigure, { reorderMs = 0 }: View): number {
  return order.sort.column === 'value' ? reorderMs : 0
}

// The target is a tick across each bar; what may not be passed is a line through all of them.
function limits(figure: BarFigure, view: View): TemplateResult {
  const { limits: all, plot, unit, isUpright } = figure
  return html`${
    isUpright ? levelLines(all, plot, unit, view.locale) : uprightLines(all, plot, unit, view)
  }${all.filter(({ level }) => level === 'target').map((target) => ticks(target, figure))}`
}

const tickPx = 4

function ticks({ px }: PlacedLimit, { slots, barPx, isUpright, parts, grouping }: BarFigure): TemplateResult {
  const side = grouping === 'grouped' ? parts.filter(({ isHidden }) => !isHidden).length : 1
  const length = side * (barPx + 2) - 2 + 2 * tickPx
  return html`${slots.map(({ middle }) => {
    const start = middle - length / 2
    const place = isUpright
      ? `left: ${start}px; top: ${px - 1}px; width: ${length}px; height: 2px`
      : `left: ${px - 1}px; top: ${start}px; width: 2px; height: ${length}px`
    return html`<i class="target-tick" .style=${place}></i>`
  })}`
}
