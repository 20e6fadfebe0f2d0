import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Shape, tvPagesOf } from '../../../client/views/tv-pages.ts'
import { type Chart, type Kind, kinds } from '../../../shared/index.ts'

function chartsOf(all: readonly Kind[]): readonly Chart[] {
  return all.map((kind, at) => ({ id: `${at}`, metrics: [`${at}`], title: `${at}`, kind }))
}

/** Pages as texts: kinds and columns of a row, rows by "/", pages apart. */
function drawn(shape: Shape, ...all: Kind[]): string[] {
  return tvPagesOf(chartsOf(all), shape).map((page) =>
    page.map((row) => row.map(({ chart, columns }) => `${chart.kind} ${columns}`).join(' ')).join(' / '),
  )
}

describe('the pages of a wall', () => {
  it('have two rows of three places, of which a line takes two', () => {
    expect(drawn('landscape', 'number', 'line', 'number', 'pie', 'bar')).toEqual([
      'number 2 line 4 / number 2 pie 2 bar 2',
    ])
  })

  it('have three rows of two places on a standing screen, where a donut takes two', () => {
    expect(drawn('portrait', 'number', 'number', 'line', 'pie')).toEqual(['number 3 number 3 / line 6 / pie 6'])
  })

  it('are full, however few charts there are', () => {
    expect(drawn('landscape', 'number')).toEqual(['number 6'])
    expect(drawn('landscape', 'bar', 'pie')).toEqual(['bar 3 pie 3'])
    expect(drawn('landscape', 'line', 'line', 'line')).toEqual(['line 6 / line 6', 'line 6'])
  })

  it('give a chart that the group made wide two places, and one that it made narrow one', () => {
    const [bar, line] = chartsOf(['bar', 'line']).map((chart, at) => ({
      ...chart,
      size: { columns: at === 0 ? 8 : 4, rows: 4 },
    }))
    if (bar === undefined || line === undefined) throw new Error('there are two')
    expect(tvPagesOf([bar, line], 'landscape')).toEqual([
      [
        [
          { chart: bar, columns: 4 },
          { chart: line, columns: 2 },
        ],
      ],
    ])
  })

  it('let a later chart fill the room that a wide one left', () => {
    expect(drawn('landscape', 'line', 'line', 'bar', 'bar', 'bar')).toEqual(['line 4 bar 2 / line 4 bar 2', 'bar 6'])
  })

  it('are none for no chart', () => {
    expect(tvPagesOf([], 'landscape')).toEqual([])
  })

  it('show every chart once, at most six on a page, in full rows', () => {
    const anyKinds = fc.array(fc.constantFrom(...kinds), { maxLength: 40 })
    fc.assert(
      fc.property(anyKinds, fc.constantFrom<Shape>('landscape', 'portrait'), (all, shape) => {
        const pages = tvPagesOf(chartsOf(all), shape)
        const ids = pages.flat(2).map(({ chart }) => Number(chart.id))
        expect(ids.toSorted((a, b) => a - b)).toEqual(all.map((_, at) => at))
        expect(Math.max(0, ...pages.map((page) => page.flat().length))).toBeLessThanOrEqual(6)
        const widths = pages.flat().map((row) => row.reduce((sum, { columns }) => sum + columns, 0))
        expect(new Set(widths)).toEqual(new Set(all.length === 0 ? [] : [6]))
      }),
    )
  })
})
