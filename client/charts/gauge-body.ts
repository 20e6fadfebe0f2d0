// Owns the text of a gauge: the value in the arc, and the two borders below its ends.

import { arcPx, formatQuantity, formatTick, type GaugeFigure, type Locale, type View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { wholeWords } from './whole-words.ts'

// The middle of the arc's line, below which the borders stand.
const arcMiddlePx = 5
// From the arc to the value of a limit.
const tickValuePx = 7

/** A value in its arc. */
export function gaugeBody(figure: GaugeFigure, { locale }: View): TemplateResult {
  const { value, whole, unit, min, max, centerX, centerY, radius, isSilent, limits } = figure
  const { number, unit: behind } = formatQuantity(value, unit, locale)
  const border = (at: number, left: number) =>
    html`<span class="border" .style=${`left: ${left}px; top: ${centerY}px`}>${formatTick(at, unit, locale)}</span>`
  return html`<div
      class="middle ${isSilent ? 'silent' : ''}"
      .style=${`left: ${centerX}px; bottom: calc(100% - ${centerY}px)`}
    >
      ${whole === undefined ? nothing : html`<span class="whole">${wholeWords(whole)}</span>`}
      <span class="value">${number}</span>${behind === '' ? nothing : html`<span class="unit">${behind}</span>`}
    </div>
    ${limits.map((limit) => tick(limit, figure, locale))}${border(min, centerX - radius + arcMiddlePx)}${border(max, centerX + radius - arcMiddlePx)}`
}

// A tick across the arc, and its value outside.
function tick(limit: GaugeFigure['limits'][number], { centerX, centerY, radius, unit }: GaugeFigure, locale: Locale) {
  const { at, level, share } = limit
  const turn = Math.PI * share
  const place = (distance: number) =>
    `left: ${centerX - distance * Math.cos(turn)}px; top: ${centerY - distance * Math.sin(turn)}px`
  const side = share < 0.4 ? 'before' : share > 0.6 ? 'after' : ''
  return html`<i
      class="tick ${level}"
      .style=${`${place(radius - arcPx / 2)}; transform: translate(-50%, -50%) rotate(${180 * share}deg)`}
    ></i>
    <span class="tick-value ${side}" .style=${place(radius + tickValuePx)}>${formatTick(at, unit, locale)}</span>`
}
