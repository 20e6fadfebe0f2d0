// Owns how the keys of the page are shown: a dialog that has the focus until it is closed. Which there are is keys.ts's.

import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import controls from '../style/controls.css?inline'
import styles from '../style/keys-dialog.css?inline'
import panel from '../style/panel.css?inline'
import { type KeyWords, keyWords } from '../words/keys.ts'
import { words } from '../words/words.ts'
import { type Key, keys } from './keys.ts'

/** All keys of the page. */
export class KeysDialog extends LitElement {
  static override styles = [controls, panel, styles].map(unsafeCSS)

  /** Shows it; Escape closes it, and the focus goes back to where it was. */
  open(): void {
    this.#dialog?.showModal()
  }

  override render(): TemplateResult {
    const all = keyWords()
    return html`<dialog aria-labelledby="heading" @click=${this.#handleClick}>
      <div class="head">
        <h2 id="heading">${words().keys.heading}</h2>
        <button class="button" @click=${this.#close}>${all.close}</button>
      </div>
      <div class="places">${keys.map(({ place, keys }) => section(all, place, keys))}</div>
    </dialog>`
  }

  get #dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog')
  }

  readonly #close = () => this.#dialog?.close()

  // Beside it: what is in it has elements of its own.
  readonly #handleClick = ({ target }: Event) => {
    if (target === this.#dialog) this.#close()
  }
}

function section(all: KeyWords, place: keyof KeyWords['places'], keys: readonly Key[]): TemplateResult {
  return html`<section aria-labelledby=${place}>
    <h3 id=${place}>${all.places[place]}</h3>
    <dl>${keys.map((key) => row(all, key))}</dl>
  </section>`
}

function row({ what }: KeyWords, key: Key): TemplateResult {
  return html`<div>
    <dt>
      ${key.held === undefined ? nothing : html`<kbd>${key.held}</kbd> + `}${key.keys.map((name) => html`<kbd>${name}</kbd> `)}
    </dt>
    <dd>${what[key.what]}</dd>
  </div>`
}

customElements.define('keys-dialog', KeysDialog)
