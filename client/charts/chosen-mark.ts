// Owns how a mark looks that is pointed at, or chosen by the keys: a cell, a row, or a dot.

import { type Figure, type HeatFigure, isOverTime, type Place, rowPx } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import type { Choice } from './spot-card.ts'

/** The mark at a place of a figure. The lines of a time chart have the cross-hair. */
export function chosenMark(figure: Figure, place: Place, by: Choice['by']): TemplateResult | typeof nothing {
  if (isOverTime(figure)) return nothing
  if (figure.kind === 'heat') return cell(figure, place)
  if (figure.kind === 'table') return row(place)
  return by === 'keys' ? dot(place) : nothing
}

function cell({ plot, columns, rows }: HeatFigure, { x, y }: Place): TemplateResult {
  const [width, height] = [plot.width / columns, plot.height / rows.length]
  return html`<i class="chosen-cell" .style=${`transform: translate(${x - width / 2}px, ${y - height / 2}px); width: ${width}px; height: ${height}px`}></i>`
}

function row({ y }: Place): TemplateResult {
  return html`<i class="chosen-row" .style=${`top: ${Math.floor(y / rowPx) * rowPx}px; height: ${rowPx}px`}></i>`
}

function dot({ x, y }: Place): TemplateResult {
  return html`<i class="chosen-dot" .style=${`transform: translate(${x}px, ${y}px)`}></i>`
}
