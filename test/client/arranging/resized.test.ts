import { describe, expect, it } from 'vitest'
import { resized, within } from '../../../client/arranging/resized.ts'

const size = (columns: number, rows: number) => ({ columns, rows })

describe('a chart that is pulled', () => {
  it('is never smaller than 2 x 2, nor larger than 12 x 12', () => {
    expect(within(size(0, -4))).toEqual(size(2, 2))
    expect(within(size(30, 13))).toEqual(size(12, 12))
  })

  it('has the columns that it is shown on, where the page has 12', () => {
    expect(resized(size(4, 4), size(5, 3), 12)).toEqual(size(5, 3))
  })

  it.each([
    [8, size(3, 2), size(4, 3), size(3, 3)],
    [8, size(3, 2), size(7, 2), size(8, 2)],
    [8, size(12, 4), size(5, 4), size(4, 4)],
    [4, size(8, 4), size(4, 5), size(8, 5)],
    [4, size(8, 4), size(2, 4), size(3, 4)],
    [4, size(2, 2), size(4, 2), size(4, 2)],
  ] as const)('on %i columns, of %o shown on %o, is %o', (grid, before, shown, after) => {
    expect(resized(before, shown, grid)).toEqual(after)
  })
})
