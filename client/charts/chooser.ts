// Owns pointing at a chart: what a pin shall point at, and what to zoom into, by pointer, drag or keys. It draws no pin.

import { type Chart, evidenceOf, type PinDraft } from '@chartroom/shared'
import {
  anchorOf,
  type Figure,
  isTimed,
  nextSpot,
  type Place,
  type Spot,
  spotAt,
  wholeOf,
} from '@chartroom/shared/option'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import type { Attention } from '../attention.ts'
import type { GroupStore } from '../store.ts'
import styles from '../style/chooser.css?inline'
import controls from '../style/controls.css?inline'
import crosshairStyles from '../style/crosshair.css?inline'
import box from '../style/popover.css?inline'
import { words } from '../words/words.ts'
import { chosenMark } from './chosen-mark.ts'
import { besideValues, crosshair } from './crosshair.ts'
import { type Command, commandOf } from './cursor.ts'
import type { Intent, Range } from './drag.ts'
import type { Drawn } from './drawn.ts'
import { Gesture } from './gesture.ts'
import { popover } from './popover.ts'
import { rangeMark, rangeSentence } from './range-mark.ts'
import { type Choice, spotCard, spotName, spotRowsOf, spotSentence } from './spot-card.ts'

/** The surface of one chart that takes pointer and keys. What is chosen goes to the attention, and so to the composer. */
export class ChartChooser extends LitElement {
  static override styles = [controls, box, crosshairStyles, styles].map(unsafeCSS)
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

