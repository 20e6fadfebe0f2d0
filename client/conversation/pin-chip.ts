// Owns how a pin stands below its message: what it points at, and the number as it was; setting pins is not here.

import { type Pin, said } from '@chartroom/shared'
import { formatQuantity } from '@chartroom/shared/option'
import { html, type TemplateResult } from 'lit'
import type { GroupStore } from '../store.ts'
import { exactTimeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'

/** The evidence of a pin in two lines. */
export function pinChip(pin: Pin, store: GroupStore): TemplateResult {
  const { metric, category, evidence } = pin
  const all = [...store.state.series.values()].filter((series) => series.definition.metric === metric)
  const title = said(all, 'title') ?? metric
  const { language, conversation } = words()
  const value = formatQuantity(evidence.value, said(all, 'unit'), language).text
  return html`<div class="chip">
    <span class="what" dir="auto">${category === undefined ? title : `${title} / ${category}`}</span>
    <time>${exactTimeOfDay(evidence.time)}</time>
    <span class="then">${conversation.valueThen(value)}</span>
  </div>`
}
