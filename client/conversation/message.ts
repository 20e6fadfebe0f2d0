// Owns how a message is drawn: of somebody, and one of mine that is not there yet. Events and dividers are entry.ts's.

import type { Annotation, Refusal } from '@chartroom/shared'
import { html, nothing, type TemplateResult } from 'lit'
import { authorAvatar, avatar } from '../people/avatar.ts'
import { exactTimeOfDay, timeOfDay } from '../words/clock.ts'
import { conversationWords } from '../words/conversation.ts'
import { directWords } from '../words/direct.ts'
import { isMine } from './edits.ts'
import type { LogContext } from './log-context.ts'
import './message-tools.ts'
import type { Outbox, Outgoing } from './outbox.ts'
import './pin-chip.ts'
import type { WrittenPin } from './pin-words.ts'
import { quote } from './quote.ts'
import { type Reaction, reactionsOf } from './reactions.ts'
import { said } from './said.ts'

type Content = TemplateResult | typeof nothing

/** The avatar, or none in the middle of a block, and what stands beside it. */
export interface Drawn {
  readonly face: Content
  readonly body: TemplateResult
}

/** A message of the log, with my edits of it. */
export function message(written: Annotation, hasHead: boolean, context: LogContext): Drawn {
  const annotation = context.edits.shown(written)
  const body = html`${hasHead ? head(annotation, context) : nothing}${quoteIn(annotation, context)}
    ${text(annotation, context)}${under(annotation, context)}`
  return { face: hasHead ? authorAvatar(annotation) : nothing, body }
}

/** What stands under the text of a message or an event: its pin, reactions, an edit that failed, and its tools. */
export function under(annotation: Annotation, context: LogContext): Content {
  return html`${chip(annotation.pin, annotation.id, context)}${reactions(annotation, context)}
    ${failure(annotation.id, context)}${tools(annotation, context)}`
}

/** One of mine that the log does not show yet. */
export function outgoing(
  written: Outgoing,
  author: string,
  hasHead: boolean,
  context: LogContext,
  outbox: Pick<Outbox, 'again' | 'drop'>,
): Drawn {
  const { draft, state } = written
  const isSending = state.word === 'sending'
  const head = hasHead ? html`<p><b class="author" dir="auto">${author}</b> ${toWhom(draft, context)}</p>` : nothing
  const body = html`${head}${quoteIn(draft, context)}
    <p class="text ${isSending ? 'going' : ''}" dir="auto">${said(draft.text, 0)}${isSending ? going(context) : nothing}</p>
    ${chip(draft.pin, undefined, context)}${isSending ? waiting(context) : nothing}${notSent(written, outbox)}`
  return { face: hasHead ? avatar(author) : nothing, body }
}

function notSent({ key, state }: Outgoing, outbox: Pick<Outbox, 'again' | 'drop'>): Content {
  const conversation = conversationWords()
  if (state.word === 'sending' || state.word === 'taken') return nothing
  const why = state.word === 'lost' ? conversation.lost : refused(state.refusal)
  const again = () => void outbox.again(key)
  return refusal(`${conversation.notSent} ${why}`, again, conversation.delete, () => outbox.drop(key))
}

/** When something was written. */
export function clock(time: number): TemplateResult {
  return html`<time datetime=${new Date(time).toISOString()} title=${exactTimeOfDay(time)}>${timeOfDay(time)}</time>`
}

/** The tab index of what is in a message. */
export function tabIndexIn(id: number, { stopId }: LogContext): 0 | -1 {
  return id === stopId ? 0 : -1
}

// Of a direct message.
function toWhom({ recipients }: Pick<Annotation, 'recipients'>, { me }: LogContext): Content {
  const direct = directWords()
  if (recipients === undefined) return nothing
  return html`<span class="to">${direct.toWhom(recipients.map((name) => (name === me ? direct.you : name)))}</span>`
}

