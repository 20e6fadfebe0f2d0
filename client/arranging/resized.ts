// Owns what size a chart gets that is pulled at its corner, or made larger and smaller by keys.

import { limits, type Size } from '@chartroom/shared'
import { type GridColumns, shownColumns } from '../charts/sizes.ts'

/** A size within what a chart may have. */
export function within({ columns, rows }: Size): Size {
  return {
    columns: between(limits.minChartColumns, columns, limits.boardColumns),
    rows: between(limits.minChartRows, rows, limits.maxChartRows),
  }
}

/**
 * The size, on 12 columns, of a chart that shall be shown on so many columns of a page's grid. Where the page has fewer,
 * what is shown so already stays as it is.
 */
export function resized(size: Size, shown: Size, grid: GridColumns): Size {
  const { rows } = shown
  if (grid === 12) return within(shown)
  const isWide = shown.columns > (grid / 4) * 3 - 1
  const isSame = shownColumns(size.columns, grid) === (isWide ? grid : grid / 2)
  const columns = isSame ? size.columns : columnsOn(grid, isWide)
  return within({ columns, rows })
}

function columnsOn(grid: 8 | 4, isWide: boolean): number {
  if (grid === 8) return isWide ? 8 : 4
  return isWide ? 4 : 3
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, Math.round(value)))
}
