// Owns the button between the conversation and my direct messages, with how much is unread on the other side.

import { html, nothing, type TemplateResult } from 'lit'
import { sign } from '../conversation/sign.ts'
import { directWords } from '../words/direct.ts'

/** How much is unread of each. */
export interface UnreadSides {
  readonly talk: number
  readonly direct: number
}

/** The button that shows my direct messages, or the conversation again. */
export function envelope(isDirect: boolean, unread: UnreadSides, toggle: () => void): TemplateResult {
  const { back, open } = directWords()
  const count = isDirect ? unread.talk : unread.direct
  const label = isDirect ? back(count) : open(count)
  return html`<button class="search envelope" title=${label} aria-label=${label} @click=${toggle}>
    ${sign(isDirect ? 'talk' : 'direct')}${count === 0 ? nothing : html`<span class="count" aria-hidden="true">${count}</span>`}
  </button>`
}
