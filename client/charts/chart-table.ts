// Owns the table of a chart: heads that sort, rows that change places calmly. What stands in it is option's.

import {
  type Column,
  formatQuantity,
  formatShare,
  rowPx,
  type Sort,
  type TableFigure,
  type TableRow,
  type View,
  valueIn,
} from '@chartroom/shared/option'
import { html, LitElement, nothing, type PropertyValues, type TemplateResult, unsafeCSS } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { isMotionReduced } from '../preferences.ts'
import styles from '../style/chart-table.css?inline'
import controls from '../style/controls.css?inline'
import { words } from '../words/words.ts'
import { changeText } from './change.ts'
import { glyph } from './glyph.ts'

const reorderMs = 250

/** Somebody wants a table sorted otherwise. */
export class SortEvent extends Event {
  readonly sort: Sort

  constructor(sort: Sort) {
    super('sort', { bubbles: true, composed: true })
    this.sort = sort
  }
}

/** A figure as a table that can be read aloud. Dispatches `sort`. */
export class ChartTable extends LitElement {
  static override styles = [controls, styles].map(unsafeCSS)
  static override properties = {
    figure: { attribute: false },
    view: { attribute: false },
    name: { attribute: false },
  }
  declare figure: TableFigure
  declare view: View
  /** What the table is of. */
  declare name: string

  override render(): TemplateResult {
    const { rows, columns, hiddenCount } = this.figure
    // The names have what the others leave: less than was reckoned where a scroll bar takes room.
    return html`<table aria-label=${this.name}>
        <colgroup>
          ${columns.map(({ column, px }) => html`<col .style=${column === 'name' ? '' : `width: ${px}px`} />`)}
        </colgroup>
        <thead>
          <tr>
            ${columns.map(({ column }) => this.#head(column))}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            rows,
            ({ key }) => key,
            (row) => this.#row(row),
          )}
        </tbody>
      </table>
      ${hiddenCount === 0 ? nothing : html`<p class="more">${words().charts.more(hiddenCount)}</p>`}`
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('figure')
    if (before !== undefined && !isMotionReduced()) this.#glide(before)
  }

  #head(column: Column): TemplateResult {
    const { sort } = this.figure.order
    const way = sort.column === column ? (sort.isDescending ? 'descending' : 'ascending') : undefined
    return html`<th scope="col" class=${column} aria-sort=${way ?? nothing}>
      <button @click=${() => this.#sortBy(column)}>
        <span dir="auto">${this.#label(column)}</span>${way === undefined ? nothing : arrow(way)}
      </button>
    </th>`
  }

  #label(column: Column): string {
    const { columns, within, change } = words().charts
    const { labelled } = this.figure
    // The label of whoever gave none is called category.
    if (column === 'name') return labelled === '' || labelled === 'category' ? columns.name : labelled
    return column === 'change' ? change(within(words().length(this.view.windowMs))) : columns[column]
  }

  #row(row: TableRow): TemplateResult {
    const state = [row.isSilent ? 'silent' : '', row.isDimmed ? 'dimmed' : ''].join(' ')
    return html`<tr class=${state}>
      ${this.figure.columns.map(({ column }) =>
        column === 'name' ? html`<th scope="row" dir="auto">${row.name}</th>` : this.#cell(row, column),
      )}
    </tr>`
  }

  #cell(row: TableRow, column: Column): TemplateResult {
    const isSorting = this.figure.order.sort.column === column
    return html`<td class=${column}>
      <div>
        ${isSorting ? html`<i><b .style=${`width: ${row.bar * 100}%; background: ${row.color.mark}`}></b></i>` : nothing}
        ${column === 'value' && row.level !== undefined ? html`<em class=${row.level} title=${row.level}>${glyph(row.level)}</em>` : nothing}<span>${this.#text(row, column)}</span>
      </div>
    </td>`
  }

  #text(row: TableRow, column: Column): string {
    const value = valueIn(row, column)
    const { unit } = row
    const { locale } = this.view
    if (column === 'share') return value === null ? '–' : formatShare(value)
    if (column === 'change') return value === null ? '–' : changeText(value, unit, locale)
    return formatQuantity(value, unit, locale).brief
  }

  // A name is looked for from its begin, a number from the greatest down.
  #sortBy(column: Column): void {
    const { sort } = this.figure.order
    const isDescending = sort.column === column ? !sort.isDescending : column !== 'name'
    this.dispatchEvent(new SortEvent({ column, isDescending }))
  }

  // Each row begins where it was and goes to where it is.
  #glide({ rows: before }: TableFigure): void {
    const places = new Map(before.map(({ key }, place) => [key, place]))
    const lines = this.renderRoot.querySelectorAll('tbody tr')
    for (const [place, { key }] of this.figure.rows.entries()) {
      const moved = ((places.get(key) ?? place) - place) * rowPx
      if (moved === 0) continue
      lines[place]?.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], {
        duration: reorderMs,
        easing: 'cubic-bezier(0.215, 0.61, 0.355, 1)',
      })
    }
  }
}

function arrow(way: 'ascending' | 'descending'): TemplateResult {
  const path = way === 'descending' ? 'm2 4 4 4 4-4' : 'm2 8 4-4 4 4'
  return html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d=${path} /></svg>`
}

customElements.define('chart-table', ChartTable)
