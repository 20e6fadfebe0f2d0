// Owns one chart on the page: its head, its body by kind, and when they change. Numbers and places are option's.

import type { Chart, Kind } from '@chartroom/shared'
import { type Figure, figureOf, formatQuantity, formatUnit, look, motionMs, type View } from '@chartroom/shared/option'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import type { GroupStore } from '../store.ts'
import styles from '../style/chart-card.css?inline'
import controls from '../style/controls.css?inline'
import sparkline from '../style/sparkline.css?inline'
import { words } from '../words/words.ts'
import { barBody } from './bar-body.ts'
import { freshnessOf } from './freshness.ts'
import { gaugeBody } from './gauge-body.ts'
import { glyph } from './glyph.ts'
import { kindChoiceOf } from './kind-choice.ts'
import { kindSwitch } from './kind-switch.ts'
import { lineBody } from './line-body.ts'
import { LiveChart } from './live-chart.ts'
import { numberBody } from './number-body.ts'
import { pieBody } from './pie-body.ts'
import { isMotionReduced, onPreferences, theme } from './preferences.ts'
import { scheduler } from './scheduler.ts'
import { watchStage } from './stage.ts'
import { summaryOf } from './summary.ts'
import { onSecond } from './ticker.ts'
import { windowMs } from './window.ts'

// Text that changes more often than this cannot be read.
const leastTextMs = 250
const leastSummaryMs = 5_000
// What was drawn for new numbers in this second needs no drawing for its age.
const agingMs = 900

/** What is on the page now: a figure, and the place that it was made for. */
interface Drawn {
  readonly figure: Figure
  readonly view: View
}

/** A chart of a group. The attribute `data-renders` counts what was drawn. */
export class ChartCard extends LitElement {
  static override styles = [controls, sparkline, styles].map(unsafeCSS)
  static override properties = {
    store: { attribute: false },
    chart: { attribute: false },
    written: { state: true },
    summary: { state: true },
  }
  declare store: GroupStore
  declare chart: Chart
  /** What the text over the chart says: the last figure but for what came too fast to be read. */
  declare written: Drawn | undefined
  declare summary: string

  readonly #job = { isOnScreen: false, render: () => this.#draw() }
  #undos: (() => void)[] = []
  #live: LiveChart | undefined
  #drawn: Drawn | undefined
  #width = 0
  #height = 0
  #renders = 0
  #writtenAt = 0
  #summaryAt = 0

