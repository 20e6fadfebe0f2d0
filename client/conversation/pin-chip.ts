// Owns how a pin stands below its message: what it points at, its number then and now, and the way to it on its chart.

import { backgroundOf, categoryColors } from '@chartroom/shared/option'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import type { Attention } from '../attention.ts'
import { pageLook } from '../preferences.ts'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/pin-chip.css?inline'
import { words } from '../words/words.ts'
import { type Comparison, comparisonOf, pinTime, pinTitle, type WrittenPin } from './pin-words.ts'
import { leastTextMs, Throttle } from './throttle.ts'

/** The evidence of a pin in two lines; the number now follows the series while the chip is on screen. */
export class PinChip extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    store: { attribute: false },
    attention: { attribute: false },
    pin: { attribute: false },
    annotationId: { attribute: false },
    isReachable: { attribute: false },
    isArrived: { state: true },
  }
  declare store: GroupStore
  declare attention: Attention
  declare pin: WrittenPin
  /** Of the message that it stands below; undefined while the log does not have it. */
  declare annotationId: number | undefined
  /** Whether the Tab key stops here. */
  declare isReachable: boolean
  /** Whether somebody was just brought here. */
  declare isArrived: boolean

  readonly #throttle = new Throttle(() => this.requestUpdate(), leastTextMs)
  readonly #screen = new IntersectionObserver((entries) => this.#handleScreen(entries.at(-1)?.isIntersecting === true))
  #undos: (() => void)[] = []
  #isOnScreen = false
  #isLit = false

  constructor() {
    super()
    this.isArrived = false
    this.isReachable = true
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#screen.observe(this)
    if (this.hasUpdated) this.#follow()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#screen.disconnect()
    this.#letGo()
  }

  /** Shows that the reader was brought here: focus, and one ring. */
  arrive(): void {
    this.isArrived = true
    this.renderRoot.querySelector('button')?.focus({ preventScroll: true })
  }

  override render(): TemplateResult {
    const { store, pin } = this
    const comparison = comparisonOf(pin, store, words())
    this.#isLit = this.annotationId !== undefined && this.attention.litId === this.annotationId
    const state = `${this.#isLit ? 'lit' : ''} ${this.isArrived ? 'arrived' : ''}`
    const tabIndex = this.isReachable ? 0 : -1
    return html`<button class="chip ${state}" tabindex=${tabIndex} @click=${this.#handleClick} @animationend=${this.#handleRung}>
      <span class="row">
        <span class="what" dir="auto">${this.#square()}${pinTitle(pin, store)}</span>
        <span class="time">${pinTime(pin, pin.evidence?.time ?? pin.time ?? store.now())}</span>
      </span>
      <span class="row" aria-live="off">
        <span class="numbers">${numbers(comparison)}</span>
        <span class="change">${comparison.change}</span>
      </span>
    </button>`
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('store') || changed.has('pin') || changed.has('attention')) this.#follow()
  }

  #square(): TemplateResult | typeof nothing {
    const { store, pin } = this
    if (pin.category === undefined) return nothing
    const all = [...store.state.series.values()]
    const series = all.find(({ definition, category }) => definition.metric === pin.metric && category === pin.category)
    const look = pageLook()
    const color = series && categoryColors(store.state, [series], look).get(series.key)
    return html`<i .style=${`background: ${backgroundOf(color ?? look.rest)}`}></i>`
  }

  #follow(): void {
    this.#letGo()
    this.#undos = [
      this.store.onMetric(this.pin.metric, () => {
        if (this.#isOnScreen) this.#throttle.call()
      }),
      this.store.onCharts(() => this.#throttle.call()),
      this.attention.onChange(() => this.#handleAttention()),
      () => this.#throttle.close(),
    ]
  }

  #letGo(): void {
    for (const undo of this.#undos) undo()
    this.#undos = []
  }

  #handleScreen(isOnScreen: boolean): void {
    this.#isOnScreen = isOnScreen
    if (isOnScreen) this.requestUpdate()
  }

  #handleAttention(): void {
    if (this.#isLit !== (this.attention.litId === this.annotationId)) this.requestUpdate()
  }

  readonly #handleClick = () => {
    if (this.annotationId !== undefined) this.attention.travel({ to: 'pin', id: this.annotationId })
  }

  readonly #handleRung = () => {
    this.isArrived = false
  }
}

function numbers({ before, present }: Comparison): readonly (TemplateResult | string)[] {
  const { thenNow, thenGone, onlyNow, gone } = words().conversation
  if (before === undefined) return present === undefined ? [gone] : onlyNow(strong(present))
  return present === undefined ? thenGone(strong(before)) : thenNow(strong(before), strong(present))
}

function strong(text: string): TemplateResult {
  return html`<b>${text}</b>`
}

customElements.define('pin-chip', PinChip)
