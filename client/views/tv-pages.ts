// Owns how the charts of a group are cut into pages that fill a wall; which page is shown is the tour's.

import type { Chart } from '@chartroom/shared'
import { spanOf } from '../charts/span.ts'

/** How a wall hangs. */
export type Shape = 'landscape' | 'portrait'

/** A chart on a page, and how many of the wall's 6 columns it takes. */
export interface HungChart {
  readonly chart: Chart
  readonly columns: number
}

/** Rows from above, each full. */
export type TvPage = readonly (readonly HungChart[])[]

const allColumns = 6
// On the 12 columns of a group's page.
const mediumColumns = 6
// 6 places on a page, in rows of 3 or of 2.
const rooms = { landscape: { places: 3, rows: 2 }, portrait: { places: 2, rows: 3 } } as const satisfies Record<
  Shape,
  object
>

interface Row {
  free: number
  readonly charts: { readonly chart: Chart; readonly places: number }[]
}

/**
 * The pages of charts in their order, at most 6 on each: what needs width takes two places, any other one. Each goes
 * into the first row with room; what finds none begins the next page. A row that is not full shares its room among its
 * charts.
 */
export function tvPagesOf(charts: readonly Chart[], shape: Shape): readonly TvPage[] {
  const { places, rows } = rooms[shape]
  const pages: Row[][] = []
  for (const chart of charts) {
    const takes = placesOf(chart, shape)
    const page = pages.at(-1)
    const row = page?.find(({ free }) => free >= takes)
    const hung = { chart, places: takes }
    if (row !== undefined) {
      row.free -= takes
      row.charts.push(hung)
      continue
    }
    const begun: Row = { free: places - takes, charts: [hung] }
    if (page !== undefined && page.length < rows) page.push(begun)
    else pages.push([begun])
  }
  return pages.map((page) => page.map(({ charts, free }) => shared(charts, places - free)))
}

// As the group arranged it; and a donut has no room for the names of its slices on a narrow place.
function placesOf({ kind, size }: Chart, shape: Shape): 1 | 2 {
  const isWide = size === undefined ? spanOf(kind) === 'wide' : size.columns > mediumColumns
  return isWide || (kind === 'pie' && shape === 'portrait') ? 2 : 1
}

function shared(charts: Row['charts'], taken: number): readonly HungChart[] {
  return charts.map(({ chart, places }) => ({ chart, columns: (allColumns * places) / taken }))
}
