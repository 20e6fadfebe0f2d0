// Owns the text over an area chart: its total at the right end, gaps, and the scale bar. A stack's names are the legend's.

import { type AreaFigure, formatQuantity, isStack, type View } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'
import { gapBox } from './line-body.ts'
import { scaleBar } from './scale-bar.ts'

const gapPx = 8

/** What is written over the areas. */
export function areaBody(figure: AreaFigure, { width, locale }: View): TemplateResult {
  const { lines, gaps, plot, from, to, total, unit, y } = figure
  const left = plot.left + plot.width + gapPx
  const isSilent = lines.every((line) => line.isSilent)
  return html`${gaps.map((gap) => gapBox(gap, figure))}
    ${isStack(figure) ? zero(figure) : nothing}
    <div
      class="end ${isSilent ? 'silent' : ''}"
      .style=${`left: ${left}px; top: ${y}px; max-width: ${width - left}px`}
    >
      <span class="value">${formatQuantity(total, unit, locale).brief}</span>
    </div>
    ${scaleBar(from, to, { left: plot.left, top: plot.top + plot.height, width: plot.width })}`
}

// Between what goes up and what goes down, as between any two areas.
function zero({ plot, scale: { min, max } }: AreaFigure): TemplateResult | typeof nothing {
  if (min >= 0 || max <= 0) return nothing
  const top = plot.top + (plot.height * max) / (max - min)
  return html`<i class="zero" .style=${`left: ${plot.left}px; top: ${top}px; width: ${plot.width}px`}></i>`
}
