// Owns how the composer says what it is at, when that is no plain message: whom it answers, or that it edits; and the cross.

import type { GroupState } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { conversationWords } from '../words/conversation.ts'
import type { Target } from './composing.ts'
import { quoted } from './quote.ts'
import { sign } from './sign.ts'

/** The row above the text. */
export function composedTarget(target: Target, state: GroupState, cancel: () => void): TemplateResult | typeof nothing {
  const conversation = conversationWords()
  switch (target.word) {
    case 'message':
      return nothing
    case 'reply':
      return row(
        html`${sign('reply')}<span class="what"><span class="do">${conversation.replying}</span>${quoted(state, target.id)}</span>`,
        cancel,
      )
    case 'edit':
      return row(html`${sign('edit')}<span class="what"><b>${conversation.editing}</b></span>`, cancel)
    default:
      return target satisfies never
  }
}

function row(content: TemplateResult, cancel: () => void): TemplateResult {
  const label = conversationWords().cancel
  return html`<p class="target">
    ${content}
    <button type="button" title="${label} (Esc)" aria-label=${label} @click=${cancel}>${sign('cross')}</button>
  </p>`
}
