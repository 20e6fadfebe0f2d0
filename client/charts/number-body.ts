// Owns the text of a single number: value, unit, sparkline, and the change over the window.

import { formatChange, formatPoints, formatQuantity, type NumberFigure, type View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'
import { sparkline } from './sparkline.ts'

/** A number over its window. */
export function numberBody(figure: NumberFigure, { now, windowMs, locale }: View): TemplateResult {
  const { value, unit, course, isSilent } = figure
  const { number, unit: behind } = formatQuantity(value, unit, locale)
  return html`<div class="figures ${isSilent ? 'silent' : ''}">
    <div class="now">
      <span class="value">${number}</span>${behind === '' ? nothing : html`<span class="unit">${behind}</span>`}
    </div>
    ${course.length < 2 ? nothing : sparkline(course, now - windowMs, now)}
    ${changeLine(figure, windowMs, locale)}
  </div>`
}

function changeLine(figure: NumberFigure, windowMs: number, locale: View['locale']): TemplateResult | typeof nothing {
  const change = changeOf(figure, locale)
  if (change === undefined) return nothing
  return html`<div class="change"><b>${change}</b> ${words().charts.within(words().length(windowMs))}</div>`
}

// A ratio has a meaning only from something positive; a share changes by points.
function changeOf({ value, before, unit, isSilent }: NumberFigure, locale: View['locale']): string | undefined {
  if (value === null || before === undefined || isSilent) return undefined
  if (unit === '%') return formatPoints(value - before, locale)
  return before > 0 && value >= 0 ? formatChange(value / before - 1) : undefined
}
