// Owns the button that copies a text, on plain http too, and says whether it worked.

import { html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import controls from './style/controls.css?inline'
import { words } from './words/words.ts'

/** How long the button says what became of it, ms. */
const answerMs = 2_000

/** Copies `text` to the clipboard. */
export class CopyButton extends LitElement {
  static override styles = unsafeCSS(controls)
  static override properties = { text: { attribute: false }, answer: { state: true } }
  declare text: string
  declare answer: 'none' | 'copied' | 'failed'
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.answer = 'none'
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override render(): TemplateResult {
    return html`<button class="button" aria-live="polite" @click=${this.#copy}>${this.#label()}</button>`
  }

  #label(): string {
    const { empty } = words()
    switch (this.answer) {
      case 'none':
        return empty.copy
      case 'copied':
        return empty.copied
      case 'failed':
        return empty.notCopied
      default:
        return this.answer satisfies never
    }
  }

  readonly #copy = async () => {
    this.answer = (await copyText(this.text)) ? 'copied' : 'failed'
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.answer = 'none'
    }, answerMs)
  }
}

async function copyText(text: string): Promise<boolean> {
  // A page over plain http is no secure context: it has no clipboard, whatever its type says.
  const clipboard: Clipboard | undefined = navigator.clipboard
  if (clipboard === undefined) return copySelected(text)
  try {
    await clipboard.writeText(text)
    return true
  } catch {
    // Refused by the browser or its user: the old way may still be open.
    return copySelected(text)
  }
}

function copySelected(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  const before = document.activeElement
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return isCopied
}

customElements.define('copy-button', CopyButton)
