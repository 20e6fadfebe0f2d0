// Owns the pin in the composer: what it points at, its number as the server would take it now, and the cross.

import type { PinDraft } from '@chartroom/shared'
import { html, LitElement, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import type { GroupStore } from '../store.ts'
import styles from '../style/composed-pin.css?inline'
import controls from '../style/controls.css?inline'
import { conversationWords } from '../words/conversation.ts'
import { words } from '../words/words.ts'
import { evidenceLine, pinTitle } from './pin-words.ts'
import { leastTextMs, Throttle } from './throttle.ts'

/** A pin that is being composed. Dispatches `unpin` when it is to go. */
export class ComposedPin extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = { store: { attribute: false }, pin: { attribute: false } }
  declare store: GroupStore
  declare pin: PinDraft

  readonly #throttle = new Throttle(() => this.requestUpdate(), leastTextMs)
  #undo: (() => void) | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#letGo()
  }

  override render(): TemplateResult {
    const { store, pin } = this
    const { unpin } = conversationWords()
    return html`${drop}
      <span class="what">
        <b dir="auto">${pinTitle(pin, store)}</b>
        <span class="evidence">${evidenceLine(pin, store.state, words())}</span>
      </span>
      <button type="button" title=${unpin} aria-label=${unpin} @click=${this.#handleCross}>${cross}</button>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('store') && !changed.has('pin')) return
    this.#letGo()
    this.#undo = this.store.onMetric(this.pin.metric, () => this.#throttle.call())
  }

  #letGo(): void {
    this.#undo?.()
    this.#throttle.close()
  }

  readonly #handleCross = () => {
    this.dispatchEvent(new Event('unpin'))
  }
}

const drop = html`<svg class="drop" viewBox="0 0 12 16" aria-hidden="true">
  <path d="M6 15.5C2.6 11.6.5 9 .5 6a5.5 5.5 0 0 1 11 0c0 3-2.1 5.6-5.5 9.5Z" />
</svg>`

const cross = html`<svg viewBox="0 0 16 16" aria-hidden="true"><path d="m4 4 8 8M12 4l-8 8" /></svg>`

customElements.define('composed-pin', ComposedPin)
