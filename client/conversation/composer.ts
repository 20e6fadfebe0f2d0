// Owns the field in which a message is written, or one of mine anew: Enter, length, its pin. Sending is the outbox's and edits.ts's.

import {
  type Annotation,
  type AnnotationDraft,
  codePoints,
  findAnnotation,
  limits,
  type PinDraft,
} from '@chartroom/shared'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { activeElement } from '../active-element.ts'
import type { Attention } from '../attention.ts'
import type { Kept } from '../kept.ts'
import { isPageKey } from '../page-key.ts'
import type { Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import styles from '../style/composer.css?inline'
import controls from '../style/controls.css?inline'
import { conversationWords } from '../words/conversation.ts'
import { directWords } from '../words/direct.ts'
import { addressedIn } from './addressed.ts'
import './composed-pin.ts'
import { composedTarget } from './composed-target.ts'
import type { Composing, Target } from './composing.ts'
import { othersOf } from './direct.ts'
import type { Edits } from './edits.ts'
import { NameField } from './name-field.ts'
import type { Outbox } from './outbox.ts'
import './recipients.ts'
import { Typing } from './typing.ts'

/** From so many characters left on, the composer counts. */
const countFrom = 200

const touch = matchMedia('(pointer: coarse)')

/** Writes into one group, or to somebody: then it dispatches `tell` (detail: the draft). */
export class MessageComposer extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    store: { attribute: false },
    charts: { attribute: false },
    choices: { attribute: false },
    outbox: { attribute: false },
    edits: { attribute: false },
    composing: { attribute: false },
    self: { attribute: false },
    attention: { attribute: false },
    tab: { attribute: false },
  }
  declare store: GroupStore
  /** The group whose charts a message may point at: the store itself, or that of an inbox. */
  declare charts: GroupStore
  /** Whom one may write to. */
  declare choices: readonly string[]
  declare outbox: Outbox
  declare edits: Edits
  declare composing: Composing
  declare self: Self
  declare attention: Attention
  /** Keeps what is being written over a reload of this tab. */
  declare tab: Kept

  readonly #typing = new Typing((typing) => this.store.replica.point({ typing }))
  #undos: (() => void)[] = []
  #text = ''
  #pin: PinDraft | undefined
  /** Where the focus was when the pin came. */
  #origin: HTMLElement | undefined
  #target: Target = { word: 'message' }
  /** What was being written when an edit came between. */
  #aside = ''

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('keydown', this.#handlePageKey)
    this.#undos = [
      this.attention.onChange(() => this.#handleAttention()),
      this.composing.onChange(() => this.#handleComposing()),
      // The granted name comes with them.
      this.store.onPeople(() => this.requestUpdate()),
      this.charts.onCharts(() => this.requestUpdate()),
      () => this.#typing.stop(),
      () => document.removeEventListener('keydown', this.#handlePageKey),
    ]
  }

  override firstUpdated(): void {
    const field = this.#field
    const begun = this.tab.read(this.#key)
    if (field !== null && begun !== undefined) {
      field.value = begun
      this.#take(begun)
    }
    // The charts come first: something may be pinned already.
    this.#handleAttention()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
  }

  override render(): TemplateResult {
    const label = this.#label
    return html`<form class=${this.#shownPin === undefined ? '' : 'pinned'} @submit=${this.#handleSubmit} @keydown=${this.#handleEscape}>
      ${composedTarget(this.#target, this.store.state, this.#cancel)}${this.#recipients()}${this.#pinRow()}
      <textarea rows="1" aria-label=${label} placeholder=${this.#placeholder(label)} enterkeyhint="send" autocomplete="off" aria-invalid=${this.#left < 0} @input=${this.#handleInput} @keydown=${this.#handleKey} @blur=${this.#handleBlur}></textarea>
      ${this.composing.isNameAsked ? this.#nameField() : nothing}
      ${this.#text.trim() === '' ? nothing : this.#foot()}
    </form>
    ${this.#otherName()}`
  }

  get #label(): string {
    const { recipients } = this.composing
    return recipients === undefined ? conversationWords().write(this.store.group) : directWords().write(recipients)
  }

  // Whom an edit is for is said already.
  #recipients(): TemplateResult | typeof nothing {
    const { recipients } = this.composing
    if (recipients === undefined || this.#target.word === 'edit') return nothing
    return html`<message-recipients .names=${recipients} .choices=${this.choices} @address=${this.#handleAddress}></message-recipients>`
  }

  // An edit changes the text only; the pin waits for the message after it.
  get #shownPin(): PinDraft | undefined {
    return this.#target.word === 'edit' ? undefined : this.#pin
  }

  get #left(): number {
    return limits.maxTextLength - codePoints(this.#text.trim())
  }

  #placeholder(label: string): string {
    const isPlain = this.#target.word === 'message' && this.composing.recipients === undefined
    const canPin = this.#pin === undefined && isPlain && this.store.charts().length > 0
    return canPin ? conversationWords().writeOrPin(this.store.group, touch.matches) : label
  }

  #pinRow(): TemplateResult | typeof nothing {
    const pin = this.#shownPin
    return pin === undefined
      ? nothing
      : html`<composed-pin .store=${this.charts} .pin=${pin} @unpin=${this.#handleUnpin}></composed-pin>`
  }

  #foot(): TemplateResult {
    const conversation = conversationWords()
    const left = this.#left
    return html`<p class="foot">
      <span class="key"><kbd>Shift ↵</kbd> ${conversation.newLine}</span>
      <span class="left ${left < 0 ? 'over' : ''}" role="status">${left > countFrom ? nothing : conversation.left(left)}</span>
      <button class="button primary" type="submit" ?disabled=${left < 0}>${this.#target.word === 'edit' ? conversation.save : conversation.send} ↵</button>
    </p>`
  }

  // Somebody else holds the name that was asked for.
  #otherName(): TemplateResult {
    const { name } = this.store.replica
    const asked = this.self.name
    const isOther = name !== undefined && asked !== undefined && name !== asked
    return html`<p class="other" role="status">${isOther ? conversationWords().otherName(asked, name) : nothing}</p>`
  }

  #nameField(): TemplateResult {
    return html`<name-field .self=${this.self} @named=${this.#handleName} @dismiss=${this.#handleName}></name-field>`
  }

  #handleAttention(): void {
    const { pin } = this.attention
    if (pin === this.#pin) return
    const isFirst = this.#pin === undefined
    this.#pin = pin
    this.requestUpdate()
    if (pin === undefined) return
    if (this.#target.word === 'edit') this.composing.stop()
    if (isFirst) this.#origin = activeElement()
    // At once: only while a finger's tap is handled does a phone show its keyboard.
    this.#field?.focus({ preventScroll: true })
  }

  // What was being written waits until the edit is done.
  #handleComposing(): void {
    const was = this.#target
    this.#target = this.composing.target
    this.requestUpdate()
    if (this.#target === was) return
    if (was.word === 'edit') this.#put(this.#aside)
    if (this.#target.word === 'edit') this.#begin(this.#target.id)
    if (this.#target.word === 'reply') this.#answer(this.#target.id)
    if (this.#target.word !== 'message') this.#field?.focus({ preventScroll: true })
  }

  // A reply to what was said in private stays among those who have it.
  #answer(id: number): void {
    const message = findAnnotation(this.store.state, id)
    if (message?.recipients === undefined) return
    this.composing.address(othersOf(message, this.store.replica.name))
  }

  readonly #handleAddress = ({ detail }: CustomEvent<readonly string[]>) => {
    this.composing.address(detail)
    if (detail.length > 0) this.#field?.focus({ preventScroll: true })
  }

  #begin(id: number): void {
    this.#aside = this.#text
    this.#typing.stop()
    this.#put(this.#shown(id)?.text ?? '')
  }

  // A message as it is with my edits.
  #shown(id: number): Annotation | undefined {
    const annotation = findAnnotation(this.store.state, id)
    return annotation && this.edits.shown(annotation)
  }

  #put(text: string): void {
    if (this.#field) this.#field.value = text
    this.#take(text)
  }

  readonly #cancel = () => {
    this.composing.stop()
    this.#field?.focus()
  }

  readonly #handleUnpin = () => {
    this.attention.compose(undefined)
    this.#field?.focus()
  }

  readonly #handleEscape = (event: KeyboardEvent) => {
    const isPlain = this.#target.word === 'message'
    if (event.key !== 'Escape' || event.isComposing || (isPlain && this.#pin === undefined)) return
    event.stopPropagation()
    if (!isPlain) {
      this.#cancel()
      return
    }
    this.attention.compose(undefined)
    this.#origin?.focus()
    this.#origin = undefined
  }

  readonly #handleInput = () => {
    this.#take(this.#field?.value ?? '')
    if (this.#target.word === 'edit') return
    this.#typing.change(this.#text)
    this.tab.write(this.#key, this.#text)
  }

  get #key(): string {
    return `chartroom.writing.${this.store.group}`
  }

  #take(text: string): void {
    this.#text = text
    this.#fit()
    this.requestUpdate()
  }

  readonly #handleBlur = () => this.#typing.stop()

  // While an input method composes, Enter chooses a word; 229 is what Safari says of the Enter that ends it.
  readonly #handlePageKey = (event: KeyboardEvent) => {
    if (!isPageKey(event, 'm') && !isPageKey(event, 'M')) return
    event.preventDefault()
    this.#field?.focus()
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.shiftKey || event.isComposing || event.keyCode === 229) return
    if (event.key === 'Enter') this.#submit()
    else if (event.key !== 'ArrowUp' || !this.#editLast()) return
    event.preventDefault()
  }

  // In an empty field: the last message of mine, when there is one.
  #editLast(): boolean {
    if (this.#text !== '' || this.#target.word !== 'message' || this.#pin !== undefined) return false
    const last = this.edits.lastMine()
    if (last !== undefined) this.composing.edit(last.id)
    return last !== undefined
  }

  // Who would rather not say a name goes back to the text too.
  readonly #handleName = ({ type }: Event) => {
    if (type === 'named') this.composing.named()
    else this.composing.forgetName()
    this.#field?.focus()
  }

  readonly #handleSubmit = (event: Event) => {
    event.preventDefault()
    this.#submit()
  }

  #submit(): void {
    const text = this.#text.trim()
    if (text === '' || this.#left < 0) return
    if (this.#target.word === 'edit') this.#save(this.#target.id, text)
    else if (this.self.name === undefined) this.#askName()
    else this.#send(text)
  }

  #askName(): void {
    const asked = this.renderRoot.querySelector('name-field')
    this.composing.askName(() => this.#submit())
    if (asked instanceof NameField) asked.submit()
  }

  #save(id: number, text: string): void {
    if (this.#shown(id)?.text !== text) void this.edits.make({ type: 'revise', id, text })
    this.#cancel()
  }

  #send(text: string): void {
    const pin = this.#pin === undefined ? {} : { pin: this.#pin }
    const reply = this.#target.word === 'reply' ? { replyTo: this.#target.id } : {}
    const addressed = addressedIn(text, this.choices)
    if (addressed !== undefined)
      this.#tell({ ...pin, text: addressed.text, recipients: addressed.to === undefined ? [] : [addressed.to] })
    else if (this.composing.recipients === undefined) void this.outbox.write({ text, ...pin, ...reply })
    else if (this.composing.recipients.length === 0) {
      this.renderRoot.querySelector<HTMLElement>('message-recipients')?.focus()
      return
    } else this.#tell({ ...pin, ...reply, text, recipients: [...this.composing.recipients] })
    this.attention.compose(undefined)
    this.composing.stop()
    this.#clear()
  }

  #tell(draft: AnnotationDraft): void {
    this.dispatchEvent(new CustomEvent('tell', { detail: draft }))
  }

  #clear(): void {
    this.#text = ''
    this.tab.remove(this.#key)
    this.#typing.stop()
    const field = this.#field
    if (field) {
      field.value = ''
      this.#fit()
      field.focus()
    }
    this.requestUpdate()
  }

  // Where the browser does not size a field by its content itself.
  #fit(): void {
    const field = this.#field
    if (!field || CSS.supports('field-sizing', 'content')) return
    field.style.height = 'auto'
    field.style.height = `${field.scrollHeight}px`
  }

  get #field(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector('textarea')
  }
}

customElements.define('message-composer', MessageComposer)
