// Owns the button that leads to my direct messages, with how many are unread; the messages are the conversation's.

import { html, nothing, type TemplateResult } from 'lit'
import { sign } from '../conversation/sign.ts'
import { words } from '../words/words.ts'

/** The button that shows my direct messages, and the conversation again. */
export function envelope(isOpen: boolean, unread: number, toggle: () => void): TemplateResult {
  const { heading, open } = words().direct
  const label = unread === 0 ? heading : open(unread)
  return html`<button class="search envelope" title=${label} aria-label=${label} aria-pressed=${isOpen} @click=${toggle}>
    ${sign('direct')}${unread === 0 ? nothing : html`<span class="count" aria-hidden="true">${unread}</span>`}
  </button>`
}
