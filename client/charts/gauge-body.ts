// Owns the text of a gauge: the value in the arc, and the two borders below its ends.

import { formatQuantity, formatTick, type GaugeFigure, type View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'

// The middle of the arc's line, below which the borders stand.
const arcMiddlePx = 5

/** A value in its arc. */
export function gaugeBody(figure: GaugeFigure, { locale }: View): TemplateResult {
  const { value, unit, min, max, centerX, centerY, radius, isSilent } = figure
  const { number, unit: behind } = formatQuantity(value, unit, locale)
  const border = (at: number, left: number) =>
    html`<span class="border" .style=${`left: ${left}px; top: ${centerY}px`}>${formatTick(at, unit, locale)}</span>`
  return html`<div
      class="middle ${isSilent ? 'silent' : ''}"
      .style=${`left: ${centerX}px; bottom: calc(100% - ${centerY}px)`}
    >
      <span class="value">${number}</span>${behind === '' ? nothing : html`<span class="unit">${behind}</span>`}
    </div>
    ${border(min, centerX - radius + arcMiddlePx)}${border(max, centerX + radius - arcMiddlePx)}`
}
