// Owns where a small box beside a place of a chart stands: within the chart's width, below the place or above it.

import type { Place, View } from '@chartroom/shared/option'
import { html, type TemplateResult } from 'lit'

const widthPx = 220
// From the place to the box: beside the time below a cross-hair, and above a pin's drop.
const asidePx = 32
const belowPx = 12
const abovePx = 34

/** A place of less px from a chart's left has no room for a whole box at its left. */
export const leastLeftPx = asidePx + widthPx

/** Whether a box beside a place of a chart that is `width` px wide stands at its left. */
export function isBoxLeft(x: number, width: number): boolean {
  const boxPx = Math.min(widthPx, width)
  return x + asidePx + boxPx > width && x - asidePx - boxPx >= 0
}

/** A box with this content. In the lower part of a chart it stands above its place. */
export function popover({ x, y }: Place, { width, height }: View, content: TemplateResult): TemplateResult {
  const boxPx = Math.min(widthPx, width)
  const isLeft = isBoxLeft(x, width)
  const left = isLeft ? x - asidePx - boxPx : Math.max(0, Math.min(x + asidePx, width - boxPx))
  const side = y > height * 0.6 && height > 140 ? `bottom: ${height - y + abovePx}px` : `top: ${y + belowPx}px`
  return html`<div class="popover" .style=${`left: ${left}px; width: ${boxPx}px; ${side}`}>${content}</div>`
}
