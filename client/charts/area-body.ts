// Owns the text over an area chart: its total at the right end, gaps, and the scale bar. A stack's names are the legend's.

import { type AreaFigure, formatQuantity, type View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { timeLines } from './limit-line.ts'
import { gapBox } from './line-body.ts'
import { scaleBar } from './scale-bar.ts'

const gapPx = 8

/** What is written over the areas. */
export function areaBody(figure: AreaFigure, { width, locale }: View): TemplateResult {
  const { lines, gaps, plot, from, to, total, unit, y, isStacked } = figure
  const left = plot.left + plot.width + gapPx
  const isSilent = lines.every((line) => line.isSilent)
  const ends = isStacked || lines.length === 1 ? [{ value: total, unit, y, isSilent }] : lines
  return html`${timeLines(figure, locale)}${gaps.map((gap) => gapBox(gap, figure))}
    ${isStacked ? zero(figure) : nothing}
    ${ends.map(
      (end) => html`<div
        class="end ${end.isSilent ? 'silent' : ''}"
        .style=${`left: ${left}px; top: ${end.y}px; max-width: ${width - left}px`}
      >
        <span class="value">${formatQuantity(end.value, end.unit, locale).brief}</span>
      </div>`,
    )}
    ${scaleBar(from, to, { left: plot.left, top: plot.top + plot.height, width: plot.width })}`
}

// Between what goes up and what goes down, as between any two areas.
function zero({ plot, scale: { min, max } }: AreaFigure): TemplateResult | typeof nothing {
  if (min >= 0 || max <= 0) return nothing
  const top = plot.top + (plot.height * max) / (max - min)
  return html`<i class="zero" .style=${`left: ${plot.left}px; top: ${top}px; width: ${plot.width}px`}></i>`
}
