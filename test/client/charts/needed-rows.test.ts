import type { Kind } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { neededRows } from '../../../client/charts/needed-rows.ts'

describe('the rows that a chart fills', () => {
  it.each<[Kind, number, number]>([
    ['bar', 1, 2],
    ['bar', 2, 2],
    ['bar', 3, 3],
    ['bar', 4, 3],
    ['bar', 5, 4],
    ['bar', 60, 4],
    ['heat', 1, 2],
    ['heat', 2, 3],
    ['table', 3, 3],
    ['table', 8, 4],
    ['pie', 6, 3],
    ['line', 1, 4],
    ['number', 1, 4],
  ])('%s of %d: at most %d', (kind, count, rows) => {
    expect(neededRows({ kind }, count)).toBe(rows)
  })

  it('are all of them for bars that stand', () => {
    expect(neededRows({ kind: 'bar', upright: true }, 2)).toBe(4)
  })
})
