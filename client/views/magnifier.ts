// Owns the ways to the search: the magnifier and the slash; the search itself is the conversation's.

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

/** Whether a key asks for the search: a slash, unless it is written somewhere. */
export function isSearchKey(event: KeyboardEvent): boolean {
  const [target] = event.composedPath()
  const isWriting = target instanceof Element && target.matches('input, textarea, select')
  return event.key === '/' && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey
}
