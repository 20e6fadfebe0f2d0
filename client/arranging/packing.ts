// Owns where charts of these sizes stand on a grid that is packed densely, as CSS does it, and which place one is dragged to.

import type { Size } from '@chartroom/shared'

/** Where a chart stands: its first column and row, from 0. */
export interface Slot {
  readonly column: number
  readonly row: number
}

/** The measures of a grid, px: a column and the gap beside it, a row and the gap below it. */
export interface Pitch {
  readonly columnPx: number
  readonly rowPx: number
}

/** Where each chart stands: in the first place, row by row, that has room for it (`grid-auto-flow: row dense`). */
export function slotsOf(sizes: readonly Size[], columns: number): readonly Slot[] {
  const rows: number[] = []
  return sizes.map((size) => {
    const slot = firstFit(rows, size, columns)
    for (let row = slot.row; row < slot.row + size.rows; row++) rows[row] = (rows[row] ?? 0) | maskOf(size, slot.column)
    return slot
  })
}

/**
 * The place in the order, from 0, that puts a chart nearest to where it is dragged (px from the grid's corner): `count`
 * charts beside it, `sizesAt` says the sizes of all when it has a place. Told from nothing but that point, so that
 * nothing goes back and forth under a pointer that rests.
 */
export function nearestPlace(
  count: number,
  sizesAt: (place: number) => readonly Size[],
  columns: number,
  point: { readonly x: number; readonly y: number },
  { columnPx, rowPx }: Pitch,
): number {
  let best = { place: 0, distance: Number.POSITIVE_INFINITY }
  for (let place = 0; place <= count; place++) {
    const slot = slotsOf(sizesAt(place), columns)[place]
    if (slot === undefined) continue
    const distance = Math.hypot(slot.column * columnPx - point.x, slot.row * rowPx - point.y)
    if (distance < best.distance) best = { place, distance }
  }
  return best.place
}

function firstFit(rows: readonly number[], size: Size, columns: number): Slot {
  const last = Math.max(0, columns - size.columns)
  for (let row = 0; ; row++) {
    for (let column = 0; column <= last; column++) {
      if (isFree(rows, size, row, column)) return { column, row }
    }
  }
}

function isFree(rows: readonly number[], size: Size, row: number, column: number): boolean {
  const mask = maskOf(size, column)
  for (let at = row; at < row + size.rows; at++) if (((rows[at] ?? 0) & mask) !== 0) return false
  return true
}

function maskOf({ columns }: Size, column: number): number {
  return ((1 << columns) - 1) << column
}
