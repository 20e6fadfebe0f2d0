// Owns the field in which a message is written: Enter, length, and asking for the name once; sending is the outbox's.

import { codePoints, limits } from '@chartroom/shared'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import type { NameFault, Self } from '../self.ts'
import type { GroupStore } from '../store.ts'
import styles from '../style/composer.css?inline'
import controls from '../style/controls.css?inline'
import { words } from '../words/words.ts'
import type { Outbox } from './outbox.ts'

/** From so many characters left on, the composer counts. */
const countFrom = 200

/** Writes into one group. */
export class MessageComposer extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    store: { attribute: false },
    outbox: { attribute: false },
    self: { attribute: false },
  }
  declare store: GroupStore
  declare outbox: Outbox
  declare self: Self

  #text = ''
  #asking: 'nothing' | 'name' = 'nothing'
  #nameFault: NameFault | undefined

  override render(): TemplateResult {
    const label = words().conversation.write(this.store.group)
    return html`<form @submit=${this.#handleSubmit}>
      <textarea rows="1" aria-label=${label} placeholder=${label} enterkeyhint="send" autocomplete="off" aria-invalid=${this.#left < 0} @input=${this.#handleInput} @keydown=${this.#handleKey}></textarea>
      ${this.#asking === 'name' ? this.#nameField() : nothing}
      ${this.#text.trim() === '' ? nothing : this.#foot()}
    </form>`
  }

  get #left(): number {
    return limits.maxTextLength - codePoints(this.#text.trim())
  }

  #foot(): TemplateResult {
    const { conversation } = words()
    const left = this.#left
    return html`<p class="foot">
      <span class="key"><kbd>Shift ↵</kbd> ${conversation.newLine}</span>
      ${this.#grantedName()}
      <span class="left ${left < 0 ? 'over' : ''}" role="status">${left > countFrom ? nothing : conversation.left(left)}</span>
      <button class="button primary" type="submit" ?disabled=${left < 0}>${conversation.send} ↵</button>
    </p>`
  }

  // Somebody else holds the name that was asked for: said before the message goes out under another.
  #grantedName(): TemplateResult | typeof nothing {
    const { name } = this.store.replica
    return name === undefined || name === this.self.name ? nothing : html`<b>${words().conversation.as(name)}</b>`
  }

  #nameField(): TemplateResult {
    const { conversation } = words()
    return html`<p class="name">
      <label for="name">${conversation.name}</label>
      <input id="name" autocomplete="nickname" enterkeyhint="send" aria-describedby="why" aria-invalid=${this.#nameFault !== undefined} @keydown=${this.#handleKey} />
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

  readonly #handleInput = () => {
    this.#text = this.#field?.value ?? ''
    this.#fit()
    this.requestUpdate()
  }

  // While an input method composes, Enter chooses a word; 229 is what Safari says of the Enter that ends it.
  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
    event.preventDefault()
    this.#submit()
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
    void this.outbox.write(text)
    this.#clear()
  }

  #clear(): void {
    this.#text = ''
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

customElements.define('message-composer', MessageComposer)
