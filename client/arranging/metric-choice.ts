// Owns choosing the metrics of a chart: those it has, and those of the group that it may have, found by their words.

import { limits, type Series, said, seriesByMetric } from '@chartroom/shared'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/metric-choice.css?inline'
import { arrangingWords } from '../words/arranging.ts'

/** Tells which metrics were chosen. */
export class ChosenEvent extends Event {
  readonly metrics: readonly string[]

  constructor(metrics: readonly string[]) {
    super('chosen')
    this.metrics = metrics
  }
}

/** The metrics of one chart. Dispatches `chosen`; the last one cannot be taken away. */
export class MetricChoice extends LitElement {
  static override styles = [unsafeCSS(controls), unsafeCSS(styles)]
  static override properties = {
    store: { attribute: false },
    metrics: { attribute: false },
    query: { state: true },
  }
  declare store: GroupStore
  declare metrics: readonly string[]
  declare query: string

  #undo: () => void = () => {}

  constructor() {
    super()
    this.metrics = []
    this.query = ''
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#undo = this.store.onCharts(() => this.requestUpdate())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#undo()
  }

  override render(): TemplateResult {
    const arranging = arrangingWords()
    const all = seriesByMetric(this.store.state)
    const isFull = this.metrics.length >= limits.maxChartMetrics
    return html`<div class=${this.metrics.length === 0 ? 'first' : ''} role="group" aria-labelledby="heading">
      <h3 id="heading">${arranging.metrics}</h3>
      <ul class="chosen">
        ${this.metrics.map((metric) => this.#chosen(metric, all.get(metric) ?? []))}
      </ul>
      ${isFull ? html`<p class="hint">${arranging.metricsFull(limits.maxChartMetrics)}</p>` : this.#more(all)}
    </div>`
  }

  #chosen(metric: string, series: readonly Series[]): TemplateResult {
    const name = said(series, 'title') ?? metric
    const isLast = this.metrics.length === 1
    return html`<li>
      <span class="name" dir="auto">${name}</span>
      ${isLast ? nothing : html`<button class="link" aria-label=${arrangingWords().takeAway(name)} @click=${() => this.#choose(this.metrics.filter((one) => one !== metric))}>${arrangingWords().remove}</button>`}
    </li>`
  }

  #more(all: ReadonlyMap<string, readonly Series[]>): TemplateResult {
    const arranging = arrangingWords()
    const found = [...all].filter(([metric, series]) => this.#isFound(metric, said(series, 'title') ?? metric))
    return html`<input
        type="search"
        aria-label=${arranging.findMetric}
        placeholder=${arranging.findMetric}
        autocomplete="off"
        .value=${this.query}
        @input=${this.#handleInput}
        @keydown=${(event: KeyboardEvent) => this.#handleKey(event, found[0]?.[0])}
      />
      <ul class="found">
        ${found.map(([metric, series]) => this.#offer(metric, series))}
      </ul>
      <p class="hint" role="status">${found.length === 0 ? arranging.noMetric : ''}</p>`
  }

  #offer(metric: string, series: readonly Series[]): TemplateResult {
    const isHidden = this.store.board?.hidden?.includes(metric) === true
    return html`<li>
      <button class="offer" @click=${() => this.#choose([...this.metrics, metric])}>
        <span aria-hidden="true">+</span>
        <span class="name" dir="auto">${said(series, 'title') ?? metric}</span>
        ${isHidden ? html`<span class="hint">${arrangingWords().hidden}</span>` : nothing}
      </button>
    </li>`
  }

  #isFound(metric: string, title: string): boolean {
    const text = `${metric} ${title}`.toLowerCase()
    return (
      !this.metrics.includes(metric) &&
      this.query
        .toLowerCase()
        .split(/\s+/)
        .every((word) => text.includes(word))
    )
  }

  readonly #handleInput = (event: Event) => {
    if (event.currentTarget instanceof HTMLInputElement) this.query = event.currentTarget.value
  }

  // Enter takes the first of those that were looked for.
  #handleKey(event: KeyboardEvent, first: string | undefined): void {
    if (event.key !== 'Enter' || event.isComposing || this.query.trim() === '' || first === undefined) return
    event.preventDefault()
    this.#choose([...this.metrics, first])
  }

  #choose(metrics: readonly string[]): void {
    this.query = ''
    this.dispatchEvent(new ChosenEvent(metrics))
  }
}

customElements.define('metric-choice', MetricChoice)
