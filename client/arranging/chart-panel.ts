// Owns the panel beside the charts: one of them alive as it is now, what it says of itself, and what can be done with it.

import { type Chart, type ChartDraft, chartsOf } from '@chartroom/shared'
import type { Connection } from '@chartroom/shared/client'
import { html, LitElement, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import '../charts/chart-card.ts'
import { sizesOf } from '../charts/sizes.ts'
import notices from '../style/arrange-notices.css?inline'
import styles from '../style/chart-panel.css?inline'
import controls from '../style/controls.css?inline'
import { arrangingWords } from '../words/arranging.ts'
import { words } from '../words/words.ts'
import './arrange-notices.ts'
import './chart-fields.ts'
import type { Hand } from './hand.ts'
import type { ChosenEvent } from './metric-choice.ts'

/** The panel of the chart that a hand has open, or of one that is still to be. */
export class ChartPanel extends LitElement {
  static override styles = [controls, notices, styles].map(unsafeCSS)
  static override properties = { hand: { attribute: false }, connection: { attribute: false } }
  declare hand: Hand
  declare connection: Connection

  #undos: (() => void)[] = []
  #shown: string | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    const { hand } = this
    this.#undos = [hand.onChange(() => this.requestUpdate()), hand.store.onCharts(() => this.requestUpdate())]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    for (const undo of this.#undos) undo()
  }

  override render(): TemplateResult {
    const arranging = arrangingWords()
    const { draft } = this
    return html`<section aria-labelledby="heading" @keydown=${this.#handleKey}>
      <header>
        <h2 id="heading" tabindex="-1" dir="auto">${draft === undefined ? arranging.add : this.hand.titleOf(draft.id)}</h2>
        <button class="button" @click=${this.#close}>${arranging.close}</button>
      </header>
      <arrange-notices .hand=${this.hand} .connection=${this.connection}></arrange-notices>
      <div class="content">${draft === undefined ? this.#adding() : this.#editing(draft)}</div>
    </section>`
  }

  // Another chart is read from its head on.
  protected override updated(_changed: PropertyValues<this>): void {
    const { open } = this.hand
    const shown = open?.word === 'chart' ? open.id : open?.word
    if (shown === this.#shown) return
    this.#shown = shown
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
    this.renderRoot.querySelector('.content')?.scrollTo(0, 0)
  }

  get draft(): ChartDraft | undefined {
    const { open } = this.hand
    return open?.word === 'chart' ? this.hand.arranging.draft(open.id) : undefined
  }

  #adding(): TemplateResult {
    const { open, store } = this.hand
    if (open?.word === 'chart') return html`<p class="hint">${arrangingWords().gone}</p>`
    return html`<p class="hint">${arrangingWords().addHint}</p>
      <metric-choice .store=${store} .metrics=${[]} @chosen=${this.#handleMetrics}></metric-choice>`
  }

  #editing(draft: ChartDraft): TemplateResult {
    const { store } = this.hand
    const chart = resolved(draft, this.hand)
    const rows = Math.min(4, sizesOf([chart], 12)[0]?.rows ?? 4)
    return html`<div class="preview ${rows < 4 ? 'small' : ''}" inert>
        <chart-card .store=${store} .chart=${chart}></chart-card>
      </div>
      ${this.#mine(draft, chart)}
      <chart-fields .hand=${this.hand} .draft=${draft} .chart=${chart}></chart-fields>
      ${this.#foot(draft)}`
  }

  // Somebody who sees another kind by themselves would wonder why nothing happens.
  #mine({ id }: ChartDraft, { kind }: Chart): TemplateResult | undefined {
    const arranging = arrangingWords()
    const { charts } = words()
    const mine = this.hand.store.charts().find((chart) => chart.id === id)?.kind
    if (mine === undefined || mine === kind) return undefined
    const follow = () => this.hand.store.setKind(id, undefined)
    return html`<p class="hint">
      ${arranging.mine(charts.kinds[mine])} <button class="link" @click=${follow}>${arranging.asGroup}</button>
    </p>`
  }

  #foot({ id }: ChartDraft): TemplateResult {
    const arranging = arrangingWords()
    const place = this.hand.store.charts().findIndex((chart) => chart.id === id)
    const action = (text: string, handle: () => void) => html`<button class="button" @click=${handle}>${text}</button>`
    return html`<div class="actions" role="group" aria-label=${arranging.chart}>
      ${action(arranging.earlier, () => this.hand.moveTo(id, Math.max(0, place - 1)))}
      ${action(arranging.later, () => this.hand.moveTo(id, place + 1))}
      ${action(arranging.duplicate, () => this.hand.duplicate(id))}
      ${action(arranging.chartAsItCame, () => this.hand.asItCame(id))}
      ${action(arranging.removeChart, () => this.hand.remove(id))}
    </div>`
  }

  readonly #handleMetrics = ({ metrics }: ChosenEvent) => this.hand.add(metrics)

  readonly #close = () => this.hand.show(undefined)

  readonly #handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    this.#close()
  }
}

// As everybody sees it, whatever kind I see by myself.
function resolved(draft: ChartDraft, { store }: Hand): Chart {
  const { series } = store.state
  const [chart] = chartsOf({ series, board: { charts: [{ ...draft, revision: 0, author: '' }], others: 'hidden' } })
  return chart ?? { ...draft, kind: draft.kind ?? 'number', title: draft.title ?? draft.metrics.join(', ') }
}

customElements.define('chart-panel', ChartPanel)
