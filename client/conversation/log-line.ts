// Owns how one line of the logs is drawn.

import type { Annotation } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { dayOf, exactTimeOfDay } from '../words/clock.ts'
import { conversationWords } from '../words/conversation.ts'
import { words } from '../words/words.ts'

/** A line: time, author, text. `now` is the server's, Unix ms. */
export function logLine({ id, time, author, text, kind, retracted, repeats }: Annotation, now: number): TemplateResult {
  const { logs } = words()
  const said = retracted ? html`<i>${conversationWords().retracted}</i>` : text
  const sign = kind === 'alert' ? html`<span class="sign" title=${logs.alert}>▲</span> ` : nothing
  const again = repeats === undefined ? nothing : html` <span class="again">${logs.again}</span>`
  return html`<li class=${kind ?? 'note'} data-id=${id}>
    <time datetime=${new Date(time).toISOString()} title=${dayOf(time, now)}>${exactTimeOfDay(time)}</time>
    <b dir="auto">${author}</b> <span class="text" dir="auto">${sign}${said}${again}</span>
  </li>`
}
