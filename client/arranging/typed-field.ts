// Owns one field that is typed into: told a moment after the last letter, and what others make of it meanwhile does not
// take it out of the writer's hand.

import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import controls from '../style/controls.css?inline'
import styles from '../style/typed-field.css?inline'

/** Told this long after the last letter, ms. */
const restMs = 400

/** Tells what stands in a field. */
export class TypedEvent extends Event {
  readonly text: string

  constructor(text: string) {
    super('typed')
    this.text = text
  }
}

/** A field with its name and what is wrong with it. Dispatches `typed`, and `settled` when the writer goes elsewhere. */
export class TypedField extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    label: { attribute: false },
    value: { attribute: false },
    placeholder: { attribute: false },
    fault: { attribute: false },
    number: { type: Boolean },
  }
  declare label: string
  /** What is there now. */
  declare value: string
  declare placeholder: string
  /** What is wrong with what stands in it; '' for nothing. */
  declare fault: string
  declare number: boolean

  #timer: ReturnType<typeof setTimeout> | undefined
  /** What was typed and not taken yet. */
  #typed: string | undefined

  constructor() {
    super()
    this.label = ''
    this.value = ''
    this.placeholder = ''
    this.fault = ''
    this.number = false
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#flush()
  }

  // What was typed is there now: from here on it follows what is there.
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('value') && this.#timer === undefined && this.fault === '') this.#typed = undefined
  }

  override render(): TemplateResult {
    const isFaulty = this.fault !== ''
    return html`<label for="field">${this.label}</label>
      <input
        id="field"
        autocomplete="off"
        inputmode=${this.number ? 'decimal' : 'text'}
        placeholder=${this.placeholder}
        aria-invalid=${isFaulty}
        aria-describedby=${isFaulty ? 'fault' : nothing}
        .value=${this.#typed ?? this.value}
        @input=${this.#handleInput}
        @blur=${this.#handleBlur}
        @keydown=${this.#handleKey}
      />
      <span id="fault" role="status">${this.fault}</span>`
  }

  readonly #handleInput = (event: Event) => {
    if (!(event.currentTarget instanceof HTMLInputElement)) return
    this.#typed = event.currentTarget.value
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#flush(), restMs)
  }

  readonly #handleBlur = () => {
    this.#flush()
    this.dispatchEvent(new Event('settled'))
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.isComposing && event.keyCode !== 229) this.#flush()
  }

  #flush(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#typed !== undefined) this.dispatchEvent(new TypedEvent(this.#typed))
  }
}

customElements.define('typed-field', TypedField)
