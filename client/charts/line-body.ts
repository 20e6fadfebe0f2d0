// Owns the text over a line chart: names and values at the lines' ends, gaps, and the scale bar.

import {
  formatQuantity,
  type Gap,
  type Line,
  type LineFigure,
  type TimeFigure,
  type View,
} from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { words } from '../words/words.ts'
import { scaleBar } from './scale-bar.ts'

const gapPx = 8
// Narrower than this a gap has no room for its words.
const wordsFromPx = 72

/** What is written over the lines. */
export function lineBody(figure: LineFigure, view: View): TemplateResult {
  const { lines, gaps, plot, from, to } = figure
  return html`${gaps.map((gap) => gapBox(gap, figure))}
    ${repeat(
      lines,
      ({ key }) => key,
      (line) => lineEnd(line, figure, view),
    )}
    ${scaleBar(from, to, { left: plot.left, top: plot.top + plot.height, width: plot.width })}`
}

function lineEnd(line: Line, { plot, unit, lines }: LineFigure, { width, locale }: View): TemplateResult {
  const { name, value, y, color, isSilent } = line
  const left = plot.left + plot.width + gapPx
  return html`<div
    class="end ${isSilent ? 'silent' : ''}"
    .style=${`left: ${left}px; top: ${y}px; max-width: ${width - left}px`}
  >
    ${lines.length === 1 ? nothing : html`<span class="name" dir="auto" .style=${`color: ${color.text}`}>${name}</span>`}
    <span class="value">${formatQuantity(value, unit, locale).brief}</span>
  </div>`
}

/** The hatching of a time without a value. */
export function gapBox(gap: Gap, { plot, from, to }: TimeFigure): TemplateResult {
  const pxPerMs = plot.width / (to - from)
  const width = (gap.to - gap.from) * pxPerMs
  const left = plot.left + (gap.from - from) * pxPerMs
  const style = `left: ${left}px; top: ${plot.top}px; width: ${width}px; height: ${plot.height}px`
  return html`<div class="gap" .style=${style}>
    ${width < wordsFromPx ? nothing : html`<span>${words().charts.noValue(words().age(gap.to - gap.from))}</span>`}
  </div>`
}
