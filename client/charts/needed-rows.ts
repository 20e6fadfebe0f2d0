// Owns how many rows of the grid a chart can fill, for a narrow page where none stands beside it; sizes.ts has the usual ones.

import type { Chart } from '@chartroom/shared'

// The grid's rows, and what of them is no chart: the gap, the rule and the head.
const grid = { rowPx: 72, aroundPx: 52 }
const most = 4
// From one bar, or one line of a heat map, to the next; LOOK.md's row of a table; the axis of time, the greatest ring.
const barPx = 40
const tablePx = 28
const axisPx = 30
const ringPx = 164

/** The rows that a chart of so many series fills, 2 to 4: any more of them would stay empty. */
export function neededRows({ kind, upright }: Pick<Chart, 'kind' | 'upright'>, count: number): number {
  switch (kind) {
    case 'number':
    case 'gauge':
    case 'line':
    case 'area':
      return most
    case 'bar':
      return upright ? most : rowsFor(count * barPx)
    case 'heat':
      return rowsFor(count * barPx + axisPx)
    case 'table':
      return rowsFor((count + 1) * tablePx)
    case 'pie':
      return rowsFor(ringPx)
    default:
      return kind satisfies never
  }
}

function rowsFor(bodyPx: number): number {
  return Math.max(2, Math.min(most, Math.ceil((bodyPx + grid.aroundPx) / grid.rowPx)))
}
