// Owns the cross-hair of a time chart: the moment pointed at on any chart of the group, and what the lines say then.

import {
  columnOf,
  formatQuantity,
  type HeatFigure,
  isOverTime,
  isTimed,
  momentOf,
  type Reading,
  readingsAt,
  type TimedFigure,
  type TimeFigure,
  type View,
} from '@chartroom/shared/option'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import type { Moment } from '../moment.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/crosshair.css?inline'
import { exactTimeOfDay } from '../words/clock.ts'
import type { Drawn } from './drawn.ts'
import { isBoxLeft } from './popover.ts'
import { scaleBarOf } from './scale-bar.ts'

// The tag with the time, and a label of the scale bar: px.
const tagPx = 56
const labelPx = 30
// Nearer than this to the plot's right edge there is no room for words at the right.
const wordsPx = 64

/** The cross-hair over one chart. A chart that nobody sees has none. */
export class ChartCrosshair extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = {
    moment: { attribute: false },
    drawn: { attribute: false },
    hasBox: { attribute: false },
  }
  declare moment: Moment
  declare drawn: Drawn | undefined
  /** Whether a box with the choice stands beside it here: the values make room. */
  declare hasBox: boolean

  /** Off screen nothing is drawn, and it says nothing when it comes back: the pointer is elsewhere by then. */
  isOnScreen = false
  #undo: (() => void) | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo?.()
    this.#undo = undefined
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('moment') && this.#undo !== undefined) return
    this.#undo?.()
    this.#undo = this.moment.onChange(() => {
      if (this.isOnScreen) this.requestUpdate()
    })
  }

  override render(): TemplateResult | typeof nothing {
    const { time } = this.moment
    if (time === undefined || this.drawn === undefined) return nothing
    const { figure, view } = this.drawn
    if (!isTimed(figure) || time < figure.from || time > figure.to) return nothing
    return html`<div aria-hidden="true">${
      isOverTime(figure) ? this.#lines(figure, view, time) : column(figure, time)
    }</div>`
  }

  #lines(figure: TimeFigure, view: View, time: number): TemplateResult {
    const { plot } = figure
    const { x } = momentOf(figure, undefined, time)
    const isLeft = this.hasBox ? !isBoxLeft(x, view.width) : x + wordsPx > plot.left + plot.width
    return html`<i
        class="crosshair"
        .style=${`transform: translate(${x}px, ${plot.top}px); height: ${plot.height}px`}
      ></i>
      ${readingsAt(figure, time).map((reading) => words(reading, figure.unit, view, isLeft))}${tag(figure, x, time)}`
  }
}

function words({ x, y, wordsY, value, color }: Reading, unit: string | undefined, view: View, isLeft: boolean) {
  return html`<i class="dot" .style=${`transform: translate(${x}px, ${y}px); background: ${color.mark}`}></i
    ><span class="reading ${isLeft ? 'left' : ''}" .style=${`transform: translate(${x}px, ${wordsY}px)`}
      ><b>${formatQuantity(value, unit, view.locale).brief}</b></span
    >`
}

// On a heat map a moment is a column.
function column(figure: HeatFigure, time: number): TemplateResult {
  const { plot, columns } = figure
  const width = plot.width / columns
  const left = plot.left + columnOf(figure, time) * width
  return html`<i
      class="column"
      .style=${`transform: translate(${left}px, ${plot.top}px); width: ${width}px; height: ${plot.height}px`}
    ></i
    >${tag(figure, left + width / 2, time)}`
}

// Labels of the scale bar that it would cut are covered whole.
function tag({ plot, from, to }: TimedFigure, x: number, time: number): TemplateResult {
  const foot = plot.top + plot.height
  const cut = scaleBarOf(from, to, plot.width).labels.filter(
    ({ left }) => Math.abs(plot.left + left - x) < (tagPx + labelPx) / 2,
  )
  return html`${cut.map(
    ({ left }) => html`<i class="cover" .style=${`transform: translate(${plot.left + left}px, ${foot}px)`}></i>`,
  )}<span class="time" .style=${`transform: translate(${x}px, ${foot}px)`}>${exactTimeOfDay(time)}</span>`
}

customElements.define('chart-crosshair', ChartCrosshair)
