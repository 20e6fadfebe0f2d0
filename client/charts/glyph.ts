// Owns the small drawings of the charts: one for each kind, the shapes of warnings, and the clock of what is stale.

import type { Kind, Level } from '@chartroom/shared'
import { type SVGTemplateResult, svg } from 'lit'

/** What there is a drawing of. */
export type Glyph = Kind | Level | 'clock' | 'twin'

const paths: Readonly<Record<Glyph, string>> = {
  number: 'M5.5 3 4 13M11.5 3 10 13M3 6h10.5M2.5 10H13',
  line: 'M2 12 6 7l3.5 3L14 4',
  area: 'M2 13V9.5l4-4 3.5 3L14 4v9ZM5 13v-3M9.5 13v-2',
  bar: 'M3 3v10M3 4.5h9M3 8h6M3 11.5h3.5',
  pie: 'M8 2.5a5.5 5.5 0 1 0 5.5 5.5M8 2.5V8h5.5A5.5 5.5 0 0 0 8 2.5',
  gauge: 'M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5l2.5-3.5',
  table: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h11M6.5 3.5v9',
  heat: 'M3 3h4v4H3ZM9 3h4v4H9ZM3 9h4v4H3ZM9 9h4v4H9ZM9 11h4M11 9v4',
  warn: 'M8 3 14 13H2Z',
  crit: 'M8 2 14 8 8 14 2 8Z',
  twin: 'M3 3h10v10H3ZM3 6.5h10M7 6.5V13',
  clock: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 1 0 0-11M8 5v3l2 1.5',
}

/** A drawing of 16 px in the colour of the text around it. */
export function glyph(name: Glyph): SVGTemplateResult {
  return svg`<svg class="glyph ${name}" viewBox="0 0 16 16" aria-hidden="true"><path d=${paths[name]} /></svg>`
}
