// Owns how a chart becomes its table and a picture again: a button in its head, and the key T. The table is table-twin.ts.

import { html, type TemplateResult } from 'lit'
import { isPageKey } from '../page-key.ts'
import { words } from '../words/words.ts'
import { glyph } from './glyph.ts'

/** The button, pressed while the table is shown. */
export function twinButton(isTwin: boolean, toggle: () => void): TemplateResult {
  const name = words().twin.show
  return html`<button class="twin" aria-pressed=${isTwin} aria-label=${name} title=${`${name} (T)`} @click=${toggle}>
    ${glyph('twin')}
  </button>`
}

/** Toggles by the key T while the focus is in a card, or the pointer is on it and no other has the focus. */
export function watchTwinKey(card: HTMLElement, toggle: () => void): () => void {
  const handle = (event: KeyboardEvent) => {
    if (!isPageKey(event, 't') && !isPageKey(event, 'T')) return
    const root = card.getRootNode()
    const focused =
      root instanceof Document || root instanceof ShadowRoot ? root.querySelector('chart-card:focus-within') : null
    if (focused === null ? card.matches(':hover') : focused === card) toggle()
  }
  document.addEventListener('keydown', handle)
  return () => document.removeEventListener('keydown', handle)
}
