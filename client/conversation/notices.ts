// Owns how the log's own lines are drawn, which nobody wrote: the way to older messages and to new ones, what was lost, silence.

import { isInboxName } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import type { GroupStore } from '../store.ts'
import { exactTimeOfDay } from '../words/clock.ts'
import { conversationWords } from '../words/conversation.ts'
import { directWords } from '../words/direct.ts'
import { words } from '../words/words.ts'
import type { TalkPages } from './talk-pages.ts'

/** The way to what is older, where there is something older. */
export function earlierNotice(
  { state }: GroupStore,
  pages: TalkPages,
  read: () => void,
): TemplateResult | typeof nothing {
  const conversation = conversationWords()
  if (state.talk.earlier === 0) return nothing
  const isFailed = pages.state === 'failed'
  return html`<p class="earlier">
    ${isFailed ? conversation.earlierFailed : nothing}
    <button class="link" @click=${read}>${isFailed ? conversation.again : conversation.earlier}</button>
  </p>`
}

/** That the server has lost what was said, or that nobody has said anything. */
export function silenceNotice(
  { lostTime, replica, state }: GroupStore,
  isWriting: boolean,
): TemplateResult | typeof nothing {
  const conversation = conversationWords()
  if (lostTime !== undefined)
    return html`<p class="quiet" role="status">${conversation.anew(exactTimeOfDay(lostTime))}</p>`
  const isQuiet = replica.isFilled && state.talk.length === 0 && !isWriting
  return isQuiet
    ? html`<p class="quiet">${isInboxName(state.group) ? directWords().quiet : conversation.quiet}</p>`
    : nothing
}

/** The way to what came below while the reader was elsewhere. */
export function newBelow(count: number, goToEnd: () => void): TemplateResult {
  const conversation = conversationWords()
  return html`<button class="pill" aria-label=${conversation.toEnd(count)} @click=${goToEnd}>
    ${words().conversation.new(count)} ↓
  </button>`
}
