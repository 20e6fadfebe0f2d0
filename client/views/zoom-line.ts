// Owns the words for what the time charts are zoomed into, and the ways on: to pin it, and back to live.

import { html, type TemplateResult } from 'lit'
import type { Attention } from '../attention.ts'
import type { GroupStore } from '../store.ts'
import { exactTimeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'

/** The line; undefined while the charts show the present. */
export function zoomLine({ zoom }: GroupStore, attention: Attention): TemplateResult | undefined {
  const { part } = zoom
  if (part === undefined) return undefined
  const { from, to, spot } = part
  const [begin, end] = [exactTimeOfDay(from), exactTimeOfDay(to)]
  const { back, pin, range, shown } = words().zoom
  return html`<div class="zoomed">
    <b aria-hidden="true">${range(begin, end)}</b><span class="hidden" role="status">${shown(begin, end)}</span>
    <button class="link" @click=${() => attention.compose({ ...spot, time: from, timeEnd: to })}>${pin}</button>
    <button class="button" @click=${() => zoom.leave()}>${back}</button>
  </div>`
}