  constructor() {
    super()
    this.summary = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // Moved within the page it was let go, and begins anew.
    if (this.hasUpdated) this.#follow()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#letGo()
    this.#live?.close()
    this.#live = undefined
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('store') || changed.has('chart')) this.#follow()
  }

  override render(): TemplateResult {
    const freshness = freshnessOf(this.store.state, this.chart.metric, this.store.now())
    return html`<figure class=${`${freshness.word} ${this.chart.kind}`} aria-labelledby="title" aria-describedby="summary">
      <figcaption>
        <h2 id="title" dir="auto">${this.chart.title}</h2>
        <span class="subtitle" dir="auto">${this.#subtitle()}</span>
        ${freshness.word === 'stale' ? flag(words().charts.lastValue(words().age(freshness.silentMs))) : nothing}
        ${kindSwitch(kindChoiceOf(this.store.state, this.chart), this.chart.kind, this.#choose)}
      </figcaption>
      <div class="body" aria-hidden="true">
        <div class="canvas"></div>
        <div class="text">${freshness.word === 'waiting' ? waiting() : this.#body()}</div>
      </div>
      <p id="summary" class="hidden">${freshness.word === 'waiting' ? words().charts.waiting : this.summary}</p>
    </figure>`
  }

  #body(): TemplateResult | typeof nothing {
    // It is drawn when it comes on screen.
    if (this.written === undefined) return nothing
    const { figure, view } = this.written
    switch (figure.kind) {
      case 'number':
        return numberBody(figure, view)
      case 'gauge':
        return gaugeBody(figure, view)
      case 'bar':
        return barBody(figure, view)
      case 'pie':
        return pieBody(figure, view)
      case 'line':
        return lineBody(figure, view)
      default:
        return figure satisfies never
    }
  }

  // A unit that stands at every value is not said again.
  #subtitle(): string {
    const figure = this.written?.figure
    if (figure === undefined || figure.kind === 'number' || figure.kind === 'gauge') return ''
    const { language, charts } = words()
    const unit = formatUnit(figure.unit, language)
    const isSaid =
      figure.kind === 'pie' || (figure.kind === 'bar' && formatQuantity(1, figure.unit, language).brief.endsWith(unit))
    const count = figure.kind === 'line' ? figure.lines.length : 0
    const drawn =
      figure.kind === 'line' && figure.hiddenCount > 0 ? charts.drawn(count, count + figure.hiddenCount) : ''
    return [isSaid ? '' : unit, drawn].filter((part) => part !== '').join(charts.comma)
  }

  readonly #choose = (kind: Kind | undefined) => this.store.setKind(this.chart.id, kind)

  #follow(): void {
    this.#letGo()
    const mark = () => scheduler.mark(this.#job)
    const body = this.renderRoot.querySelector('.body')
    this.#undos = [
      this.store.onMetric(this.chart.metric, mark),
      onPreferences(mark),
      onSecond(() => this.#age()),
      () => scheduler.drop(this.#job),
    ]
    if (body !== null)
      this.#undos.push(watchStage(body, { handleSize: this.#handleSize, handleScreen: this.#handleScreen }))
    mark()
  }

  #letGo(): void {
    for (const undo of this.#undos) undo()
    this.#undos = []
  }

  readonly #handleSize = (width: number, height: number) => {
    this.#width = width
    this.#height = height
    scheduler.mark(this.#job)
  }

  readonly #handleScreen = (isOnScreen: boolean) => {
    this.#job.isOnScreen = isOnScreen
    scheduler.wake()
  }

  // Time goes on without numbers: a line moves, and what is silent grows older.
  #age(): void {
    const drawnAt = this.#drawn?.view.now ?? Number.NEGATIVE_INFINITY
    if (this.store.now() - drawnAt >= agingMs || this.written !== this.#drawn) scheduler.mark(this.#job)
  }

  #draw(): void {
    if (this.#width === 0 || this.#height === 0) return
    const view = this.#view()
    const colors = look(theme())
    const figure = figureOf(this.chart, this.store.state, colors, view)
    this.#drawn = figure && { figure, view }
    if (figure === undefined || figure.kind === 'number') {
      this.#live?.close()
      this.#live = undefined
    } else if (!this.#canvas()?.show(figure, colors, view)) {
      this.#write()
      return
    }
    this.#write()
    this.#renders++
    this.dataset.renders = String(this.#renders)
  }

  #view(): View {
    const last = this.#drawn?.figure
    const isSame = last !== undefined && last.kind === this.chart.kind
    return {
      now: this.store.now(),
      windowMs,
      width: this.#width,
      height: this.#height,
      locale: words().language,
      motionMs: motionMs(this.store.replica.paceMs, isMotionReduced()),
      held: isSame && 'scale' in last ? last.scale : undefined,
    }
  }

  #canvas(): LiveChart | undefined {
    const element = this.renderRoot.querySelector<HTMLElement>('.canvas')
    if (element === null) return undefined
    this.#live ??= new LiveChart(element, () => scheduler.mark(this.#job))
    return this.#live
  }

  #write(): void {
    const now = performance.now()
    const isOther = this.written?.figure.kind !== this.#drawn?.figure.kind
    if (isOther || now - this.#writtenAt >= leastTextMs) {
      this.written = this.#drawn
      this.#writtenAt = now
    }
    if (this.#drawn !== undefined && (isOther || now - this.#summaryAt >= leastSummaryMs)) {
      this.summary = summaryOf(this.#drawn.figure, this.#drawn.view.locale)
      this.#summaryAt = now
    }
  }
}

function flag(text: string): TemplateResult {
  return html`<span class="flag" title=${text}>${glyph('clock')}<span>${text}</span></span>`
}

function waiting(): TemplateResult {
  return html`<p class="waiting">${words().charts.waiting}</p>`
}

customElements.define('chart-card', ChartCard)
