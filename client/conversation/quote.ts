// Owns how a message is quoted in one line where it is answered: who, and the first words.

import { type Annotation, findAnnotation, type GroupState } from '@chartroom/shared'
import { html, type TemplateResult } from 'lit'
import { conversationWords } from '../words/conversation.ts'
import type { LogContext } from './log-context.ts'
import { plainText } from './prose.ts'
import { sign } from './sign.ts'

/** More of a text than fits into a line, characters. */
const maxLength = 160

/** What is quoted of a message: its first words, or that it was taken back. */
export function quotedText({ text, retracted }: Pick<Annotation, 'text' | 'retracted'>): string {
  if (retracted) return conversationWords().retracted
  return plainText(text).replace(/\s+/gu, ' ').slice(0, maxLength)
}

/** A message in one line; of one that is not read in, that there was one. */
export function quoted(state: GroupState, id: number): TemplateResult {
  const found = findAnnotation(state, id)
  if (found === undefined) return html`<span class="line">${conversationWords().earlierMessage}</span>`
  const names = found.retracted ? 'line retracted' : 'line'
  return html`<span class=${names} dir="auto"><b>${found.author}</b> ${quotedText(found)}</span>`
}

/** The line above an answer, and the way to what it answers. */
export function quote(id: number, tabIndex: 0 | -1, { store, actions }: LogContext): TemplateResult {
  const { goToOriginal } = conversationWords()
  return html`<button class="quote" title=${goToOriginal} tabindex=${tabIndex} @click=${() => actions.goTo(id)}>
    ${sign('reply')}${quoted(store.state, id)}
  </button>`
}
