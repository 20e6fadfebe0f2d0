// Owns the text around a heat map: names in the gutter, the scale bar, and the ramp with its ends at the right below.

import { formatTick, type HeatFigure, type HeatRow, staleRamp, type View } from '@chartroom/shared/option'
import { html, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { pageLook } from '../preferences.ts'
import { scaleBar } from './scale-bar.ts'

// Between a name and its cells.
const gapPx = 10
// As style/chart-card.css has the ramp with room for the labels at its ends.
const rampPx = 148
const rampHeightPx = 24
// Below the labels of the scale bar.
const belowTimesPx = 23

/** Names, times and the key to the colours. */
export function heatBody(figure: HeatFigure, view: View): TemplateResult {
  const { rows, plot, from, to, isKeyBelow } = figure
  const top = plot.top + plot.height
  return html`${repeat(
    rows,
    ({ key }) => key,
    (row) => rowName(row, plot.left - gapPx),
  )}
  ${scaleBar(from, to, { left: plot.left, top, width: plot.width, freePx: isKeyBelow ? 0 : rampPx })} ${ramp(figure, view, top)}`
}

function rowName({ name, y, isSilent }: HeatRow, width: number): TemplateResult {
  return html`<span class="heat-name ${isSilent ? 'silent' : ''}" dir="auto" .style=${`top: ${y}px; width: ${width}px`}
    >${name}</span
  >`
}

function ramp(figure: HeatFigure, { locale, height }: View, top: number): TemplateResult {
  const { ramp, rows, scale, unit, isKeyBelow } = figure
  const isStale = rows.every(({ isSilent }) => isSilent)
  const place = isKeyBelow ? top + belowTimesPx : Math.min(top + 6, height - rampHeightPx)
  return html`<div class="ramp" .style=${`top: ${place}px`}>
    <span>${formatTick(scale.min, unit, locale)}</span>
    ${(isStale ? staleRamp(pageLook()) : pageLook()[ramp]).map((color) => html`<i .style=${`background: ${color}`}></i>`)}
    <span>${formatTick(scale.max, unit, locale)}</span>
  </div>`
}
