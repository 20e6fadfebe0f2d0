// Owns which text stands over which kind of chart; the texts are each kind's own.

import type { TemplateResult } from 'lit'
import { barBody } from './bar-body.ts'
import type { Drawn } from './drawn.ts'
import { gaugeBody } from './gauge-body.ts'
import { lineBody } from './line-body.ts'
import { numberBody } from './number-body.ts'
import { pieBody } from './pie-body.ts'

/** The text over what is drawn. Beside a pinned category its pin has room. */
export function bodyOf({ figure, view }: Drawn, pinned: ReadonlySet<string>): TemplateResult {
  switch (figure.kind) {
    case 'number':
      return numberBody(figure, view)
    case 'gauge':
      return gaugeBody(figure, view)
    case 'bar':
      return barBody(figure, view, pinned)
    case 'pie':
      return pieBody(figure, view)
    case 'line':
      return lineBody(figure, view)
    default:
      return figure satisfies never
  }
}
