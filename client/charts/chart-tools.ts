// Owns the tools of a chart as one tab stop: its table, and the kinds to show it as; on a phone a menu. Which kinds there
// are is kind-choice.ts's.

import type { Chart, Kind } from '@chartroom/shared'
import { html, LitElement, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { GroupStore } from '../store.ts'
import styles from '../style/chart-tools.css?inline'
import controls from '../style/controls.css?inline'
import { words } from '../words/words.ts'
import type { Drawn } from './drawn.ts'
import { glyph } from './glyph.ts'
import { placeOf } from './key-place.ts'
import { type KindChoice, kindChoiceOf } from './kind-choice.ts'
import { ShareEvent } from './share-event.ts'

type Name = Kind | 'twin' | 'share'

interface Choice {
  readonly text: string
  readonly hint?: string
  readonly isPressed: boolean
}

/** The tools of one chart. Dispatches `twin` for its table, and `share` to make my kind everyone's. */
export class ChartTools extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = {
    store: { attribute: false },
    chart: { attribute: false },
    drawn: { attribute: false },
    isTwin: { attribute: false },
    isOpen: { state: true },
  }
  declare store: GroupStore
  declare chart: Chart
  /** What is written: with new numbers there may be other kinds. */
  declare drawn: Drawn | undefined
  /** Whether it is shown as its table twin; undefined: it is a table itself. */
  declare isTwin: boolean | undefined
  /** Whether the menu of a phone is open. */
  declare isOpen: boolean

  /** The tool at which the Tab key stops. */
  #stop: Name | undefined

  constructor() {
    super()
    this.isOpen = false
  }

  override connectedCallback(): void {
    super.connectedCallback()
    document.addEventListener('pointerdown', this.#handlePointer)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    document.removeEventListener('pointerdown', this.#handlePointer)
  }

  override render(): TemplateResult {
    const { tools } = words().charts
    const names = this.#names
    const stop = names.find((name) => name === this.#stop) ?? names[0]
    return html`<button class="menu" aria-label=${tools} aria-expanded=${this.isOpen} @click=${this.#toggle}>\u22ef</button>
      <div
        class="tools ${this.isOpen ? 'open' : ''}"
        role="toolbar"
        aria-label=${tools}
        @keydown=${this.#handleKey}
        @focusin=${this.#handleFocus}
        @click=${this.#handleClick}
      >
        ${repeat(
          names,
          (name) => name,
          (name) => this.#tool(name, name === stop),
        )}
      </div>`
  }

  #tool(name: Name, isStop: boolean): TemplateResult {
    const tabindex = isStop ? 0 : -1
    const { forEveryone, onlyMe } = words().charts
    if (name === 'share')
      return html`<button class="share" tabindex=${tabindex} title=${onlyMe} @click=${this.#share}>${forEveryone}</button>`
    const { text, hint = text, isPressed } = name === 'twin' ? this.#twin : this.#kind(name)
    return html`<button
      tabindex=${tabindex}
      aria-pressed=${isPressed}
      aria-label=${text}
      title=${hint}
      @click=${() => this.#choose(name)}
    >${glyph(name)}<span aria-hidden="true">${text}</span></button>`
  }

  get #twin(): Choice {
    const text = words().twin.show
    return { text, hint: `${text} (T)`, isPressed: this.isTwin === true }
  }

  #kind(kind: Kind): Choice {
    const { asGroup, kinds } = words().charts
    return { text: kind === this.#choices.groupKind ? asGroup(kind) : kinds[kind], isPressed: kind === this.chart.kind }
  }

  // Choosing the group's own takes my choice back.
  #choose(name: Kind | 'twin'): void {
    if (name === 'twin') this.dispatchEvent(new Event('twin'))
    else this.store.setKind(this.chart.id, name === this.#choices.groupKind ? undefined : name)
  }

  get #choices(): KindChoice {
    return kindChoiceOf(this.store.state, this.store.board, this.chart)
  }

  get #names(): readonly Name[] {
    const { kinds, groupKind } = this.#choices
    const isMine = this.chart.kind !== groupKind
    return [...(this.isTwin === undefined ? [] : ['twin' as const]), ...(isMine ? ['share' as const] : []), ...kinds]
  }

  get #buttons(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.tools button')]
  }

  readonly #toggle = async () => {
    this.isOpen = !this.isOpen
    await this.updateComplete
    if (this.isOpen) this.renderRoot.querySelector<HTMLElement>('.tools [tabindex="0"]')?.focus()
  }

  #close(): void {
    if (!this.isOpen) return
    const hadFocus = this.renderRoot.querySelector('.tools')?.matches(':focus-within') === true
    this.isOpen = false
    if (hadFocus) this.renderRoot.querySelector<HTMLElement>('.menu')?.focus()
  }

  readonly #handlePointer = (event: Event) => {
    if (!event.composedPath().includes(this)) this.isOpen = false
  }

  // A menu has done what it was opened for.
  readonly #handleClick = () => this.#close()

  readonly #handleFocus = ({ target }: Event) => {
    this.#stop = target instanceof HTMLElement ? this.#names[this.#buttons.indexOf(target)] : undefined
    this.requestUpdate()
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.isOpen) {
      event.stopPropagation()
      this.#close()
      return
    }
    const buttons = this.#buttons
    const at = buttons.findIndex((button) => button.matches(':focus'))
    const next = buttons[placeOf(event.key, at, buttons.length) ?? -1]
    if (next === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    next.focus()
  }

  // Shared, it is the group's: the button goes, and the focus would go with it.
  readonly #share = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLElement && currentTarget.matches(':focus'))
      this.renderRoot.querySelector<HTMLElement>('.share ~ [aria-pressed=true]')?.focus()
    this.dispatchEvent(new ShareEvent(this.chart.id, this.chart.kind))
  }
}

customElements.define('chart-tools', ChartTools)
