// Owns the bar over charts that are arranged: what can be done with all of them, and what the arranger has to be told.

import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { activeElement } from '../active-element.ts'
import '../conversation/name-field.ts'
import type { Self } from '../self.ts'
import styles from '../style/arrange-bar.css?inline'
import notices from '../style/arrange-notices.css?inline'
import controls from '../style/controls.css?inline'
import { arrangingWords } from '../words/arranging.ts'
import { conversationWords } from '../words/conversation.ts'
import './arrange-notices.ts'
import type { Hand } from './hand.ts'
import type { Mode } from './mode.ts'

/** The bar of a mode. */
export class ArrangeBar extends LitElement {
  static override styles = [controls, notices, styles].map(unsafeCSS)
  static override properties = {
    mode: { attribute: false },
    self: { attribute: false },
    connection: { attribute: false },
    isAsking: { state: true },
  }
  declare mode: Mode
  declare self: Self
  declare connection: Connection
  /** Whether the arranger is asked if all shall be as it came. */
  declare isAsking: boolean

  #undos: (() => void)[] = []
  /** What had the focus when the name was asked for. */
  #origin: HTMLElement | undefined
  #hadFocus = false

  constructor() {
    super()
    this.isAsking = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undos = [this.mode.onChange(() => this.requestUpdate()), this.connection.onState(() => this.requestUpdate())]
    addEventListener('beforeunload', this.#handleLeaving)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
    removeEventListener('beforeunload', this.#handleLeaving)
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.matches(':focus-within')
    if (this.mode.state === 'naming') this.#origin ??= activeElement()
  }

  // What had the focus may have gone: the field, an answer, an undo when there is no more.
  protected override updated(): void {
    const active = activeElement()
    const isLost = this.#hadFocus && (active === undefined || active.matches(':disabled'))
    if (isLost) (this.#origin ?? this.renderRoot.querySelector<HTMLElement>('.tools button:enabled'))?.focus()
    if (this.mode.state !== 'naming') this.#origin = undefined
  }

  override render(): TemplateResult {
    const { hand, tools, state } = this.mode
    return html`<section aria-label=${arrangingWords().heading}>
      ${hand === undefined ? nothing : this.#tools(hand)}
      ${state === 'naming' ? this.#naming() : nothing}
      ${hand === undefined && tools !== undefined ? this.#notices(tools) : nothing}
      <p class="hidden" role="status">${tools?.said}</p>
    </section>`
  }

  #tools(hand: Hand): TemplateResult {
    const arranging = arrangingWords()
    const { canUndo, canRedo } = hand.arranging
    return html`<div class="tools">
      <div class="what"><b>${arranging.heading}</b><span class="hint">${arranging.atOnce}</span>${this.#notices(hand)}</div>
      <button class="button" ?disabled=${!canUndo} title="${arranging.undo} (Ctrl+Z)" @click=${() => hand.undo()}>${arranging.undo}</button>
      <button class="button" ?disabled=${!canRedo} title="${arranging.redo} (Ctrl+Y)" @click=${() => hand.redo()}>${arranging.redo}</button>
      <button class="button" ?disabled=${hand.store.board === null} @click=${this.#ask}>${arranging.asItCame}</button>
      <button class="button" ?disabled=${!hand.hasRoom} @click=${() => hand.show({ word: 'new' })}>${arranging.add}</button>
    </div>
    ${this.isAsking ? this.#question(hand) : nothing}`
  }

  #question(hand: Hand): TemplateResult {
    const arranging = arrangingWords()
    const conversation = conversationWords()
    const answer = (isYes: boolean) => {
      this.isAsking = false
      if (isYes) hand.asItCame()
    }
    return html`<p class="notice" role="alert">
      ${arranging.asItCameAsk}
      <button class="link" @click=${() => answer(true)}>${arranging.asItCameYes}</button> ·
      <button class="link" @click=${() => answer(false)}>${conversation.no}</button>
    </p>`
  }

  #naming(): TemplateResult {
    const handle = ({ type }: Event) => (type === 'named' ? this.mode.named() : this.mode.turnOff())
    return html`<name-field .self=${this.self} @named=${handle} @dismiss=${handle}></name-field>`
  }

  #notices(hand: Hand): TemplateResult {
    const place = hand.open === undefined ? '' : 'behind'
    return html`<arrange-notices class=${place} .hand=${hand} .connection=${this.connection}></arrange-notices>`
  }

  readonly #ask = () => {
    this.isAsking = true
  }

  // What has not arrived would be lost with the page: the browser asks.
  readonly #handleLeaving = (event: BeforeUnloadEvent) => {
    if (this.mode.tools?.arranging.isSending) event.preventDefault()
  }
}

customElements.define('arrange-bar', ArrangeBar)
