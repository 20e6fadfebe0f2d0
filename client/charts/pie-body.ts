// Owns the text of a donut: the whole in its middle. The list of its slices is the legend's.

import { formatQuantity, formatUnit, type Locale, type PieFigure } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'

/** The whole of which the slices are parts. */
export function pieBody({ total, unit, centerX, centerY, radius }: PieFigure, locale: Locale): TemplateResult {
  const { brief } = formatQuantity(total, unit, locale)
  const label = brief.endsWith(formatUnit(unit, locale)) ? '' : formatUnit(unit, locale)
  return html`<div
    class="total"
    .style=${`left: ${centerX}px; top: ${centerY}px; max-width: ${radius * 1.2}px`}
  >
    <span class="value">${brief}</span>${label === '' ? nothing : html`<span class="label">${label}</span>`}
  </div>`
}
