// Owns how a range is drawn over a line chart: a bracket, and a tint down to the scale bar. Its place is option's.

import type { Anchor } from '@chartroom/shared/option'
import { html, nothing, type TemplateResult } from 'lit'

/** The bracket of a range; nothing for what is none. */
export function bracket(anchor: Anchor): TemplateResult | typeof nothing {
  if (anchor.on !== 'range') return nothing
  const { left, right, bottom, y } = anchor
  const style = `transform: translate(${left}px, ${y}px); width: ${right - left}px; height: ${bottom - y}px`
  return html`<i class="bracket" .style=${style}></i>`
}
