// Owns how many columns and rows each chart takes on the grid of a page this wide; where it then stands is the grid's.

import type { Chart, Size } from '@chartroom/shared'
import { columnsOf } from './columns.ts'
import { type Span, spanOf } from './span.ts'

/** The columns that a page has: all from 1,200 px on, 8 from 760 px, else 4. */
export type GridColumns = 12 | 8 | 4

const naturalColumns: Readonly<Record<Span, number>> = { small: 3, medium: 4, wide: 8 }
const naturalRows: Readonly<Record<Span, number>> = { small: 2, medium: 4, wide: 4 }

/**
 * The sizes of charts in their order. Who arranged a chart said its size on 12 columns; the others have that of their
 * kind, whatever is arranged beside them, so that nothing jumps. On fewer columns a chart takes half of them or all.
 */
export function sizesOf(charts: readonly Pick<Chart, 'kind' | 'size'>[], grid: GridColumns): readonly Size[] {
  const spans = charts.map(({ kind }) => spanOf(kind))
  const filling = grid === 12 ? columnsOf(spans) : spans.map((span) => naturalColumns[span])
  return charts.map(({ kind, size }, at) => ({
    columns: shownColumns(size?.columns ?? filling[at] ?? naturalColumns[spanOf(kind)], grid),
    rows: size?.rows ?? naturalRows[spanOf(kind)],
  }))
}

/** As many columns of a page's grid as these of 12 are shown on. */
export function shownColumns(columns: number, grid: GridColumns): number {
  switch (grid) {
    case 12:
      return columns
    case 8:
      return columns > 6 ? 8 : 4
    case 4:
      return columns > 3 ? 4 : 2
    default:
      return grid satisfies never
  }
}
