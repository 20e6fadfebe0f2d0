import { describe, expect, it } from 'vitest'
import { type Figure, figureOf } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, samples, viewOf } from './group.ts'

type Values = Readonly<Record<string, number | null>>

function draw(kind: 'number' | 'gauge', unit: string | undefined, values: Values, chart = {}): Figure {
  const show = unit === undefined ? {} : { unit }
  const state = groupOf(samples('cpu', values, show))
  const figure = figureOf({ ...chartOf('cpu', kind), ...chart }, state, light, viewOf())
  if (figure === undefined) throw new Error('there is no figure')
  return figure
}

describe.each(['number', 'gauge'] as const)('a %s of several series', (kind) => {
  it.each<[unit: string | undefined, values: Values, value: number | null, as: 'sum' | 'mean', count: number]>([
    [undefined, { a: 1, b: 2, c: 6 }, 9, 'sum', 3],
    ['orders', { a: 1, b: 2 }, 3, 'sum', 2],
    ['req/s', { a: 10, b: -2 }, 8, 'sum', 2],
    ['B', { a: 1_024, b: 1_024 }, 2_048, 'sum', 2],
    ['EUR', { a: 10, b: 5 }, 15, 'sum', 2],
    ['%', { a: 90, b: 30 }, 60, 'mean', 2],
    ['ms', { a: 100, b: 300, c: 500 }, 300, 'mean', 3],
    ['s', { a: 1, b: null, c: 3 }, 2, 'mean', 2],
    ['%', { a: null, b: null }, null, 'mean', 0],
    ['orders', { a: null, b: 4 }, 4, 'sum', 1],
  ])('in %s of %o is %d, the %s of %d', (unit, values, value, as, count) => {
    expect(draw(kind, unit, values)).toMatchObject({ value, whole: { value, as, count } })
  })

  it('says nothing of how it was made where it is one series', () => {
    expect(draw(kind, '%', { a: 90 })).toMatchObject({ value: 90, whole: undefined })
  })

  it('is none where their units differ', () => {
    const state = groupOf([
      { metric: 'cpu', value: 60, unit: '%' },
      { metric: 'orders', value: 300 },
    ])
    const chart = { ...chartOf('cpu', kind), metrics: ['cpu', 'orders'] }
    expect(figureOf(chart, state, light, viewOf())).toMatchObject({ value: null })
  })

  it('judges the sum, but each of those that make a mean: it would hide the worst', () => {
    const thresholds = { thresholds: [{ at: 80 }] }
    expect(draw(kind, '%', { web: 95, api: 5 }, thresholds).passed?.mark).toMatchObject({ name: 'web', value: 95 })
    expect(draw(kind, 'orders', { web: 50, api: 50 }, thresholds).passed?.mark).toMatchObject({ value: 100 })
    expect(draw(kind, 'orders', { web: 50, api: 20 }, thresholds).passed).toBeUndefined()
  })
})

it('a bar ends within its plot, also where its value is larger than an axis can be', () => {
  const state = groupOf(samples('cpu', { a: Number.MAX_VALUE, b: Number.MAX_VALUE, c: -Number.MAX_VALUE }))
  const view = viewOf()
  const figure = figureOf({ ...chartOf('cpu', 'bar'), sorted: 'value' }, state, light, view)
  if (figure?.kind !== 'bar') throw new Error('there are no bars')
  for (const { box, end } of figure.rows) {
    expect(box.left).toBeGreaterThanOrEqual(figure.plot.left)
    expect(box.left + box.width).toBeLessThanOrEqual(figure.plot.left + figure.plot.width)
    expect(end).toBeLessThanOrEqual(view.width)
  }
})
