// Owns the text over a line chart: gaps, and the scale bar. The names at the lines' ends are the legend's.

import type { Gap, LineFigure, TimeFigure, View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { words } from '../words/words.ts'
import { timeLines } from './limit-line.ts'
import { scaleBar } from './scale-bar.ts'

// Narrower than this a gap has no room for its words.
const wordsFromPx = 72

/** What is written over the lines. */
export function lineBody(figure: LineFigure, { locale }: View): TemplateResult {
  const { gaps, plot, from, to } = figure
  return html`${timeLines(figure, locale)}${gaps.map((gap) => gapBox(gap, figure))}
    ${scaleBar(from, to, { left: plot.left, top: plot.top + plot.height, width: plot.width })}`
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
