// Owns a chart as a table that can be read aloud and copied: moments by series, or categories. Its numbers are option's.

import type { Chart } from '@chartroom/shared'
import {
  figureOf,
  formatExact,
  isTimed,
  type Sort,
  type TableFigure,
  type TimedFigure,
  type Twin,
  type TwinRow,
  twinOf,
  type View,
} from '@chartroom/shared/option'
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import '../copy-button.ts'
import { pageLook } from '../preferences.ts'
import type { GroupStore } from '../store.ts'
import controls from '../style/controls.css?inline'
import styles from '../style/table-twin.css?inline'
import { exactTimeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'
import './chart-table.ts'
import type { SortEvent } from './chart-table.ts'
import type { Drawn } from './drawn.ts'

/** A table as it is shown, and as it is copied. */
interface Sheet {
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly (readonly (string | number | null)[])[]
  readonly table: TemplateResult
}

/** The table twin of what is drawn. */
export class TableTwin extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = { store: { attribute: false }, chart: { attribute: false }, drawn: { attribute: false } }
  declare store: GroupStore
  declare chart: Chart
  declare drawn: Drawn | undefined

  #sort: Sort | undefined
  #table: TableFigure | undefined
  #moments: Twin | undefined
  /** Whether somebody reads it: its rows stay where they are. */
  #isRead = false

  /** Takes the focus, to be read and scrolled by keys. */
  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.scroller')?.focus())
  }

  override render(): TemplateResult | typeof nothing {
    if (this.drawn === undefined) return nothing
    const { figure, view } = this.drawn
    const { caption, heads, rows, table } = isTimed(figure) ? this.#timed(figure, view) : this.#listed(view)
    return html`<div class="top"><span>${caption}</span> <copy-button .text=${sheetOf([heads, ...rows])}></copy-button></div>
      <div
        class="scroller"
        role="region"
        tabindex="0"
        aria-label=${this.chart.title}
        @focusin=${this.#handleFocus}
        @focusout=${this.#handleFocus}
        @sort=${this.#handleSort}
      >
        ${table}
      </div>`
  }

  #timed(figure: TimedFigure, view: View): Sheet {
    const twin = this.#isRead && this.#moments !== undefined ? this.#moments : twinOf(figure)
    this.#moments = twin
    const heads = [words().twin.time, ...twin.columns.map(({ name }) => name ?? words().charts.others)]
    const write = (value: number | null) => formatExact(value, figure.unit, view.locale)
    return {
      caption: words().twin.caption(exactTimeOfDay(figure.from), exactTimeOfDay(figure.to)),
      heads,
      rows: twin.rows.map(({ time, values }) => [new Date(time).toISOString(), ...values]),
      table: momentsTable(this.chart.title, heads, twin.rows, write),
    }
  }

  // All rows find room, for it is scrolled.
  #listed(view: View): Sheet {
    const { title } = this.chart
    const held = this.#table?.order
    // What was ordered a moment ago keeps its order.
    const order = held && this.#isRead ? { ...held, since: view.now } : held
    const all = { ...view, height: Number.POSITIVE_INFINITY, hidden: undefined, sort: this.#sort, order }
    const figure = figureOf({ ...this.chart, kind: 'table' }, this.store.state, pageLook(), all)
    if (figure?.kind === 'table') this.#table = figure
    const { columns } = words().charts
    return {
      caption: words().connection.numbersOf(exactTimeOfDay(view.now)),
      heads: [columns.name, columns.value, columns.share],
      rows: this.#table?.rows.map(({ name, value, share }) => [name, value, share]) ?? [],
      table: html`<chart-table .figure=${this.#table} .view=${all} .name=${title}></chart-table>`,
    }
  }

  readonly #handleFocus = ({ type }: FocusEvent) => {
    this.#isRead = type === 'focusin'
  }

  readonly #handleSort = (event: SortEvent) => {
    event.stopPropagation()
    this.#sort = event.sort
    this.requestUpdate()
  }
}

function momentsTable(
  title: string,
  heads: readonly string[],
  rows: readonly TwinRow[],
  write: (value: number | null) => string,
): TemplateResult {
  return html`<table aria-label=${title}>
    <thead>
      <tr>
        ${heads.map((head) => html`<th scope="col" dir="auto">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${repeat(
        rows,
        ({ time }) => time,
        ({ time, values }) => html`<tr>
          <th scope="row">${exactTimeOfDay(time)}</th>
          ${values.map((value) => html`<td>${write(value)}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`
}

// As a spreadsheet takes it.
function sheetOf(rows: Sheet['rows']): string {
  return rows.map((cells) => cells.map((cell) => String(cell ?? '').replace(/\s+/g, ' ')).join('\t')).join('\n')
}

customElements.define('table-twin', TableTwin)
