// Owns how one line of the log is drawn: a divider, an event, and the frame around a message.

import type { Annotation } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { dayOf, timeOfDay } from '../words/clock.ts'
import { conversationWords } from '../words/conversation.ts'
import { words } from '../words/words.ts'
import type { LogContext } from './log-context.ts'
import { clock, type Drawn, message, outgoing, tabIndexIn, under } from './message.ts'
import type { Outbox, Outgoing } from './outbox.ts'
import type { Repeats } from './repeats.ts'
import type { Row } from './rows.ts'
import { said } from './said.ts'

/** One line of the log. Those of an annotation have its id as `data-id`. */
export function entry(row: Row, context: LogContext): TemplateResult {
  switch (row.type) {
    case 'day':
      return html`<li class="divider"><span>${dayOf(row.time, context.store.now())}</span></li>`
    case 'unread':
      return html`<li class="divider unread"><span>${words().conversation.new(row.count)}</span></li>`
    case 'message':
      return line(namesOf(message(row.annotation, row.hasHead, context)), row.annotation, context)
    case 'deploy':
      return line(event('deploy', flag, row.annotation, context), row.annotation, context)
    case 'alert':
      return line(event('alert', triangle, row.annotation, context), row.annotation, context)
    default:
      return row satisfies never
  }
}

/** The line of one of mine that the log does not show yet. */
export function outgoingEntry(
  written: Outgoing,
  author: string,
  hasHead: boolean,
  context: LogContext,
  outbox: Outbox,
): TemplateResult {
  const { names, content } = namesOf(outgoing(written, author, hasHead, context, outbox))
  return html`<li class=${names}>${content}</li>`
}

interface Line {
  readonly names: string
  readonly content: TemplateResult
}

function namesOf({ face, body }: Drawn): Line {
  return { names: `message ${face === nothing ? '' : 'first'}`, content: html`${face}<div>${body}</div>` }
}

function event(type: 'deploy' | 'alert', sign: TemplateResult, written: Annotation, context: LogContext): Line {
  const annotation = context.edits.shown(written)
  const { id, author, text, time } = annotation
  const sentence = html`<p dir="auto"><span class="hidden">${conversationWords().events[type]}</span> <b class="author">${author}</b> ${said(text, tabIndexIn(id, context))} ${clock(time)}${repeated(context.repeats.get(id))}</p>`
  return { names: `event ${type}`, content: html`${sign}<div>${sentence}${under(annotation, context)}</div>` }
}

function line({ names, content }: Line, annotation: Annotation, context: LogContext): TemplateResult {
  const { id } = annotation
  const light = lightOf(annotation, context)
  const states = `${context.isNew(annotation) ? 'new' : ''} ${context.arrivedId === id ? 'arrived' : ''}`
  return html`<li
    class="${names} ${states}"
    data-id=${id}
    tabindex=${tabIndexIn(id, context)}
    @pointerenter=${light?.on}
    @pointerleave=${light?.off}
    @focusin=${light?.on}
    @focusout=${light?.off}
  >${content}</li>`
}

function repeated(repeats: Repeats | undefined): TemplateResult | typeof nothing {
  if (repeats === undefined) return nothing
  const { count, isAll, lastTime } = repeats
  return html` <span class="repeated">${words().logs.repeated(count, isAll, timeOfDay(lastTime))}</span>`
}

// The message that is pointed at lights its pin.
function lightOf({ id, pin }: Annotation, { attention }: LogContext) {
  return pin && { on: () => attention.light(id), off: () => attention.light(undefined) }
}

const flag = html`<svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
  <path d="M3.5 14.5v-12h9l-2 3.5 2 3.5h-9" />
</svg>`

const triangle = html`<svg class="sign filled" viewBox="0 0 16 16" aria-hidden="true">
  <path d="M8 1.5 15 14H1Z" />
  <path class="hole" d="M8 6v4M8 11.4v1.2" />
</svg>`
