// Owns what an arranger has to be told: that it waits for the line, was refused, or that somebody changed it after them.

import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, nothing, type TemplateResult } from 'lit'
import { activeElement } from '../active-element.ts'
import { arrangingWords } from '../words/arranging.ts'
import { conversationWords } from '../words/conversation.ts'
import type { Arranging, Notice } from './arranging.ts'
import type { Hand } from './hand.ts'
import type { Rival } from './rivals.ts'

/** What a hand has to be told, line by line; nothing most of the time. It looks as the styles around it say. */
export class ArrangeNotices extends LitElement {
  static override properties = { hand: { attribute: false }, connection: { attribute: false } }
  declare hand: Hand
  declare connection: Connection

  #undos: (() => void)[] = []
  #hadFocus = false

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undos = [this.hand.onChange(() => this.requestUpdate()), this.connection.onState(() => this.requestUpdate())]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
  }

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.matches(':focus-within')
  }

  // A notice that is answered goes, and the focus would go with it.
  protected override updated(): void {
    if (this.#hadFocus && activeElement() === undefined)
      this.closest('section')?.querySelector<HTMLElement>('button:enabled')?.focus()
  }

  override render(): TemplateResult {
    const { arranging, titleOf } = this.hand
    const isUp = this.connection.state.word === 'live' || this.connection.state.word === 'behind'
    const isWaiting = arranging.isSending && !isUp
    return html`<div role="status">
      ${isWaiting ? html`<p class="notice">${conversationWords().notSentYet}</p>` : nothing}
      ${arranging.notice === undefined ? nothing : notice(arranging.notice, () => arranging.dismiss())}
      ${arranging.rivals.map((rival) => overruled(rival, titleOf(rival.id), arranging))}
    </div>`
  }
}

function notice(said: Notice, dismiss: () => void): TemplateResult {
  return html`<p class="notice ${said.word}">
    ${noticeText(said)} <button class="link" @click=${dismiss}>${arrangingWords().close}</button>
  </p>`
}

function noticeText(said: Notice): string {
  const arranging = arrangingWords()
  const conversation = conversationWords()
  switch (said.word) {
    case 'refused':
      return `${conversation.notSaved} ${conversation.refusals[said.refusal.code] ?? said.refusal.message}`
    case 'overtaken':
      return said.by === undefined ? arranging.goneSince : arranging.overtaken(said.by)
    default:
      return said satisfies never
  }
}

function overruled(rival: Rival, title: string, arranging: Arranging): TemplateResult {
  const said = arrangingWords()
  const text =
    rival.by === undefined ? said.removedAfter(rival.mine.title ?? title) : said.changedAfter(rival.by, title)
  return html`<p class="notice rival">
    ${text}
    <button class="link" @click=${() => arranging.putBack(rival)}>${said.putBack}</button> ·
    <button class="link" @click=${() => arranging.keep(rival)}>${said.keep}</button>
  </p>`
}

customElements.define('arrange-notices', ArrangeNotices)
