// Owns one chart on the page: its head, its body by kind, and when they change. Numbers and places are option's.

import type { Chart, PinDraft } from '@chartroom/shared'
import {
  figureOf,
  isNamed,
  isOf,
  isOnCanvas,
  legendKeyOf,
  type Sort,
  type Spot,
  wallLook,
} from '@chartroom/shared/option'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { Attention, type Journey } from '../attention.ts'
import { Part } from '../part.ts'
import { onPreferences, pageLook } from '../preferences.ts'
import type { GroupStore } from '../store.ts'
import styles from '../style/chart-card.css?inline'
import wallStyles from '../style/chart-wall.css?inline'
import controls from '../style/controls.css?inline'
import limits from '../style/limits.css?inline'
import sparkline from '../style/sparkline.css?inline'
import { words } from '../words/words.ts'
import { bodyOf } from './body.ts'
import { chartHead } from './chart-head.ts'
import type { SortEvent } from './chart-table.ts'
import type { ChartChooser } from './chooser.ts'
import type { Drawn } from './drawn.ts'
import { freshnessOf } from './freshness.ts'
import type { HideEvent } from './legend.ts'
import { LiveChart } from './live-chart.ts'
import { watchLooks } from './look-watch.ts'
import { lookersOf } from './lookers.ts'
import { type PinLog, pinLogOf } from './pin-log.ts'
import type { ChartPins } from './pins.ts'
import { scheduler } from './scheduler.ts'
import { watchStage } from './stage.ts'
import { stride } from './stride.ts'
import { summaryOf } from './summary.ts'
import type { TableTwin } from './table-twin.ts'
import { onSecond } from './ticker.ts'
import { watchTwinKey } from './twin-key.ts'
import { viewOf } from './view-of.ts'
import { Writing } from './writing.ts'

// What was drawn for new numbers in this second needs no drawing for its age; on a page that cannot keep up, in its pace.
const agingMs = 900
const agingPart = 0.9

// Nobody points at a chart before it is drawn.
const layers = new Part(() => import('./layers.ts'))
const twin = new Part(() => import('./table-twin.ts'))

/** A chart of a group. The attribute `data-renders` counts what was drawn; `drawn` is dispatched by the first canvas. */
export class ChartCard extends LitElement {
  static override styles = [controls, sparkline, styles, limits, wallStyles].map(unsafeCSS)
  static override properties = {
    store: { attribute: false },
    chart: { attribute: false },
    attention: { attribute: false },
    wall: { type: Boolean },
    isTwin: { state: true },
    isArranged: { type: Boolean, attribute: 'arranged', reflect: true },
    written: { state: true },
    summary: { state: true },
  }
  declare store: GroupStore
  declare chart: Chart
  /** The page's; a card that stands alone has one of its own. */
  declare attention: Attention
  /** Whether it hangs on a wall: large, and nobody is there to point at it. */
  declare wall: boolean
  /** Whether it is shown as a table that can be read aloud. */
  declare isTwin: boolean
  /** Whether it is being arranged: what is in it rests, and its child, the frame over it, takes pointer and keys. */
  declare isArranged: boolean
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
  readonly #writing = new Writing()
  #pinLog: PinLog | undefined
  #composed: PinDraft | undefined
  #looked = ''
  /** By what the reader wants the table sorted. */
  #sort: Sort | undefined
  /** The pin that the reader is brought to, until it is drawn. */
  #arriving: number | undefined

