// Owns which text stands over which kind of chart; the texts are each kind's own.

import { html, type TemplateResult } from 'lit'
import { areaBody } from './area-body.ts'
import { barBody, type IsPinned } from './bar-body.ts'
import './chart-table.ts'
import type { Drawn } from './drawn.ts'
import { gaugeBody } from './gauge-body.ts'
import { heatBody } from './heat-body.ts'
import { lineBody } from './line-body.ts'
import { numberBody } from './number-body.ts'
import { pieBody } from './pie-body.ts'

/** The text over what is drawn, of a chart with this title. Beside a pinned mark its pin has room. */
export function bodyOf({ figure, view }: Drawn, title: string, isPinned: IsPinned): TemplateResult {
  switch (figure.kind) {
    case 'number':
      return numberBody(figure, view)
    case 'gauge':
      return gaugeBody(figure, view)
    case 'bar':
      return barBody(figure, view, isPinned)
    case 'pie':
      return pieBody(figure, view.locale)
    case 'line':
      return lineBody(figure, view)
    case 'area':
      return areaBody(figure, view)
    case 'heat':
      return heatBody(figure, view)
    case 'table':
      return html`<chart-table .figure=${figure} .view=${view} .name=${title}></chart-table>`
    default:
      return figure satisfies never
  }
}