function head(annotation: Annotation, context: LogContext): TemplateResult {
  const { author, time, unheld } = annotation
  const state = unheld ? html`<span class="unheld">${conversationWords().notHeld}</span>` : nothing
  return html`<p><b class="author" dir="auto">${author}</b> ${toWhom(annotation, context)} ${state} ${clock(time)}</p>`
}

function text(annotation: Annotation, context: LogContext): TemplateResult {
  const { id, retracted, editedTime } = annotation
  const conversation = conversationWords()
  const isSending = context.edits.isSending(id)
  const names = isSending ? 'text going' : 'text'
  if (retracted)
    return html`<p class="${names} retracted">${conversation.retracted}${isSending ? going(context) : nothing}</p>`
  const edited = editedTime === undefined ? nothing : html`<span class="edited"> ${conversation.edited}</span>`
  return html`<p class=${names} dir="auto">${said(annotation.text, tabIndexIn(id, context))}${isSending ? going(context) : edited}</p>
    ${isSending ? waiting(context) : nothing}`
}

function going({ isUp }: LogContext): Content {
  return isUp ? html`<span class="sending"> ${conversationWords().sending}</span>` : nothing
}

function waiting({ isUp }: LogContext): Content {
  return isUp ? nothing : html`<p class="waiting">${conversationWords().notSentYet}</p>`
}

function quoteIn(
  written: Pick<Annotation, 'replyTo' | 'retracted'> & { readonly id?: number },
  context: LogContext,
): Content {
  const { replyTo, retracted, id } = written
  if (replyTo === undefined || retracted) return nothing
  return quote(replyTo, id === undefined ? 0 : tabIndexIn(id, context), context)
}

function chip(pin: WrittenPin | undefined, id: number | undefined, context: LogContext): Content {
  if (pin === undefined) return nothing
  const isReachable = id === undefined || id === context.stopId
  return html`<pin-chip .store=${context.charts} .attention=${context.attention} .pin=${pin} .annotationId=${id} .isReachable=${isReachable}></pin-chip>`
}

function reactions(annotation: Annotation, context: LogContext): Content {
  const given = reactionsOf(annotation, context.me)
  if (given.length === 0) return nothing
  return html`<p class="reactions">${given.map((one) => pill(annotation.id, one, context))}</p>`
}

function pill(id: number, { reaction, names, isMine }: Reaction, context: LogContext): TemplateResult {
  const conversation = conversationWords()
  return html`<button
    class="reaction ${isMine ? 'mine' : ''}"
    aria-pressed=${isMine}
    aria-label=${conversation.reaction(reaction, names)}
    title=${conversation.names(names)}
    tabindex=${tabIndexIn(id, context)}
    @click=${() => context.actions.react(id, reaction)}
  >${reaction} <span>${names.length}</span></button>`
}

function failure(id: number, { edits }: LogContext): Content {
  const conversation = conversationWords()
  const why = edits.refusalOf(id)
  if (why === undefined) return nothing
  const said = `${conversation.notSaved} ${refused(why)}`
  return refusal(
    said,
    () => void edits.again(id),
    conversation.discard,
    () => edits.discard(id),
  )
}

function refusal(said: string, again: () => void, leaving: string, leave: () => void): TemplateResult {
  return html`<p class="refused" role="alert">
    ${said}
    <button class="link" @click=${again}>${conversationWords().again}</button> ·
    <button class="link" @click=${leave}>${leaving}</button>
  </p>`
}

function refused({ code, message: given }: Refusal): string {
  return conversationWords().refusals[code] ?? given
}

function tools(annotation: Annotation, context: LogContext): Content {
  const { id, retracted } = annotation
  if (retracted) return nothing
  return html`<message-tools
    .annotationId=${id}
    .isMine=${isMine(annotation, context.me)}
    .isReachable=${id === context.stopId}
    .actions=${context.actions}
  ></message-tools>`
}
