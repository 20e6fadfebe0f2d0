// Owns the row that says for whom a message is, and lets one choose; it does not know who holds which name.

import { limits } from '@chartroom/shared'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import controls from '../style/controls.css?inline'
import styles from '../style/recipients.css?inline'
import { directWords } from '../words/direct.ts'
import { sign } from './sign.ts'

/** For whom a message is. Dispatches `address` (detail: the names) when that is to change. */
export class MessageRecipients extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = { names: { attribute: false }, choices: { attribute: false } }
  declare names: readonly string[]
  /** Who else may be chosen. */
  declare choices: readonly string[]

  /** Goes to the choice. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('select, button')?.focus()
  }

  override render(): TemplateResult {
    const direct = directWords()
    return html`<p role="group" aria-label=${direct.recipients}>
      <span class="to">${direct.to}</span>${this.names.map((name) => this.#chip(name))}${this.#choice()}
    </p>`
  }

  #chip(name: string): TemplateResult {
    const { remove } = directWords()
    const label = remove(name)
    return html`<button type="button" class="chip" title=${label} aria-label=${label} @click=${() => this.#remove(name)}>
      <bdi>${name}</bdi>${sign('cross')}
    </button>`
  }

  #choice(): TemplateResult | typeof nothing {
    const direct = directWords()
    const left = this.choices.filter((name) => !this.names.includes(name))
    if (this.names.length >= limits.maxRecipients) return nothing
    if (left.length === 0) return this.names.length > 0 ? nothing : html`<span class="nobody">${direct.nobody}</span>`
    return html`<select aria-label=${direct.add} @change=${this.#handleChoice}>
      <option value="" selected>${this.names.length === 0 ? direct.choose : direct.add}</option>
      ${left.map((name) => html`<option value=${name}>${name}</option>`)}
    </select>`
  }

  #remove(name: string): void {
    this.#tell(this.names.filter((other) => other !== name))
    void this.updateComplete.then(() => this.focus())
  }

  readonly #handleChoice = (event: Event) => {
    const choice = event.currentTarget
    if (!(choice instanceof HTMLSelectElement) || choice.value === '') return
    const { value } = choice
    choice.value = ''
    this.#tell([...this.names, value])
  }

  #tell(names: readonly string[]): void {
    this.dispatchEvent(new CustomEvent('address', { detail: names }))
  }
}

customElements.define('message-recipients', MessageRecipients)
