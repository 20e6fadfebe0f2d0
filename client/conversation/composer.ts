// Owns the field in which a message is written: Enter, length, its pin, and asking for the name once; sending is the outbox's.

import { codePoints, limits, type PinDraft } from '@chartroom/shared'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import type { Attention } from '../attention.ts'
import type { Kept } from '../kept.ts'
import type { NameFault, Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import styles from '../style/composer.css?inline'
import controls from '../style/controls.css?inline'
import { words } from '../words/words.ts'
import './composed-pin.ts'
import type { Outbox } from './outbox.ts'
import { Typing } from './typing.ts'

/** From so many characters left on, the composer counts. */
const countFrom = 200

const touch = matchMedia('(pointer: coarse)')

/** Writes into one group. */
export class MessageComposer extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    store: { attribute: false },
    outbox: { attribute: false },
    self: { attribute: false },
    attention: { attribute: false },
    tab: { attribute: false },
  }
  declare store: GroupStore
  declare outbox: Outbox
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
  #asking: 'nothing' | 'name' = 'nothing'
  #nameFault: NameFault | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undos = [
      this.attention.onChange(() => this.#handleAttention()),
      // The granted name comes with them.
      this.store.onPeople(() => this.requestUpdate()),
      this.store.onCharts(() => this.requestUpdate()),
      () => this.#typing.stop(),
    ]
  }

  override firstUpdated(): void {
    const field = this.#field
    const begun = this.tab.read(this.#key)
    if (field === null || begun === undefined) return
    field.value = begun
    this.#take(begun)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
  }

  override render(): TemplateResult {
    const label = words().conversation.write(this.store.group)
    return html`<form class=${this.#pin === undefined ? '' : 'pinned'} @submit=${this.#handleSubmit} @keydown=${this.#handleEscape}>
      ${this.#pinRow()}
      <textarea rows="1" aria-label=${label} placeholder=${this.#placeholder(label)} enterkeyhint="send" autocomplete="off" aria-invalid=${this.#left < 0} @input=${this.#handleInput} @keydown=${this.#handleKey} @blur=${this.#handleBlur}></textarea>
      ${this.#asking === 'name' ? this.#nameField() : nothing}
      ${this.#text.trim() === '' ? nothing : this.#foot()}
    </form>
    ${this.#otherName()}`
  }

  get #left(): number {
    return limits.maxTextLength - codePoints(this.#text.trim())
  }

  #placeholder(label: string): string {
    const canPin = this.#pin === undefined && this.store.charts().length > 0
    return canPin ? words().conversation.writeOrPin(this.store.group, touch.matches) : label
  }

  #pinRow(): TemplateResult | typeof nothing {
    return this.#pin === undefined
      ? nothing
      : html`<composed-pin .store=${this.store} .pin=${this.#pin} @unpin=${this.#handleUnpin}></composed-pin>`
  }

  #foot(): TemplateResult {
    const { conversation } = words()
    const left = this.#left
    return html`<p class="foot">
      <span class="key"><kbd>Shift ↵</kbd> ${conversation.newLine}</span>
      <span class="left ${left < 0 ? 'over' : ''}" role="status">${left > countFrom ? nothing : conversation.left(left)}</span>
      <button class="button primary" type="submit" ?disabled=${left < 0}>${conversation.send} ↵</button>
    </p>`
  }

  // Somebody else holds the name that was asked for.
  #otherName(): TemplateResult {
    const { name } = this.store.replica
    const asked = this.self.name
    const isOther = name !== undefined && asked !== undefined && name !== asked
    return html`<p class="other" role="status">${isOther ? words().conversation.otherName(asked, name) : nothing}</p>`
  }

  #nameField(): TemplateResult {
    const { conversation } = words()
    return html`<p class="name">
      <label for="name">${conversation.name}</label>
      <input id="name" autocomplete="nickname" enterkeyhint="send" aria-describedby="why" aria-invalid=${this.#nameFault !== undefined} @keydown=${this.#handleNameKey} />
      <span id="why" class=${this.#nameFault === undefined ? '' : 'fault'} role="status">${this.#nameHint()}</span>
    </p>`
  }

  #nameHint(): string {
    const { conversation } = words()
    switch (this.#nameFault) {
      case undefined:
        return conversation.nameWhy
      case 'missing':
        return conversation.nameMissing
      case 'unfit':
        return conversation.nameTooLong(limits.maxNameLength)
      default:
        return this.#nameFault satisfies never
    }
  }

  #handleAttention(): void {
    const { pin } = this.attention
    if (pin === this.#pin) return
    const isFirst = this.#pin === undefined
    this.#pin = pin
    this.requestUpdate()
    if (pin === undefined) return
    if (isFirst) this.#origin = activeElement()
    // At once: only while a finger's tap is handled does a phone show its keyboard.
    this.#field?.focus({ preventScroll: true })
  }

  readonly #handleUnpin = () => {
    this.attention.compose(undefined)
    this.#field?.focus()
  }

  readonly #handleEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing || this.#pin === undefined) return
    event.stopPropagation()
    this.attention.compose(undefined)
    this.#origin?.focus()
    this.#origin = undefined
  }

  readonly #handleInput = () => {
    this.#take(this.#field?.value ?? '')
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
  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    this.#submit()
  }

  // Who would rather not say a name goes back to the text.
  readonly #handleNameKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') {
      this.#handleKey(event)
      return
    }
    event.preventDefault()
    this.#asking = 'nothing'
    this.requestUpdate()
    this.#field?.focus()
  }

  readonly #handleSubmit = (event: Event) => {
    event.preventDefault()
    this.#submit()
  }

  #submit(): void {
    const text = this.#text.trim()
    if (text === '' || this.#left < 0) return
    if (this.#asking === 'name') this.#nameFault = this.self.take(this.#nameInput?.value ?? '')
    if (this.self.name === undefined) {
      this.#asking = 'name'
      this.requestUpdate()
      void this.updateComplete.then(() => this.#nameInput?.focus())
      return
    }
    this.#asking = 'nothing'
    void this.outbox.write(this.#pin === undefined ? { text } : { text, pin: this.#pin })
    this.attention.compose(undefined)
    this.#clear()
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

  get #nameInput(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }
}

// What has the focus, in whatever shadow it stands; none where it is the page itself.
function activeElement(): HTMLElement | undefined {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active instanceof HTMLElement && active !== document.body ? active : undefined
}

customElements.define('message-composer', MessageComposer)
