// Owns how one line of the log is drawn: a message, a deploy, an alert, a divider, one of mine that is not there yet.

import type { Annotation } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { avatar } from '../people/avatar.ts'
import type { GroupStore } from '../store.ts'
import { dayOf, exactTimeOfDay, timeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import type { Outgoing } from './outbox.ts'
import { pinChip } from './pin-chip.ts'
import { type Piece, piecesOf } from './prose.ts'
import type { Row } from './rows.ts'

type Content = TemplateResult | typeof nothing | string

/** One line of the log; `isNew` says whether a message came while the page was open, so that it fades in. */
export function entry(row: Row, store: GroupStore, isNew: (annotation: Annotation) => boolean): TemplateResult {
  switch (row.type) {
    case 'day':
      return html`<li class="divider"><span>${dayOf(row.time, store.now())}</span></li>`
    case 'unread':
      return html`<li class="divider unread"><span>${words().conversation.new(row.count)}</span></li>`
    case 'message':
      return message(row.annotation, row.hasHead, store, isNew(row.annotation))
    case 'deploy':
      return event('deploy', flag, row.annotation)
    case 'alert':
      return event('alert', triangle, row.annotation)
    default:
      return row satisfies never
  }
}

/** One of mine that the log does not show yet. */
export function outgoing(
  { key, text, state }: Outgoing,
  author: string,
  hasHead: boolean,
  act: { again(key: number): void; drop(key: number): void },
): TemplateResult {
  const { conversation } = words()
  const isSending = state.word === 'sending'
  const said = html`<p class="text ${isSending ? 'going' : ''}" dir="auto">${prose(text)}${
    isSending ? html`<span class="sending"> ${conversation.sending}</span>` : nothing
  }</p>`
  const head = hasHead ? html`<p><b class="author" dir="auto">${author}</b></p>` : nothing
  if (state.word === 'sending' || state.word === 'taken') return block(author, head, said)
  const why = state.word === 'lost' ? conversation.lost : state.refusal.message
  return block(
    author,
    head,
    html`${said}
      <p class="refused" role="alert">
        ${conversation.notSent} ${why}
        <button class="link" @click=${() => act.again(key)}>${conversation.again}</button> ·
        <button class="link" @click=${() => act.drop(key)}>${conversation.delete}</button>
      </p>`,
  )
}

function message(annotation: Annotation, hasHead: boolean, store: GroupStore, isNew: boolean): TemplateResult {
  const { author, text, pin, retracted, editedTime } = annotation
  const { conversation } = words()
  const head = hasHead ? html`<p><b class="author" dir="auto">${author}</b> ${clock(annotation.time)}</p>` : nothing
  const said = retracted
    ? html`<p class="text retracted">${conversation.retracted}</p>`
    : html`<p class="text" dir="auto">${prose(text)}${
        editedTime === undefined ? nothing : html`<span class="edited"> ${conversation.edited}</span>`
      }</p>`
  const chip = pin === undefined ? nothing : pinChip(pin, store)
  return block(author, head, html`${said}${chip}`, isNew)
}

function block(author: string, head: Content, body: Content, isNew = false): TemplateResult {
  return html`<li class="message ${head === nothing ? '' : 'first'} ${isNew ? 'new' : ''}">
    ${head === nothing ? nothing : avatar(author)}
    <div>${head}${body}</div>
  </li>`
}

function event(type: 'deploy' | 'alert', sign: TemplateResult, { author, text, time }: Annotation): TemplateResult {
  return html`<li class="event ${type}">
    ${sign}
    <p dir="auto"><b class="author">${author}</b> ${prose(text)} ${clock(time)}</p>
  </li>`
}

function clock(time: number): TemplateResult {
  return html`<time datetime=${new Date(time).toISOString()} title=${exactTimeOfDay(time)}>${timeOfDay(time)}</time>`
}

function prose(text: string): Content[] {
  return piecesOf(text).map(piece)
}

function piece({ type, text }: Piece): Content {
  switch (type) {
    case 'text':
      return text
    case 'code':
      return html`<code>${text}</code>`
    case 'link':
      return html`<a href=${text} target="_blank" rel="noopener noreferrer">${text}</a>`
    default:
      return type satisfies never
  }
}

const flag = html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
  <path d="M3.5 14.5v-12h9l-2 3.5 2 3.5h-9" />
</svg>`

const triangle = html`<svg class="sign filled" viewBox="0 0 16 16" aria-hidden="true">
  <path d="M8 1.5 15 14H1Z" />
  <path class="hole" d="M8 6v4M8 11.4v1.2" />
</svg>`
