// Owns where the charts of a group stand on the page, and that they are seen to move there. A chart is the card's.

import { type Chart, type Size, seriesByMetric, seriesOf } from '@chartroom/shared'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Hand } from '../arranging/hand.ts'
import type { Attention } from '../attention.ts'
import '../charts/chart-card.ts'
import { neededRows } from '../charts/needed-rows.ts'
import { watchShift } from '../charts/shift.ts'
import { type GridColumns, sizesOf } from '../charts/sizes.ts'
import type { GroupStore } from '../store.ts'
import styles from '../style/chart-grid.css?inline'
import controls from '../style/controls.css?inline'
import { watchFocus } from './chart-focus.ts'

const medium = matchMedia('(max-width: 1199px)')
const narrow = matchMedia('(max-width: 759px)')

// A chart, its place in the order, from 0, and its size on this page's grid.
interface Placed {
  readonly chart: Chart
  readonly place: number
  readonly size: Size
}

const smallest: Size = { columns: 2, rows: 2 }

/** The charts of one group. While they are arranged each has a frame, and `hand` knows what is dragged. */
export class ChartGrid extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = {
    store: { attribute: false },
    attention: { attribute: false },
    hand: { attribute: false },
  }
  declare store: GroupStore
  declare attention: Attention
  /** Undefined while nobody arranges. */
  declare hand: Hand | undefined

  readonly #handleWidth = () => this.requestUpdate()
  #undos: (() => void)[] = []
  #unheld: (() => void) | undefined
  #columns: GridColumns = 12
  #charts: readonly Placed[] = []
  #arrangement = ''
  #shift: () => void = () => {}
  #keepFocus: (cards: readonly HTMLElement[]) => void = () => {}
  /** The order in the document while a chart is dragged: it must not be taken out under the finger. */
  #order: readonly string[] | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    for (const query of [medium, narrow]) query.addEventListener('change', this.#handleWidth)
    this.#undos = [
      this.store.onCharts(() => this.requestUpdate()),
      () => {
        for (const query of [medium, narrow]) query.removeEventListener('change', this.#handleWidth)
      },
    ]
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#unheld?.()
    for (const undo of this.#undos) undo()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('hand')) {
      this.#unheld?.()
      this.#unheld = this.hand?.onChange(() => this.requestUpdate())
    }
    const columns = gridColumns()
    const charts = this.hand?.shown(this.store.charts()) ?? this.store.charts()
    const sizes = this.#sizes(charts, columns)
    this.#arrange(charts.map((chart, place) => ({ chart, place, size: sizes[place] ?? smallest })))
    this.#columns = columns
  }

  override render(): TemplateResult {
    return html`<div class="charts of${this.#columns}">
      ${repeat(
        this.#inDocument(),
        ({ chart }) => chart.id,
        (placed) => this.#card(placed),
      )}
    </div>`
  }

  #card({ chart, place, size }: Placed): TemplateResult {
    const { hand } = this
    const order = this.#order === undefined ? '' : `order: ${place};`
    const frame = html`<chart-frame .chart=${chart} .place=${place} .count=${this.#charts.length} .hand=${hand}></chart-frame>`
    return html`<chart-card
      class=${hand?.stateOf(chart.id) ?? ''}
      .style=${`grid-column: span ${size.columns}; grid-row: span ${size.rows}; ${order}`}
      .store=${this.store}
      .chart=${chart}
      .attention=${this.attention}
      .isArranged=${hand !== undefined}
      >${hand === undefined ? nothing : frame}</chart-card
    >`
  }

  // Beside nothing, a chart would leave empty what it cannot fill; arranged it has the size that it is given.
  #sizes(charts: readonly Chart[], columns: GridColumns): readonly Size[] {
    const sizes = sizesOf(charts, columns)
    if (columns > 4 || this.hand !== undefined) return sizes
    const metrics = seriesByMetric(this.store.state)
    return charts.map((chart, at) => {
      const size = sizes[at] ?? smallest
      return { ...size, rows: Math.min(size.rows, neededRows(chart, seriesOf(metrics, chart).length)) }
    })
  }

  // By their order in the document while one is dragged, else by their place.
  #inDocument(): readonly Placed[] {
    if (this.hand?.id === undefined) this.#order = undefined
    else this.#order ??= this.store.charts().map(({ id }) => id)
    if (this.#order === undefined) return this.#charts
    const places = new Map(this.#order.map((id, at) => [id, at]))
    const placeOf = ({ chart, place }: Placed) => places.get(chart.id) ?? places.size + place
    return [...this.#charts].sort((one, other) => placeOf(one) - placeOf(other))
  }

  // Only what will stand otherwise than before is measured.
  #arrange(charts: readonly Placed[]): void {
    const arrangement = charts.map(({ chart, size }) => `${chart.id} ${size.columns} ${size.rows}`).join('\n')
    const cards = this.#cards
    const still = cards.filter((card) => this.hand?.corner === undefined || !card.classList.contains('moved'))
    const isOther = arrangement !== this.#arrangement || (this.#order !== undefined && still.length === cards.length)
    this.#shift = isOther ? watchShift(still) : () => {}
    this.#arrangement = arrangement
    this.#charts = charts
    this.#keepFocus = watchFocus(cards)
  }

  protected override updated(): void {
    this.#carry()
    const wanted = this.hand?.takeFocus()
    this.#cardOf(wanted ?? this.hand?.takeSight())?.scrollIntoView({ block: 'nearest' })
    this.#focus(wanted)
    this.#shift()
  }

  // Before the charts are seen to move: what is on its way would be looked for where it was.
  #focus(wanted: string | undefined): void {
    const frame = this.#cardOf(wanted)?.querySelector<HTMLElement>('chart-frame')
    if (frame) frame.focus({ preventScroll: true })
    else this.#keepFocus(this.#cards)
  }

  #cardOf(id: string | undefined): HTMLElement | undefined {
    const at = this.#inDocument().findIndex(({ chart }) => chart.id === id)
    return at < 0 ? undefined : this.#cards[at]
  }

  get #cards(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('chart-card')]
  }

  // The chart that is dragged goes with the pointer, wherever its place is by now.
  #carry(): void {
    const corner = this.hand?.corner
    for (const card of this.#cards) {
      const isCarried = corner !== undefined && card.classList.contains('moved')
      card.style.translate = isCarried ? `${corner.x - card.offsetLeft}px ${corner.y - card.offsetTop}px` : ''
    }
  }
}

function gridColumns(): GridColumns {
  if (narrow.matches) return 4
  return medium.matches ? 8 : 12
}

customElements.define('chart-grid', ChartGrid)
