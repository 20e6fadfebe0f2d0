import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestPlace, slotsOf } from '../../../client/arranging/packing.ts'

const pitch = { columnPx: 100, rowPx: 72 }
const size = (columns: number, rows: number) => ({ columns, rows })

describe('charts on a grid', () => {
  it('stand beside each other, then below', () => {
    expect(slotsOf([size(8, 4), size(4, 4), size(6, 2)], 12)).toEqual([
      { column: 0, row: 0 },
      { column: 8, row: 0 },
      { column: 0, row: 4 },
    ])
  })

  it('fill a hole that an earlier one left', () => {
    expect(slotsOf([size(8, 4), size(8, 4), size(4, 2), size(4, 2)], 12).slice(2)).toEqual([
      { column: 8, row: 0 },
      { column: 8, row: 2 },
    ])
  })

  it('never lie over each other, nor beyond the grid', () => {
    const sizes = fc.array(
      fc.record({ columns: fc.integer({ min: 2, max: 12 }), rows: fc.integer({ min: 2, max: 6 }) }),
    )
    fc.assert(
      fc.property(sizes, (all) => {
        const taken = new Set<string>()
        for (const [at, { column, row }] of slotsOf(all, 12).entries()) {
          const { columns = 0, rows = 0 } = all[at] ?? {}
          expect(column + columns).toBeLessThanOrEqual(12)
          for (let x = column; x < column + columns; x++) {
            for (let y = row; y < row + rows; y++) {
              expect(taken.has(`${x} ${y}`)).toBe(false)
              taken.add(`${x} ${y}`)
            }
          }
        }
      }),
    )
  })
})

describe('a chart that is dragged', () => {
  const four = () => Array.from({ length: 4 }, () => size(3, 2))

  it.each([
    [0, 0, 0],
    [320, 10, 1],
    [880, -10, 3],
    [-500, 900, 0],
  ])('to %i, %i goes to place %i', (x, y, place) => {
    expect(nearestPlace(3, four, 12, { x, y }, pitch)).toBe(place)
  })

  it('goes where its size stands, not where a smaller one would', () => {
    // A wide one finds no room beside the first, wherever it is in the order but at its head.
    const sizesAt = (place: number) => [size(6, 2), size(6, 2)].toSpliced(place, 0, size(12, 4))
    expect(nearestPlace(2, sizesAt, 12, { x: 0, y: 20 }, pitch)).toBe(0)
    expect(nearestPlace(2, sizesAt, 12, { x: 0, y: 150 }, pitch)).toBe(1)
  })
})
