// Owns the text of a donut: the whole in its middle, and the list of its slices.

import {
  backgroundOf,
  formatQuantity,
  formatShare,
  formatUnit,
  type PieFigure,
  type Slice,
  type View,
} from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { words } from '../words/words.ts'

// Between ring and list.
const gapPx = 20
// From this width on the list has room for the values too.
const valuesFromPx = 340

/** The whole and its parts. */
export function pieBody(figure: PieFigure, { width, locale }: View): TemplateResult {
  const { slices, total, unit, centerX, centerY, radius } = figure
  const { brief } = formatQuantity(total, unit, locale)
  const label = brief.endsWith(formatUnit(unit, locale)) ? '' : formatUnit(unit, locale)
  return html`<div
      class="total"
      .style=${`left: ${centerX}px; top: ${centerY}px; max-width: ${radius * 1.2}px`}
    >
      <span class="value">${brief}</span>${label === '' ? nothing : html`<span class="label">${label}</span>`}
    </div>
    <div class="list" .style=${`left: ${2 * radius + gapPx}px`}>
      ${repeat(
        slices,
        ({ key }) => key ?? '',
        (slice) => sliceRow(slice, unit, locale, width >= valuesFromPx),
      )}
    </div>`
}

function sliceRow(slice: Slice, unit: string | undefined, locale: View['locale'], hasValue: boolean): TemplateResult {
  const { name = words().charts.others, value, share, color, isSilent } = slice
  return html`<div class="slice ${isSilent ? 'silent' : ''}">
    <i .style=${`background: ${backgroundOf(color)}`}></i>
    <span class="name" dir="auto">${name}</span>
    ${hasValue && unit !== '%' ? html`<span class="count">${formatQuantity(value, unit, locale).brief}</span>` : nothing}
    <span class="share">${formatShare(share)}</span>
  </div>`
}
