// Owns the button that leads to the search; the search itself is the conversation's.

import { html, type TemplateResult } from 'lit'
import { sign } from '../conversation/sign.ts'
import { words } from '../words/words.ts'

/** The button that opens the search, and closes it. */
export function magnifier(isOpen: boolean, toggle: () => void): TemplateResult {
  const { open } = words().search
  return html`<button class="search" title="${open} ( / )" aria-label=${open} aria-expanded=${isOpen} @click=${toggle}>
    ${sign('search')}
  </button>`
}
