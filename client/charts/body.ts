// Owns which text stands over which kind of chart; the texts are each kind's own.

import { html, nothing, type TemplateResult } from 'lit'
import { Part } from '../part.ts'
import type { IsPinned } from './bar-body.ts'
import type { Drawn } from './drawn.ts'

const number = new Part(() => import('./number-body.ts'))
const gauge = new Part(() => import('./gauge-body.ts'))
const bar = new Part(() => import('./bar-body.ts'))
const pie = new Part(() => import('./pie-body.ts'))
const line = new Part(() => import('./line-body.ts'))
const area = new Part(() => import('./area-body.ts'))
const heat = new Part(() => import('./heat-body.ts'))
const table = new Part(() => import('./chart-table.ts'))

/**
 * The text over what is drawn, of a chart with this title. Beside a pinned mark its pin has room. `handlePart` is called
 * when there is more to show than now.
 */
export function bodyOf(
  { figure, view }: Drawn,
  title: string,
  isPinned: IsPinned,
  handlePart: () => void,
): TemplateResult | typeof nothing {
  switch (figure.kind) {
    case 'number':
      return number.here(handlePart)?.numberBody(figure, view) ?? nothing
    case 'gauge':
      return gauge.here(handlePart)?.gaugeBody(figure, view) ?? nothing
    case 'bar':
      return bar.here(handlePart)?.barBody(figure, view, isPinned) ?? nothing
    case 'pie':
      return pie.here(handlePart)?.pieBody(figure, view.locale) ?? nothing
    case 'line':
      return line.here(handlePart)?.lineBody(figure, view) ?? nothing
    case 'area':
      return area.here(handlePart)?.areaBody(figure, view) ?? nothing
    case 'heat':
      return heat.here(handlePart)?.heatBody(figure, view) ?? nothing
    case 'table':
      if (!table.isHere(handlePart)) return nothing
      return html`<chart-table .figure=${figure} .view=${view} .name=${title}></chart-table>`
    default:
      return figure satisfies never
  }
}
