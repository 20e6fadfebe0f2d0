// Owns choosing on a chart what a pin shall point at: by pointer, by dragging over a range, by keys. It draws no pin.

import { type Chart, evidenceOf } from '@chartroom/shared'
import {
  anchorOf,
  type Figure,
  type HeatFigure,
  isOf,
  isOverTime,
  nextSpot,
  type Place,
  rowPx,
  type Spot,
  spotAt,
  type TimeFigure,
} from '@chartroom/shared/option'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import type { Attention } from '../attention.ts'
import { pageLook } from '../preferences.ts'
import type { GroupStore } from '../store.ts'
import styles from '../style/chooser.css?inline'
import controls from '../style/controls.css?inline'
import box from '../style/popover.css?inline'
import { exactTimeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import { bracket } from './bracket.ts'
import { Drag } from './drag.ts'
import type { Drawn } from './drawn.ts'
import { popover } from './popover.ts'
import { type Choice, spotCard, spotRowsOf, spotSentence } from './spot-card.ts'

/** How far an arrow key goes on a line, in points; with Shift. */
const strides = { plain: 1, shift: 10 }

/** The surface of one chart that takes pointer and keys. What is chosen goes to the attention, and so to the composer. */
export class ChartChooser extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(box), unsafeCSS(styles)]
  static override properties = {
    store: { attribute: false },
    attention: { attribute: false },
    chart: { attribute: false },
    drawn: { attribute: false },
    choice: { state: true },
    said: { state: true },
  }
  declare store: GroupStore
  declare attention: Attention
  declare chart: Chart
  declare drawn: Drawn | undefined
  declare choice: Choice | undefined
  /** What a screen reader is told of the choice. */
  declare said: string

  readonly #drag = new Drag(() => this.requestUpdate())
  #pointer: Place | undefined

  constructor() {
    super()
    this.said = ''
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#drag.end()
  }

  // What lies under a pointer that rests is another one when the chart has moved.
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('drawn') && this.#pointer !== undefined) this.#point(this.#pointer)
  }

  override render(): TemplateResult {
    return html`<div
        class="surface ${this.drawn?.figure.kind === 'table' ? 'headed' : ''} ${this.choice === undefined ? '' : 'able'}"
        role="application"
        tabindex="0"
        aria-label=${words().pins.choose(this.chart.title)}
        @pointermove=${this.#handleMove}
        @pointerleave=${this.#handleLeave}
        @pointerdown=${this.#handleDown}
        @pointerup=${this.#handleUp}
        @pointercancel=${this.#handleCancel}
        @click=${this.#handleClick}
        @keydown=${this.#handleKey}
        @blur=${this.#handleBlur}
      ></div>
      <div aria-hidden="true">${this.#chosen()}</div>
      <p class="hidden" role="status">${this.said}</p>`
  }

  #chosen(): unknown {
    if (this.drawn === undefined) return nothing
    const { figure, view } = this.drawn
    const { range } = this.#drag
    if (range !== undefined) return bracket(anchorOf(figure, range, view))
    if (this.choice === undefined) return nothing
    const { spot, by } = this.choice
    const rows = spotRowsOf(this.store.state, this.chart, spot, figure, view)
    if (rows === undefined) return nothing
    const anchor = anchorOf(figure, spot, view)
    return html`${isOverTime(figure) ? crosshair(figure, spot, anchor) : nothing}
      ${mark(figure, spot, anchor, by)}
      ${popover(anchor, view, html`<div class="spot">${spotCard(rows, by)}</div>`)}`
  }

  readonly #handleMove = (event: PointerEvent) => {
    const place = this.#placeOf(event)
    if (this.#drag.move(place, (at) => this.#spotAt(at))) {
      this.#forget()
      return
    }
    if (event.pointerType !== 'touch') this.#point(place)
  }

  readonly #handleLeave = () => {
    if (this.choice?.by === 'pointer') this.#forget()
    this.#pointer = undefined
  }

  readonly #handleDown = (event: PointerEvent) => {
    const place = this.#placeOf(event)
    const spot = this.#spotAt(place)
    if (event.button !== 0 || spot === undefined) return
    // A finger that moves turns the page.
    const isRange = this.drawn !== undefined && isOverTime(this.drawn.figure) && event.pointerType !== 'touch'
    this.#drag.begin(place, spot, isRange)
    if (isRange && event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId)
  }

  readonly #handleUp = () => {
    const { range } = this.#drag
    if (range !== undefined) this.#compose(range)
  }

  readonly #handleCancel = () => this.#drag.end()

  readonly #handleClick = (event: MouseEvent) => {
    const isClick = !this.#drag.hasMoved
    this.#drag.end()
    const spot = this.#spotAt(this.#placeOf(event))
    if (isClick && spot !== undefined) this.#compose(spot)
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    const { key } = event
    if (key === 'Escape') {
      this.#handleEscape(event)
      return
    }
    const step = stepOf(event)
    const figure = this.drawn?.figure
    if (figure === undefined || step === undefined) return
    event.preventDefault()
    const spot = nextSpot(figure, this.choice?.spot, step)
    if (spot === undefined) return
    if (key === 'Enter' || key === ' ') this.#compose(this.choice?.spot ?? spot)
    else this.#choose(spot)
  }

  #handleEscape(event: KeyboardEvent): void {
    const isBusy = this.choice !== undefined || this.#drag.range !== undefined
    this.#drag.end()
    this.#forget()
    if (isBusy) event.stopPropagation()
    else this.renderRoot.querySelector<HTMLElement>('.surface')?.blur()
  }

  readonly #handleBlur = () => {
    if (this.choice?.by === 'keys') this.#forget()
  }

  #choose(spot: Spot): void {
    if (this.drawn === undefined) return
    this.#pointer = undefined
    this.choice = { spot, by: 'keys' }
    const rows = spotRowsOf(this.store.state, this.chart, spot, this.drawn.figure, this.drawn.view)
    this.said = rows === undefined ? '' : spotSentence(rows)
  }

  #compose(spot: Spot): void {
    this.#drag.settle()
    // What was chosen is in the composer: only a pointer that moves asks again.
    this.#pointer = undefined
    this.#forget()
    // The number that was chosen is the one that is meant, however long the message takes: its time goes along.
    const time = spot.time ?? evidenceOf(this.store.state, spot)?.time
    this.attention.compose(time === undefined ? spot : { ...spot, time })
  }

  #forget(): void {
    this.choice = undefined
    this.said = ''
  }

  #point(place: Place): void {
    this.#pointer = place
    const spot = this.#spotAt(place)
    const now = this.choice?.spot
    if (spot === undefined) this.#forget()
    else if (now === undefined || !isSame(spot, now) || this.choice?.by !== 'pointer') {
      this.choice = { spot, by: 'pointer' }
    }
  }

  #spotAt(place: Place): Spot | undefined {
    return this.drawn && spotAt(this.drawn.figure, place)
  }

  // The page may be enlarged: what the pointer tells is in px of the screen.
  #placeOf({ clientX, clientY }: MouseEvent): Place {
    const box = this.getBoundingClientRect()
    const scale = (this.drawn?.view.width ?? box.width) / Math.max(1, box.width)
    return { x: (clientX - box.left) * scale, y: (clientY - box.top) * scale }
  }
}

