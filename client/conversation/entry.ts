// Owns how one line of the log is drawn: a message, a deploy, an alert, a divider, one of mine that is not there yet.

import type { Annotation, Refusal } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import type { Attention } from '../attention.ts'
import { authorAvatar, avatar } from '../people/avatar.ts'
import type { GroupStore } from '../store.ts'
import { dayOf, exactTimeOfDay, timeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import type { Outgoing } from './outbox.ts'
import './pin-chip.ts'
import type { WrittenPin } from './pin-words.ts'
import { type Piece, piecesOf } from './prose.ts'
import type { Repeats } from './repeats.ts'
import type { Row } from './rows.ts'

type Content = TemplateResult | typeof nothing | string

/** What a line is drawn with: the group, what the reader attends to, the connection, and what came while the page was open. */
export interface LogContext {
  readonly store: GroupStore
  readonly attention: Attention
  /** Whether there is a connection, over which what I wrote goes out now. */
  readonly isUp: boolean
  /** The repeats of alerts, by the id of the alert. */
  readonly repeats: ReadonlyMap<number, Repeats>
  isNew(annotation: Annotation): boolean
}

/** One line of the log. Those of an annotation have its id as `data-id`. */
export function entry(row: Row, context: LogContext): TemplateResult {
  switch (row.type) {
    case 'day':
      return html`<li class="divider"><span>${dayOf(row.time, context.store.now())}</span></li>`
    case 'unread':
      return html`<li class="divider unread"><span>${words().conversation.new(row.count)}</span></li>`
    case 'message':
      return message(row.annotation, row.hasHead, context)
    case 'deploy':
      return event('deploy', flag, row.annotation, context)
    case 'alert':
      return event('alert', triangle, row.annotation, context)
    default:
      return row satisfies never
  }
}

/** One of mine that the log does not show yet. */
export function outgoing(
  { key, draft, state }: Outgoing,
  author: string,
  hasHead: boolean,
  context: LogContext,
  act: { again(key: string): void; drop(key: string): void },
): TemplateResult {
  const { conversation } = words()
  const isSending = state.word === 'sending'
  const said = html`<p class="text ${isSending ? 'going' : ''}" dir="auto">${prose(draft.text)}${
    isSending && context.isUp ? html`<span class="sending"> ${conversation.sending}</span>` : nothing
  }</p>${chip(draft.pin, undefined, context)}${
    isSending && !context.isUp ? html`<p class="waiting">${conversation.notSentYet}</p>` : nothing
  }`
  const head = hasHead ? html`<p><b class="author" dir="auto">${author}</b></p>` : nothing
  const face = hasHead ? avatar(author) : nothing
  if (state.word === 'sending' || state.word === 'taken') return block(face, html`${head}${said}`)
  const why = state.word === 'lost' ? conversation.lost : refused(state.refusal)
  return block(
    face,
    html`${head}${said}
      <p class="refused" role="alert">
        ${conversation.notSent} ${why}
        <button class="link" @click=${() => act.again(key)}>${conversation.again}</button> ·
        <button class="link" @click=${() => act.drop(key)}>${conversation.delete}</button>
      </p>`,
  )
}

function message(annotation: Annotation, hasHead: boolean, context: LogContext): TemplateResult {
  const { text, retracted, editedTime } = annotation
  const { conversation } = words()
  const said = retracted
    ? html`<p class="text retracted">${conversation.retracted}</p>`
    : html`<p class="text" dir="auto">${prose(text)}${
        editedTime === undefined ? nothing : html`<span class="edited"> ${conversation.edited}</span>`
      }</p>`
  const body = html`${hasHead ? head(annotation) : nothing}${said}${chip(annotation.pin, annotation.id, context)}`
  return block(hasHead ? authorAvatar(annotation) : nothing, body, annotation, context)
}

function head({ author, time, unheld }: Annotation): TemplateResult {
  const state = unheld ? html`<span class="unheld">${words().conversation.notHeld}</span>` : nothing
  return html`<p><b class="author" dir="auto">${author}</b> ${state} ${clock(time)}</p>`
}

function block(
  face: TemplateResult | typeof nothing,
  body: TemplateResult,
  annotation?: Annotation,
  context?: LogContext,
): TemplateResult {
  const isNew = annotation !== undefined && context?.isNew(annotation)
  const names = `message ${face === nothing ? '' : 'first'} ${isNew ? 'new' : ''}`
  return line(names, html`${face}<div>${body}</div>`, annotation, context)
}

function event(type: 'deploy' | 'alert', sign: TemplateResult, annotation: Annotation, context: LogContext) {
  const { id, author, text, time, pin } = annotation
  const said = html`<p dir="auto"><b class="author">${author}</b> ${prose(text)} ${clock(time)}${repeated(context.repeats.get(id))}</p>`
  return line(`event ${type}`, html`${sign}<div>${said}${chip(pin, id, context)}</div>`, annotation, context)
}

function line(names: string, content: TemplateResult, annotation?: Annotation, context?: LogContext): TemplateResult {
  const light = annotation && context && lightOf(annotation, context)
  return html`<li
    class=${names}
    data-id=${annotation?.id ?? nothing}
    @pointerenter=${light?.on}
    @pointerleave=${light?.off}
    @focusin=${light?.on}
    @focusout=${light?.off}
  >${content}</li>`
}

function repeated(repeats: Repeats | undefined): Content {
  if (repeats === undefined) return nothing
  const { count, isAll, lastTime } = repeats
  return html` <span class="repeated">${words().logs.repeated(count, isAll, timeOfDay(lastTime))}</span>`
}

// The message that is pointed at lights its pin.
function lightOf({ id, pin }: Annotation, { attention }: LogContext) {
  return pin && { on: () => attention.light(id), off: () => attention.light(undefined) }
}

function chip(pin: WrittenPin | undefined, id: number | undefined, { store, attention }: LogContext): Content {
  if (pin === undefined) return nothing
  return html`<pin-chip .store=${store} .attention=${attention} .pin=${pin} .annotationId=${id}></pin-chip>`
}

function refused({ code, message: text }: Refusal): string {
  return words().conversation.refusals[code] ?? text
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
