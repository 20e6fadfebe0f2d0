// Owns asking for my name, once: the field, and what is wrong with what stands in it. What is done then is composing.ts's.

import { limits } from '@chartroom/shared'
import { html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import type { NameFault, Self } from '../self.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/name-field.css?inline'
import { conversationWords } from '../words/conversation.ts'

/** The question for my name. Dispatches `named` when I have one, and `dismiss` when I would rather not. */
export class NameField extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = { self: { attribute: false }, fault: { state: true } }
  declare self: Self
  declare fault: NameFault | undefined

  override firstUpdated(): void {
    this.#input?.focus()
  }

  /** Takes what was written. */
  submit(): void {
    this.fault = this.self.take(this.#input?.value ?? '')
    if (this.fault === undefined) this.dispatchEvent(new Event('named'))
    else this.#input?.focus()
  }

  override render(): TemplateResult {
    const conversation = conversationWords()
    const isFaulty = this.fault !== undefined
    return html`<p class="name">
      <label for="name">${conversation.name}</label>
      <input id="name" autocomplete="nickname" enterkeyhint="send" aria-describedby="why" aria-invalid=${isFaulty} @keydown=${this.#handleKey} />
      <span id="why" class=${isFaulty ? 'fault' : ''} role="status">${this.#hint()}</span>
    </p>`
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input')
  }

  #hint(): string {
    const conversation = conversationWords()
    switch (this.fault) {
      case undefined:
        return conversation.nameWhy
      case 'missing':
        return conversation.nameMissing
      case 'unfit':
        return conversation.nameTooLong(limits.maxNameLength)
      default:
        return this.fault satisfies never
    }
  }

  // While an input method composes, both keys are its own.
  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.isComposing || event.keyCode === 229 || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter') this.submit()
    else this.dispatchEvent(new Event('dismiss'))
  }
}

customElements.define('name-field', NameField)