  constructor() {
    super()
    this.wall = false
    this.isTwin = false
    this.isArranged = false
    this.summary = ''
    this.attention = new Attention()
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.hasUpdated) this.#follow()
  }

  // Moved within the page it is back at once, and keeps what is drawn.
  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#letGo()
    queueMicrotask(() => {
      if (this.isConnected) return
      this.#live?.close()
      this.#live = undefined
    })
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('store') || changed.has('chart') || changed.has('attention')) this.#follow()
  }

  override render(): TemplateResult {
    const { store, chart, attention } = this
    const freshness = freshnessOf(store.state, chart.metrics, store.now())
    const level = freshness.word === 'current' ? (this.written?.figure.passed?.level ?? '') : ''
    // A table is read by itself; the other texts are of a picture, which the summary tells.
    const isRead = this.written?.figure.kind === 'table'
    const isTwin = this.isTwin && !isRead
    const hasLayers = this.#renders > 0 && layers.isHere(this.#handlePart)
    const tools = hasLayers
      ? html`<chart-tools .store=${store} .chart=${chart} .drawn=${this.written} .isTwin=${isRead ? undefined : isTwin} @twin=${this.#toggleTwin}></chart-tools>`
      : nothing
    return html`<figure class=${`${freshness.word} ${chart.kind} ${level}`} aria-labelledby="title" aria-describedby="summary" ?inert=${this.isArranged}>
      ${chartHead(chart.title, this.written, freshness, this.#lookers(), tools)}
      <div class="body" ?inert=${this.wall}>
        <div class="canvas" aria-hidden="true"></div>
        <div class="text" aria-hidden=${isRead ? nothing : 'true'} @sort=${this.#handleSort}>${freshness.word === 'waiting' ? waiting() : this.#body()}</div>
        ${hasLayers ? html`<chart-chooser .store=${store} .chart=${chart} .attention=${attention} .drawn=${this.#drawn} ?inert=${isTwin}></chart-chooser>` : nothing}
        ${hasLayers ? html`<chart-legend .drawn=${this.written} .leftOut=${store.hidden.of(chart.id)} ?inert=${isTwin} @hide=${this.#handleHide}></chart-legend>` : nothing}
        ${hasLayers ? html`<chart-pins .chart=${chart} .attention=${attention} .drawn=${this.#drawn} .log=${this.#log} .hasTags=${this.#isFirstLine()} ?inert=${isTwin}></chart-pins>` : nothing}
        ${isTwin && twin.isHere(this.#handlePart) ? html`<table-twin .store=${store} .chart=${chart} .drawn=${this.written} @keydown=${this.#handleTwinKey}></table-twin>` : nothing}
      </div>
      <p id="summary" class="hidden">${freshness.word === 'waiting' ? words().charts.waiting : this.summary}</p>
    </figure>
    <slot></slot>`
  }

  // It is drawn when it comes on screen.
  #body(): TemplateResult | typeof nothing {
    if (this.written === undefined) return nothing
    const pinned = [...this.#log.pins.map(({ pin }) => pin), ...(this.#composed === undefined ? [] : [this.#composed])]
    return bodyOf(this.written, this.chart.title, (series) => pinned.some((pin) => isOf(pin, series)), this.#handlePart)
  }

  #lookers(): readonly string[] {
    const { people, name } = this.store.replica
    return lookersOf(people.people, this.chart.metrics, name)
  }

  get #log(): PinLog {
    this.#pinLog ??= pinLogOf(this.store.state.talk.annotations, this.chart.metrics)
    return this.#pinLog
  }

  #isFirstLine(): boolean {
    return this.store.charts().find(({ kind }) => kind === 'line' || kind === 'area')?.id === this.chart.id
  }

  readonly #handlePart = () => {
    this.requestUpdate()
    scheduler.mark(this.#job)
  }

  readonly #handleSort = ({ sort }: SortEvent) => {
    this.#sort = sort
    this.#redraw()
  }

  readonly #handleHide = ({ keys }: HideEvent) => {
    this.store.hidden.set(this.chart.id, keys)
    this.#redraw()
  }

  // The focus goes along, to what is shown instead.
  readonly #toggleTwin = async () => {
    if (this.wall) return
    const hadFocus = this.renderRoot.querySelector('.body')?.matches(':focus-within') === true
    this.isTwin = !this.isTwin
    if (this.isTwin) await twin.come()
    await this.updateComplete
    if (hadFocus)
      this.renderRoot.querySelector<TableTwin | ChartChooser>('table-twin, chart-chooser:not([inert])')?.focus()
  }

  readonly #handleTwinKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    void this.#toggleTwin()
  }

  #follow(): void {
    this.#letGo()
    const mark = () => scheduler.mark(this.#job)
    const body = this.renderRoot.querySelector('.body')
    this.#undos = [
      ...this.chart.metrics.map((metric) => this.store.onMetric(metric, mark)),
      this.store.onTalk(this.#handleLog),
      this.store.onPeople(this.#handlePeople),
      this.attention.onChange(this.#handleAttention),
      this.attention.onTravel(this.#handleTravel),
      watchTwinKey(this, this.#toggleTwin),
      watchLooks(this, this.attention, this.chart.metrics[0] ?? this.chart.id),
      this.store.zoom.onChange(this.#redraw),
      this.store.moment.onChange(this.#handleMoment),
      onPreferences(this.#redraw),
      onSecond(() => this.#age()),
      () => scheduler.drop(this.#job),
    ]
    if (body !== null)
      this.#undos.push(watchStage(body, { handleSize: this.#handleSize, handleScreen: this.#handleScreen }))
    mark()
  }

  readonly #handleLog = () => {
    this.#pinLog = undefined
    this.requestUpdate()
  }

  readonly #handlePeople = () => {
    const names = this.#lookers().join('\n')
    if (names !== this.#looked) this.requestUpdate()
    this.#looked = names
  }

  // The other marks are dimmed while one of this chart's is written about.
  readonly #handleAttention = () => {
    const { pin } = this.attention
    const composed = pin !== undefined && this.chart.metrics.includes(pin.metric) ? pin : undefined
    if (composed === this.#composed) return
    this.#composed = composed
    this.#redraw()
  }

  readonly #handleTravel = ({ to, id }: Journey) => {
    const pinned = this.#log.pins.find((one) => one.id === id)
    const first = pinned && this.store.charts().find(({ metrics }) => metrics.includes(pinned.pin.metric))
    if (to !== 'pin' || pinned === undefined || first?.id !== this.chart.id) return
    this.#takeIn(pinned.pin)
    this.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    this.#arriving = id
    scheduler.mark(this.#job)
  }

  // Whoever is brought to a pin wants to see on what it is.
  #takeIn(pin: Spot): void {
    const figure = this.#drawn?.figure
    const series = figure?.members.find((one) => isOf(pin, one))
    if (figure === undefined || series === undefined || !isNamed(figure)) return
    this.store.hidden.takeIn(this.chart.id, legendKeyOf(figure, series))
  }

  // A pointer on one chart must cost nothing for those that nobody sees.
  readonly #handleMoment = () => {
    if (this.#job.isOnScreen) this.renderRoot.querySelector<ChartChooser>('chart-chooser')?.requestUpdate()
  }

  // What the reader changes is written at once: a choice, a language, a part of the past.
  readonly #redraw = () => {
    this.#writing.hurry()
    scheduler.mark(this.#job)
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
    const dueMs = stride.isSlowed ? Math.max(agingMs, stride.paceMs * agingPart) : agingMs
    if (this.store.now() - drawnAt >= dueMs || this.written !== this.#drawn) scheduler.mark(this.#job)
    if (this.summary === '' && !this.#job.isOnScreen) this.#describe()
  }

  // Who reads without seeing comes to what is not scrolled to: it is reckoned once, and drawn when it is seen.
  #describe(): void {
    if (this.#width === 0 || this.#height === 0) return
    const place = { width: this.#width, height: this.#height, wall: this.wall, sort: undefined, chosen: undefined }
    const view = viewOf(this.store, this.chart, undefined, place)
    const figure = figureOf(this.chart, this.store.state, pageLook(), view)
    this.summary = figure === undefined ? '' : summaryOf(figure, view.locale)
  }

  #draw(): void {
    if (this.#width === 0 || this.#height === 0) return
    const view = viewOf(this.store, this.chart, this.#drawn, {
      width: this.#width,
      height: this.#height,
      wall: this.wall,
      sort: this.#sort,
      chosen: this.#composed,
    })
    const colors = this.wall ? wallLook(pageLook()) : pageLook()
    const figure = figureOf(this.chart, this.store.state, colors, view)
    this.#drawn = figure && { figure, view }
    if (figure === undefined || !isOnCanvas(figure)) {
      this.#live?.close()
      this.#live = undefined
    } else if (!this.#canvas()?.show(figure, colors, view)) {
      this.#write()
      return
    }
    this.#write()
    this.#overlay()
    this.#renders++
    this.dataset.renders = String(this.#renders)
    if (this.#renders === 1 && this.#live !== undefined)
      this.dispatchEvent(new Event('drawn', { bubbles: true, composed: true }))
  }

  // In the same frame: a pin never stands where its mark was.
  #overlay(): void {
    const pins = this.renderRoot.querySelector<ChartPins>('chart-pins')
    const chooser = this.renderRoot.querySelector<ChartChooser>('chart-chooser')
    if (pins === null || chooser === null) return
    pins.drawn = this.#drawn
    chooser.drawn = this.#drawn
    if (this.#arriving !== undefined) void pins.arriveAt(this.#arriving)
    this.#arriving = undefined
  }

  #canvas(): LiveChart | undefined {
    const element = this.renderRoot.querySelector<HTMLElement>('.canvas')
    if (element === null) return undefined
    this.#live ??= new LiveChart(element, () => scheduler.mark(this.#job))
    return this.#live
  }

  #write(): void {
    this.#writing.follow(this.#drawn, performance.now())
    this.written = this.#writing.written
    this.summary = this.#writing.summary
  }
}

function waiting(): TemplateResult {
  return html`<p class="waiting">${words().charts.waiting}</p>`
}

customElements.define('chart-card', ChartCard)
