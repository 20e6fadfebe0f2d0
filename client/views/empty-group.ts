// Owns the page of a group that nobody sent a number to: how to send one, and a copy of it.

import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import codeStyles from '../style/code.css?inline'
import controls from '../style/controls.css?inline'
import styles from '../style/empty-group.css?inline'
import { words } from '../words/words.ts'
import { code } from './code.ts'
import '../copy-button.ts'
import { type FillLines, fillLines, textOf } from './fill-lines.ts'

/** The lines that fill a group. Dispatches `invite` when somebody wants others in first. */
export class EmptyGroup extends LitElement {
  static override styles = [controls, codeStyles, styles].map(unsafeCSS)
  static override properties = { group: { attribute: false }, chosen: { state: true } }
  declare group: string
  declare chosen: number

  constructor() {
    super()
    this.chosen = 0
  }

  override render(): TemplateResult {
    const { empty } = words()
    const all = fillLines(location.origin, this.group)
    const shown = all[this.chosen] ?? all[0]
    return html`
      <h2>${empty.heading(this.group)}</h2>
      <div class="bar">
        <div role="tablist" aria-label=${empty.ways} @keydown=${this.#handleKey}>${all.map((lines, at) => this.#tab(lines, at))}</div>
        <copy-button .text=${textOf(shown.parts)}></copy-button>
      </div>
      <div id="panel" role="tabpanel" aria-labelledby="tab${this.chosen}">${code(shown.parts)}</div>
      <p>${empty.hint} ${empty.inviteFirst} <button class="link" @click=${this.#handleInvite}>${empty.inviteBy}</button></p>
    `
  }

  #tab({ name }: FillLines, at: number): TemplateResult {
    const isChosen = at === this.chosen
    return html`<button
      id="tab${at}"
      role="tab"
      aria-selected=${isChosen}
      aria-controls=${isChosen ? 'panel' : nothing}
      tabindex=${isChosen ? 0 : -1}
      @click=${() => this.#choose(at)}
    >${name}</button>`
  }

  #choose(at: number): void {
    this.chosen = at
  }

  readonly #handleInvite = () => {
    this.dispatchEvent(new Event('invite'))
  }

  // As tabs are used everywhere: arrows move and choose, Tab leaves.
  readonly #handleKey = async (event: KeyboardEvent) => {
    const tabs = this.renderRoot.querySelectorAll<HTMLElement>('[role=tab]')
    const next = { ArrowRight: this.chosen + 1, ArrowLeft: this.chosen - 1, Home: 0, End: tabs.length - 1 }[event.key]
    if (next === undefined) return
    event.preventDefault()
    this.#choose((next + tabs.length) % tabs.length)
    await this.updateComplete
    tabs[this.chosen]?.focus()
  }
}

customElements.define('empty-group', EmptyGroup)
