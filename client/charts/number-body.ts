// Owns the text of a single number: value, unit, sparkline, and the change over the window.

import { changeOf, formatQuantity, type NumberFigure, type View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'
import { changeText } from './change.ts'
import { sparkline } from './sparkline.ts'
import { wholeWords } from './whole-words.ts'

/** A number over its window. */
export function numberBody(figure: NumberFigure, { now, windowMs, locale }: View): TemplateResult {
  const { value, unit, course, isSilent, limits } = figure
  const { number, unit: behind } = formatQuantity(value, unit, locale)
  return html`<div class="figures ${isSilent ? 'silent' : ''}">
    <div class="now">
      <span class="value">${number}</span>${behind === '' ? nothing : html`<span class="unit">${behind}</span>`}
    </div>
    ${course.points.length < 2 ? nothing : sparkline(course, now - windowMs, now, limits)}
    ${changeLine(figure, windowMs, locale)}
  </div>`
}

function changeLine(
  { value, whole, before, unit, isSilent }: NumberFigure,
  windowMs: number,
  locale: View['locale'],
): TemplateResult | typeof nothing {
  if (whole !== undefined) return html`<div class="change">${wholeWords(whole)}</div>`
  const change = isSilent ? undefined : changeOf(value, before, unit)
  if (change === undefined) return nothing
  const text = changeText(change, unit, locale)
  return html`<div class="change"><b>${text}</b> ${words().charts.within(words().length(windowMs))}</div>`
}