function isSame(one: Spot, other: Spot): boolean {
  return one.metric === other.metric && one.category === other.category && one.time === other.time
}

// Enter and the space bar go nowhere: they take what is chosen, or what would be first.
function stepOf({ key, shiftKey }: KeyboardEvent): { across: number; down: number } | undefined {
  const stride = shiftKey ? strides.shift : strides.plain
  switch (key) {
    case 'ArrowRight':
      return { across: stride, down: 0 }
    case 'ArrowLeft':
      return { across: -stride, down: 0 }
    case 'ArrowDown':
      return { across: 0, down: 1 }
    case 'ArrowUp':
      return { across: 0, down: -1 }
    case 'Enter':
    case ' ':
      return { across: 0, down: 0 }
    default:
      return undefined
  }
}

function crosshair({ plot }: TimeFigure, { time }: Spot, { x }: Place): TemplateResult {
  const foot = plot.top + plot.height
  return html`<i class="crosshair" .style=${`transform: translate(${x}px, ${plot.top}px); height: ${plot.height}px`}></i>
    ${
      time === undefined
        ? nothing
        : html`<span class="time" .style=${`transform: translate(${x}px, ${foot}px)`}>${exactTimeOfDay(time)}</span>`
    }`
}

function mark(figure: Figure, spot: Spot, anchor: Place, by: Choice['by']): TemplateResult | typeof nothing {
  if (figure.kind === 'heat') return cell(figure, anchor)
  if (figure.kind === 'table') return row(anchor)
  return isOverTime(figure) || by === 'keys' ? dot(figure, spot, anchor) : nothing
}

function cell({ plot, columns, rows }: HeatFigure, { x, y }: Place): TemplateResult {
  const [width, height] = [plot.width / columns, plot.height / rows.length]
  return html`<i class="chosen-cell" .style=${`transform: translate(${x - width / 2}px, ${y - height / 2}px); width: ${width}px; height: ${height}px`}></i>`
}

function row({ y }: Place): TemplateResult {
  return html`<i class="chosen-row" .style=${`top: ${Math.floor(y / rowPx) * rowPx}px; height: ${rowPx}px`}></i>`
}

function dot(figure: Figure, spot: Spot, { x, y }: Place): TemplateResult {
  const { categories, ink } = pageLook()
  const isTimed = isOverTime(figure)
  const line = isTimed ? figure.lines.find(({ series }) => isOf(spot, series)) : undefined
  const color = isTimed ? (line?.color.mark ?? categories[0]?.mark ?? ink) : ink
  return html`<i class="dot" .style=${`transform: translate(${x}px, ${y}px); background: ${color}`}></i>`
}

customElements.define('chart-chooser', ChartChooser)
