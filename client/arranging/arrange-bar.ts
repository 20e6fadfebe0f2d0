// Owns the bar over charts that are arranged: what can be done with all of them, and what the arranger has to be told.

import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import '../conversation/name-field.ts'
import type { Self } from '../self.ts'
import styles from '../style/arrange-bar.css?inline'
import controls from '../style/controls.css?inline'
import { words } from '../words/words.ts'
import type { Notice } from './arranging.ts'
import type { Hand } from './hand.ts'
import type { Mode } from './mode.ts'
import type { Rival } from './rivals.ts'

/** The bar of a mode. */
export class ArrangeBar extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
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

  override render(): TemplateResult {
    const { hand, tools, state } = this.mode
    return html`<section aria-label=${words().arranging.heading}>
      ${hand === undefined ? nothing : this.#tools(hand)}
      ${state === 'naming' ? this.#naming() : nothing}
      ${hand === undefined && tools !== undefined ? this.#notices(tools) : nothing}
      <p class="hidden" role="status">${tools?.said}</p>
    </section>`
  }

  #tools(hand: Hand): TemplateResult {
    const { arranging } = words()
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
    const { arranging, conversation } = words()
    const answer = (isYes: boolean) => {
      this.isAsking = false
      if (isYes) hand.asItCame()
    }
    return html`<p class="notice" role="alert">
      ${arranging.asItCameAsk}
      <button class="link" @click=${() => answer(true)}>${conversation.yes}</button> ·
      <button class="link" @click=${() => answer(false)}>${conversation.no}</button>
    </p>`
  }

  #naming(): TemplateResult {
    const handle = ({ type }: Event) => (type === 'named' ? this.mode.named() : this.mode.turnOff())
    return html`<name-field .self=${this.self} @named=${handle} @dismiss=${handle}></name-field>`
  }

  #notices({ arranging, titleOf }: Hand): TemplateResult {
    const isUp = this.connection.state.word === 'live' || this.connection.state.word === 'behind'
    const isWaiting = arranging.isSending && !isUp
    return html`<div role="status">
      ${isWaiting ? html`<p class="notice">${words().conversation.notSentYet}</p>` : nothing}
      ${arranging.notice === undefined ? nothing : notice(arranging.notice, () => arranging.dismiss())}
      ${arranging.rivals.map((rival) => overruled(rival, titleOf(rival.id), arranging))}
    </div>`
  }

  readonly #ask = () => {
    this.isAsking = true
  }

  // What has not arrived would be lost with the page: the browser asks.
  readonly #handleLeaving = (event: BeforeUnloadEvent) => {
    if (this.mode.tools?.arranging.isSending) event.preventDefault()
  }
}

function notice(said: Notice, dismiss: () => void): TemplateResult {
  return html`<p class="notice ${said.word}">
    ${noticeText(said)} <button class="link" @click=${dismiss}>${words().arranging.close}</button>
  </p>`
}

function noticeText(said: Notice): string {
  const { arranging, conversation } = words()
  switch (said.word) {
    case 'refused':
      return `${conversation.notSaved} ${conversation.refusals[said.refusal.code] ?? said.refusal.message}`
    case 'overtaken':
      return said.by === undefined ? arranging.goneSince : arranging.overtaken(said.by)
    default:
      return said satisfies never
  }
}

function overruled(rival: Rival, title: string, arranging: Hand['arranging']): TemplateResult {
  const { arranging: said } = words()
  const text =
    rival.by === undefined ? said.removedAfter(rival.mine.title ?? title) : said.changedAfter(rival.by, title)
  return html`<p class="notice rival">
    ${text}
    <button class="link" @click=${() => arranging.putBack(rival)}>${said.putBack}</button> ·
    <button class="link" @click=${() => arranging.keep(rival)}>${said.keep}</button>
  </p>`
}

customElements.define('arrange-bar', ArrangeBar)
