import type { Kind } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { type GridColumns, sizesOf } from '../../../client/charts/sizes.ts'

const charts = (...kinds: Kind[]) => kinds.map((kind) => ({ kind }))

function sizes(all: Parameters<typeof sizesOf>[0], grid: GridColumns): string[] {
  return sizesOf(all, grid).map(({ columns, rows }) => `${columns} x ${rows}`)
}

describe('the sizes of charts', () => {
  it('fill the rows of 12 columns where nobody arranged them', () => {
    expect(sizes(charts('line', 'bar', 'number', 'gauge'), 12)).toEqual(['8 x 4', '4 x 4', '4 x 2', '4 x 2'])
  })

  it('are those that somebody arranged, and leave the others as they are', () => {
    const [line, bar, number, gauge] = charts('line', 'bar', 'number', 'gauge')
    if (!line || !bar || !number || !gauge) throw new Error('there are four')
    const arranged = [line, { ...bar, size: { columns: 6, rows: 3 } }, number, gauge]
    expect(sizes(arranged, 12)).toEqual(['8 x 4', '6 x 3', '4 x 2', '4 x 2'])
  })

  it('are half of a narrower page or all of it', () => {
    const arranged = [2, 3, 4, 6, 7, 12].map((columns) => ({ kind: 'bar' as const, size: { columns, rows: 5 } }))
    expect(sizes(arranged, 8)).toEqual(['4 x 5', '4 x 5', '4 x 5', '4 x 5', '8 x 5', '8 x 5'])
    expect(sizes(arranged, 4)).toEqual(['2 x 5', '2 x 5', '4 x 5', '4 x 5', '4 x 5', '4 x 5'])
  })

  it('are those of their kind on a narrower page where nobody arranged them', () => {
    expect(sizes(charts('number', 'bar', 'line', 'line'), 8)).toEqual(['4 x 2', '4 x 4', '8 x 4', '8 x 4'])
    expect(sizes(charts('number', 'bar', 'line', 'line'), 4)).toEqual(['2 x 2', '4 x 4', '4 x 4', '4 x 4'])
  })
})