  readonly #gesture = new Gesture({
    figure: () => this.drawn?.figure,
    placeOf: (event) => this.#placeOf(event),
    handlePoint: (place) => (place === undefined ? this.#unpoint() : this.#point(place)),
    handleClick: (spot, event) => this.#handleClick(spot, event),
    handleRange: (spot, range, intent) => this.#handleRange(spot, range, intent),
    handleChange: () => this.requestUpdate(),
  })
  #pointer: Place | undefined
  /** Where the walk with Shift began. */
  #origin: Spot | undefined
  /** The moment that was pointed at from here. */
  #moment: number | undefined
  /** What the composer held before the click that may become a double click. */
  #composed: PinDraft | undefined

  constructor() {
    super()
    this.said = ''
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#gesture.end()
    this.#forgetUnless(() => this.isConnected)
  }

  // What lies under a pointer that rests is another one when the chart has moved.
  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('drawn') && this.#pointer !== undefined) this.#point(this.#pointer)
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.surface')?.focus(options)
  }

  override render(): TemplateResult {
    const { down, move, up, cancel, touch, menu, click, isResting } = this.#gesture
    const isTable = this.drawn?.figure.kind === 'table'
    return html`<div
        class="surface ${isTable ? 'headed' : ''} ${isResting ? 'resting' : ''} ${this.choice === undefined ? '' : 'able'}"
        role="application"
        tabindex="0"
        aria-label=${words().pins.choose(this.chart.title)}
        @pointermove=${move}
        @pointerleave=${this.#handleLeave}
        @pointerdown=${down}
        @pointerup=${up}
        @pointercancel=${cancel}
        @touchmove=${touch}
        @contextmenu=${menu}
        @click=${click}
        @dblclick=${this.#handleDouble}
        @keydown=${this.#handleKey}
        @blur=${this.#handleBlur}
      ></div>
      <div aria-hidden="true">${this.drawn === undefined ? nothing : this.#chosen(this.drawn)}</div>
      <p class="hidden" role="status">${this.said}</p>`
  }

  #chosen(drawn: Drawn): unknown {
    const { figure, view } = drawn
    const { dragged } = this.#gesture
    const chosen = dragged ?? this.#walked()
    if (chosen !== undefined && isTimed(figure)) return rangeMark(figure, view, chosen, dragged?.intent)
    const line = crosshair(drawn, this.store.moment.time, this.choice !== undefined)
    if (this.choice === undefined) return line
    const { spot, by } = this.choice
    const rows = spotRowsOf(this.store.state, this.chart, spot, figure, view)
    if (rows === undefined) return line
    const anchor = anchorOf(figure, spot, view)
    return html`${line}${chosenMark(figure, anchor, by)}
      ${popover(besideValues(anchor, drawn), view, html`<div class="spot">${spotCard(rows, by)}</div>`)}`
  }

  /** The range that was walked over with Shift. */
  #walked(): { readonly spot: Spot; readonly range: Range } | undefined {
    const [spot, from, to] = [this.#origin, this.#origin?.time, this.choice?.spot.time]
    if (spot === undefined || from === undefined || to === undefined || from === to) return undefined
    return { spot, range: { time: Math.min(from, to), timeEnd: Math.max(from, to) } }
  }

  readonly #handleLeave = () => {
    if (this.choice?.by === 'pointer') this.#forget()
    this.#pointer = undefined
  }

  #handleRange(spot: Spot, range: Range, intent: Intent): void {
    if (intent === 'pin') this.#compose({ ...spot, ...range })
    else this.#zoomInto(spot, range)
  }

  #handleClick(spot: Spot, { detail }: MouseEvent): void {
    if (detail < 2) this.#composed = this.attention.pin
    this.#compose(spot)
  }

  // Its clicks have chosen something that was not meant.
  readonly #handleDouble = () => {
    if (this.store.zoom.part === undefined || this.drawn === undefined || !isTimed(this.drawn.figure)) return
    this.attention.compose(this.#composed)
    this.store.zoom.leave()
    this.focus({ preventScroll: true })
  }

  readonly #handleKey = (event: KeyboardEvent) => {
    const command = commandOf(event)
    const figure = this.drawn?.figure
    if (command === undefined || figure === undefined) return
    if (command.to === 'leave') this.#handleEscape(event)
    else event.preventDefault()
    if (command.to === 'step') this.#step(command, figure)
    if (command.to === 'pin') this.#pin(figure)
    if (command.to === 'zoom') this.#zoom(figure)
    if (command.to === 'present') this.store.zoom.leave()
  }

  #step({ step, isRange }: Extract<Command, { to: 'step' }>, figure: Figure): void {
    const spot = nextSpot(figure, this.choice?.spot, step)
    if (spot === undefined) return
    this.#origin = isRange && isTimed(figure) ? (this.#origin ?? this.choice?.spot ?? spot) : undefined
    this.#choose(spot)
  }

  #pin(figure: Figure): void {
    const walked = this.#walked()
    const spot = this.choice?.spot ?? nextSpot(figure, undefined, { across: 0, down: 0 })
    if (walked !== undefined) this.#compose({ ...walked.spot, ...walked.range })
    else if (spot !== undefined) this.#compose(spot)
  }

  // Without a range half of what is shown, around the moment that is chosen.
  #zoom(figure: Figure): void {
    const spot = this.#origin ?? this.choice?.spot ?? wholeOf(figure)
    if (!isTimed(figure) || spot === undefined) return
    const { from, to } = figure
    const middle = this.choice?.spot.time ?? (from + to) / 2
    const quarter = (to - from) / 4
    const around = { time: Math.max(from, middle - quarter), timeEnd: Math.min(to, middle + quarter) }
    this.#zoomInto(spot, this.#walked()?.range ?? around)
  }

  #handleEscape(event: KeyboardEvent): void {
    const isBusy = this.choice !== undefined || this.#gesture.dragged !== undefined
    const isZoomed = this.store.zoom.part !== undefined
    this.#gesture.end()
    this.#forget()
    if (isBusy || isZoomed) event.stopPropagation()
    if (!isBusy && isZoomed) this.store.zoom.leave()
    else if (!isBusy) this.renderRoot.querySelector<HTMLElement>('.surface')?.blur()
  }

  readonly #handleBlur = () => {
    this.#forgetUnless(() => this.choice?.by !== 'keys' || this.matches(':focus-within'))
  }

  // Moved within the page it has the focus back at once, and goes on reading where it was.
  #forgetUnless(isBack: () => boolean): void {
    queueMicrotask(() => {
      if (!isBack()) this.#forget()
    })
  }

  #choose(spot: Spot): void {
    if (this.drawn === undefined) return
    this.#pointer = undefined
    this.choice = { spot, by: 'keys' }
    this.#pointAt(spot)
    const rows = spotRowsOf(this.store.state, this.chart, spot, this.drawn.figure, this.drawn.view)
    const walked = this.#walked()
    const name = spotName(this.store.state, this.chart, spot)
    this.said = walked !== undefined ? rangeSentence(name, walked.range) : rows === undefined ? '' : spotSentence(rows)
  }

  #zoomInto(spot: Spot, { time, timeEnd }: Range): void {
    this.#pointer = undefined
    this.#forget()
    this.store.zoom.into(spot, time, timeEnd, this.store.now())
  }

  #compose(spot: Spot): void {
    // What was chosen is in the composer: only a pointer that moves asks again.
    this.#pointer = undefined
    this.#forget()
    // The number that was chosen is the one that is meant, however long the message takes: its time goes along.
    const time = spot.time ?? evidenceOf(this.store.state, spot)?.time
    this.attention.compose(time === undefined ? spot : { ...spot, time })
  }

  #forget(): void {
    this.#origin = undefined
    this.#unpoint()
  }

  #unpoint(): void {
    this.choice = undefined
    this.said = ''
    this.#pointAt(undefined)
  }

  // Another chart may have pointed elsewhere since.
  #pointAt(spot: Spot | undefined): void {
    const { moment } = this.store
    const isTimedHere = this.drawn !== undefined && isTimed(this.drawn.figure)
    const time = isTimedHere ? spot?.time : undefined
    if (time !== undefined || moment.time === this.#moment) moment.point(time)
    this.#moment = time
  }

  #point(place: Place): void {
    this.#pointer = place
    const spot = this.drawn && spotAt(this.drawn.figure, place)
    const now = this.choice?.spot
    if (spot === undefined) this.#unpoint()
    else if (now === undefined || !isSame(spot, now) || this.choice?.by !== 'pointer') {
      this.choice = { spot, by: 'pointer' }
      this.#pointAt(spot)
    }
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

customElements.define('chart-chooser', ChartChooser)
