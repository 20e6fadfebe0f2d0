// Owns the layer of pins over a chart: where each is drawn, what it opens, and its ring. Where it sits is option's.

import type { Annotation, Chart } from '@chartroom/shared'
import { anchorOf, type Fold, foldsOf, isLeftOut, isOverTime, momentOf } from '@chartroom/shared/option'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { keyed } from 'lit/directives/keyed.js'
import { repeat } from 'lit/directives/repeat.js'
import type { Attention } from '../attention.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/pins.css?inline'
import box from '../style/popover.css?inline'
import { timeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import { bracket } from './bracket.ts'
import type { Drawn } from './drawn.ts'
import { newDrop, type PlacedPin, pinDrop } from './pin-drop.ts'
import { pinLabel } from './pin-label.ts'
import { pinList } from './pin-list.ts'
import type { PinLog } from './pin-log.ts'

// Two tags closer than this would cover each other: the later one stays.
const tagPx = 76
// The keys of the chips that hold all pins whose moment is before or after the window: no annotation has these ids.
const chipKeys = { earlier: 0, later: -1 } as const

/** The pins of one chart, as a list. They are set in the frame in which the chart is drawn. */
export class ChartPins extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(box), unsafeCSS(styles)]
  static override properties = {
    attention: { attribute: false },
    chart: { attribute: false },
    log: { attribute: false },
    drawn: { attribute: false },
    hasTags: { attribute: false },
    openKey: { state: true },
  }
  declare attention: Attention
  declare chart: Chart
  declare log: PinLog
  declare drawn: Drawn | undefined
  /** Whether deploys are named here: on the first time chart. */
  declare hasTags: boolean
  /** The first id of the fold whose list is open. */
  declare openKey: number | undefined

  #openedAt: number | undefined
  /** The pin that somebody was brought to, and how often that was. */
  #arrived: { readonly id: number; readonly count: number } | undefined
  #undo: (() => void) | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undo = this.attention.onChange(() => this.requestUpdate())
    document.addEventListener('pointerdown', this.#handleOutside)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo?.()
    document.removeEventListener('pointerdown', this.#handleOutside)
  }

  /** Brings the reader to a pin, and shows with one ring which it is. */
  async arriveAt(id: number): Promise<void> {
    this.#arrived = { id, count: (this.#arrived?.count ?? 0) + 1 }
    this.requestUpdate()
    await this.updateComplete
    this.renderRoot.querySelector<HTMLElement>(`[data-ids~="${id}"]`)?.focus({ preventScroll: true })
  }

  override render(): TemplateResult | typeof nothing {
    if (this.drawn === undefined) return nothing
    const { figure, view } = this.drawn
    this.#openedAt ??= view.now
    // With the series that its reader left out go its pins.
    const shown = this.log.pins.filter(({ pin }) => !isLeftOut(figure, pin))
    const placed = shown.map((annotation): PlacedPin => {
      const { pin } = annotation
      return { annotation, ...anchorOf(figure, { ...pin, time: pin.time ?? pin.evidence.time }, view) }
    })
    const folds = foldsOf(placed.filter(({ on }) => on !== 'earlier' && on !== 'later'))
    return html`${placed.map(bracket)}${this.#deploys()}
      ${placed.length === 0 ? nothing : this.#all(placed, folds)}${this.#draft()}`
  }

  #all(placed: readonly PlacedPin[], folds: readonly Fold<PlacedPin>[]): TemplateResult {
    return html`<ol role="list" aria-label=${words().pins.list}>
      ${this.#chip('earlier', placed)}${this.#chip('later', placed)}
      ${repeat(
        folds,
        ({ pins: [first] }) => first.annotation.id,
        (fold) => this.#fold(fold),
      )}
    </ol>`
  }

  #fold(fold: Fold<PlacedPin>): TemplateResult {
    const { pins, x, y } = fold
    const [{ annotation, on }] = pins
    const key = annotation.id
    const was = on === 'corner' && pins.length === 1 ? words().pins.was(annotation.pin.category ?? '') : undefined
    return html`<li .style=${`transform: translate(${x}px, ${y}px)`}>
      ${this.#ring(pins)}${was === undefined ? nothing : html`<span class="was" aria-hidden="true" dir="auto">${was}</span>`}
      ${this.#button(pins, key, pinDrop(fold))}
    </li>${this.#list(pins, key, fold)}`
  }

  #chip(side: 'earlier' | 'later', placed: readonly PlacedPin[]): TemplateResult | typeof nothing {
    const pins = placed.filter(({ on }) => on === side)
    const [first] = pins
    if (first === undefined) return nothing
    const text = words().pins[side](pins.length)
    const chip = html`<span class="chip">${text}</span>`
    return html`<li class=${side} .style=${`transform: translate(${first.x}px, ${first.y}px)`}>
      ${this.#button(pins, chipKeys[side], chip, words().pins.chip(text))}
    </li>${this.#list(pins, chipKeys[side], first)}`
  }

  #button(
    pins: readonly PlacedPin[],
    key: number,
    look: TemplateResult,
    several = words().pins.several(pins.length),
  ): TemplateResult {
    const [first] = pins
    const isOne = pins.length === 1 && first !== undefined && key > 0
    const ids = pins.map(({ annotation }) => annotation.id)
    const isLit = ids.some((id) => id === this.attention.litId)
    const name = isOne ? this.#label(first) : several
    return html`<button
      class=${isLit ? 'lit' : ''}
      data-ids=${ids.join(' ')}
      aria-label=${name}
      title=${isOne ? name : nothing}
      aria-expanded=${isOne ? nothing : String(this.openKey === key)}
      @click=${() => (isOne ? this.#travel(first.annotation.id) : this.#toggle(key))}
      @pointerenter=${() => isOne && this.attention.light(first.annotation.id)}
      @pointerleave=${() => this.attention.light(undefined)}
      @focus=${() => isOne && this.attention.light(first.annotation.id)}
      @blur=${() => this.attention.light(undefined)}
      @keydown=${this.#handleKey}
    >
      ${look}
    </button>`
  }

  #list(pins: readonly PlacedPin[], key: number, place: { x: number; y: number }): TemplateResult | typeof nothing {
    if (this.openKey !== key || this.drawn === undefined) return nothing
    return html`<li class="opened" @keydown=${this.#handleKey} @focusout=${this.#handleFocusOut}>
      ${pinList(pins, place, this.drawn.view, {
        label: (pin) => this.#label(pin),
        light: (id) => this.attention.light(id),
        travel: (id) => this.#travel(id),
      })}
    </li>`
  }

  #label({ annotation }: PlacedPin): string {
    return pinLabel(annotation, this.chart.title, this.drawn?.figure.unit)
  }

  // A pin that came while the page was open, or that somebody was brought to: its element is made anew, and rings once.
  #ring(pins: readonly PlacedPin[]): unknown {
    const opened = this.#openedAt ?? Number.POSITIVE_INFINITY
    const arrived = pins.some(({ annotation }) => annotation.id === this.#arrived?.id) ? this.#arrived : undefined
    const newest = pins.findLast(({ annotation }) => annotation.time > opened)?.annotation.id
    if (arrived === undefined && newest === undefined) return nothing
    return keyed(`${newest} ${arrived?.id} ${arrived?.count}`, html`<i class="ring"></i>`)
  }

  #draft(): TemplateResult | typeof nothing {
    const { pin } = this.attention
    if (pin === undefined || !this.chart.metrics.includes(pin.metric) || this.drawn === undefined) return nothing
    const { figure, view } = this.drawn
    const anchor = anchorOf(figure, pin, view)
    const style = `transform: translate(${anchor.x}px, ${anchor.y}px)`
    return html`${bracket(anchor)}<span class="new" aria-hidden="true" .style=${style}>${newDrop}</span>`
  }

  #deploys(): TemplateResult[] {
    const figure = this.drawn?.figure
    if (figure === undefined || !isOverTime(figure)) return []
    const { from, to, plot } = figure
    // Over a stack stand its names.
    const top = figure.kind === 'area' ? plot.top : 0
    const shown = this.log.deploys
      .map((deploy) => ({ deploy, time: deploy.pin?.time ?? deploy.time }))
      .filter(({ time }) => time >= from && time <= to + 1_000)
      .map(({ deploy, time }) => ({ deploy, x: momentOf(figure, undefined, time).x }))
      .sort((a, b) => a.x - b.x)
    return shown.map(({ deploy, x }, at) => {
      const hasRoom = (shown[at + 1]?.x ?? Number.POSITIVE_INFINITY) - x > tagPx
      const isRight = x - plot.left > plot.width - tagPx
      const style = `transform: translate(${x}px, ${top}px); height: ${plot.top + plot.height - top}px`
      return html`<div class="deploy" .style=${style}>${
        this.hasTags && hasRoom ? this.#tag(deploy, isRight) : nothing
      }</div>`
    })
  }

  #tag({ id, author, text, time }: Annotation, isRight: boolean): TemplateResult {
    const name = words().pins.deploy(text)
    return html`<button
      class="tag ${isRight ? 'right' : ''}"
      dir="auto"
      aria-label=${words().pins.label(author, timeOfDay(time), name, '')}
      title=${name}
      @click=${() => this.#travel(id)}
    >
      ${name}
    </button>`
  }

  #toggle(key: number): void {
    this.openKey = this.openKey === key ? undefined : key
  }

  #travel(id: number): void {
    this.openKey = undefined
    this.attention.travel({ to: 'message', id })
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || this.openKey === undefined) return
    event.stopPropagation()
    this.renderRoot.querySelector<HTMLElement>('[aria-expanded="true"]')?.focus()
    this.openKey = undefined
  }

  readonly #handleFocusOut = (event: FocusEvent) => {
    const next = event.relatedTarget
    if (next instanceof Node && !this.renderRoot.contains(next)) this.openKey = undefined
  }

  readonly #handleOutside = (event: PointerEvent) => {
    if (!event.composedPath().includes(this)) this.openKey = undefined
  }
}

customElements.define('chart-pins', ChartPins)
