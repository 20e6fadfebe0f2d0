import { describe, expect, it } from 'vitest'
import type { Kind } from '../../../shared/index.ts'
import { type Figure, figureOf, nextSpot } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

function draw(kind: Kind, ...values: readonly Readonly<Record<string, number | null>>[]): Figure {
  const state = groupOf(...values.map((each) => samples('orders', each)))
  const figure = figureOf(chartOf('orders', kind), state, light, viewOf())
  if (figure === undefined) throw new Error('there is nothing to draw')
  return figure
}

const right = { across: 1, down: 0 }
const left = { across: -1, down: 0 }
const down = { across: 0, down: 1 }

describe('the arrow keys', () => {
  it.each(['bar', 'pie', 'table'] as const)('go through the categories of a %s, and stop at the ends', (kind) => {
    const figure = draw(kind, { a: 2, b: 1 })
    expect(nextSpot(figure, undefined, down)).toEqual({ metric: 'orders', category: 'a' })
    expect(nextSpot(figure, { metric: 'orders', category: 'a' }, down)).toEqual({ metric: 'orders', category: 'b' })
    expect(nextSpot(figure, { metric: 'orders', category: 'b' }, right)).toEqual({ metric: 'orders', category: 'b' })
    expect(nextSpot(figure, { metric: 'orders', category: 'b' }, left)).toEqual({ metric: 'orders', category: 'a' })
  })

  it('begin again with the first category when the chosen one is gone', () => {
    expect(nextSpot(draw('bar', { a: 1, b: 2 }), { metric: 'orders', category: 'gone' }, right)).toEqual({
      metric: 'orders',
      category: 'a',
    })
  })

  it('go through the moments of a line from the present back, over gaps, and to the other lines', () => {
    const figure = draw('line', { a: 1, b: 5 }, { a: null, b: 6 }, { a: 3, b: 7 })
    const present = nextSpot(figure, undefined, left)
    expect(present).toEqual({ metric: 'orders', category: 'a', time: now })
    expect(nextSpot(figure, present, left)).toEqual({ metric: 'orders', category: 'a', time: now - 2_000 })
    expect(nextSpot(figure, present, { across: -10, down: 0 })).toEqual({
      metric: 'orders',
      category: 'a',
      time: now - 2_000,
    })
    expect(nextSpot(figure, { metric: 'orders', category: 'a', time: now - 2_000 }, down)).toEqual({
      metric: 'orders',
      category: 'b',
      time: now - 2_000,
    })
    expect(nextSpot(figure, present, right)).toEqual(present)
  })

  it.each(['line', 'bar', 'heat'] as const)('lead to the first and the last of a %s, from nowhere too', (kind) => {
    const figure = draw(kind, { a: 1, b: 5 }, { a: 2, b: 6 }, { a: 3, b: 7 })
    const [home, end] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY].map((across) => ({ across, down: 0 }))
    if (home === undefined || end === undefined) throw new Error('there are two')
    const first = nextSpot(figure, undefined, home)
    const last = nextSpot(figure, undefined, end)
    expect(first).not.toEqual(last)
    expect(nextSpot(figure, last, home)).toEqual(first)
    expect(nextSpot(figure, first, end)).toEqual(last)
    expect(nextSpot(figure, first, left)).toEqual(first)
  })

  it('go through the moments of an area', () => {
    const figure = draw('area', { a: 1, b: 5 }, { a: 3, b: 7 })
    expect(nextSpot(figure, { metric: 'orders', category: 'a', time: now }, left)).toEqual({
      metric: 'orders',
      category: 'a',
      time: now - 1_000,
    })
    expect(nextSpot(figure, { metric: 'orders', category: 'a', time: now }, down)).toEqual({
      metric: 'orders',
      category: 'b',
      time: now,
    })
  })

  it('go through the cells of a heat map from the present back, over times without a value, and to the other rows', () => {
    const seconds = Array.from({ length: 60 }, (_, at) => ({ a: at > 20 && at < 40 ? null : 1, b: 2 }))
    const figure = draw('heat', ...seconds)
    if (figure.kind !== 'heat') throw new Error('this is no heat map')
    const present = nextSpot(figure, undefined, left)
    expect(present).toEqual({ metric: 'orders', category: 'a', time: now })
    expect(nextSpot(figure, present, right)).toEqual(present)
    const times = [1, 2, 3, 4, 5, 6, 7, 8].map(
      (count) => nextSpot(figure, present, { across: -count, down: 0 })?.time ?? 0,
    )
    expect(times.some((time) => time < now - 39_000)).toBe(true)
    expect(times.filter((time) => time > now - 35_000 && time < now - 25_000)).toEqual([])
    expect(nextSpot(figure, present, down)).toEqual({ metric: 'orders', category: 'b', time: now })
  })

  it('choose a number or a gauge as a whole', () => {
    for (const kind of ['number', 'gauge'] as const)
      expect(nextSpot(draw(kind, { a: 5 }), undefined, left)).toEqual({ metric: 'orders' })
  })
})
