import { chartsOf, type Kind, kindOf, type Sample, seriesByMetric } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { arrangeTo } from '../support/arranging.ts'
import { GrownGroup } from '../support/grown-group.ts'

function grown(samples: readonly Sample[]): GrownGroup {
  const group = new GrownGroup()
  group.post(...samples)
  return group
}

function parts(...values: (number | null)[]): Sample[] {
  return values.map((value, at) => ({ metric: 'm', labels: { item: `${at}` }, value }))
}

function saying(samples: Sample[], said: Partial<Sample>): Sample[] {
  return samples.map((sample, at) => (at === 0 ? { ...sample, ...said } : sample))
}

describe('the kind of a chart', () => {
  it.each<[string, Kind, Sample[]]>([
    ['what one of its series says', 'pie', saying(parts(1, 2, 3, 4, 5, 6, 7), { as: 'pie' })],
    ['what a number says it is', 'line', [{ metric: 'm', value: 1, unit: '%', as: 'line' }]],
    ['a gauge for one number in %', 'gauge', [{ metric: 'm', value: 1, unit: '%' }]],
    ['a gauge for one number between bounds', 'gauge', [{ metric: 'm', value: 1, min: 0, max: 8 }]],
    ['a number when only one bound is known', 'number', [{ metric: 'm', value: 1, max: 8 }]],
    ['a number for one number', 'number', [{ metric: 'm', value: 1 }]],
    ['a number for a gap', 'number', [{ metric: 'm', value: null }]],
    ['a bar for one category', 'bar', parts(1)],
    ['a bar for categories', 'bar', parts(1, 2)],
    ['a pie for 2 parts of 100 %', 'pie', saying(parts(40, 60), { unit: '%' })],
    ['a pie for parts that add up to the max', 'pie', saying(parts(3, 5, 8), { unit: 'GB', max: 16 })],
    ['a pie for parts that miss the whole by rounding', 'pie', saying(parts(33.3, 33.3, 33.3), { unit: '%' })],
    ['a bar for parts that miss the whole by more', 'bar', saying(parts(33, 33, 33), { unit: '%' })],
    ['a bar for parts of which one is negative', 'bar', saying(parts(110, -10), { unit: '%' })],
    ['a bar for parts of which one is a gap', 'bar', saying(parts(100, null), { unit: '%' })],
    ['a pie for 6 parts', 'pie', saying(parts(10, 10, 10, 10, 10, 50), { unit: '%' })],
    ['a bar for 7 parts', 'bar', saying(parts(10, 10, 10, 10, 10, 10, 40), { unit: '%' })],
    ['a bar for one part of 100 %', 'bar', saying(parts(100), { unit: '%' })],
    ['the max before the %', 'bar', saying(parts(40, 60), { unit: '%', max: 200 })],
    ['a bar for 30 categories', 'bar', parts(...Array.from({ length: 30 }, () => 1))],
    ['a table for more', 'table', parts(...Array.from({ length: 31 }, () => 1))],
    [
      'a bar for more that have two labels',
      'bar',
      Array.from({ length: 36 }, (_, at) => ({
        metric: 'm',
        labels: { item: `${at % 12}`, size: `${Math.floor(at / 12)}` },
        value: 1,
      })),
    ],
    ['a bar for a number beside categories', 'bar', [{ metric: 'm', value: 1 }, ...parts(1)]],
  ])('is %s', (_rule, kind, samples) => {
    expect(kindOf([...grown(samples).state.series.values()])).toBe(kind)
  })
})

describe('the charts of a group', () => {
  it('are one for each metric, by their order and then by appearance', () => {
    const group = grown([
      { metric: 'c', value: 1 },
      { metric: 'b', labels: { item: 'x' }, value: 1 },
      { metric: 'b', labels: { item: 'y' }, value: 1, order: 2, title: 'B' },
      { metric: 'a', value: 1, order: 1 },
      { metric: 'd', value: 1 },
    ])
    expect(chartsOf(group.state)).toEqual([
      { id: 'a', metrics: ['a'], kind: 'number', title: 'a' },
      { id: 'b', metrics: ['b'], kind: 'bar', title: 'B' },
      { id: 'c', metrics: ['c'], kind: 'number', title: 'c' },
      { id: 'd', metrics: ['d'], kind: 'number', title: 'd' },
    ])
  })

  it('are the board when somebody arranged one', () => {
    const group = grown([{ metric: 'a', value: 1 }])
    const charts = [{ id: 'x', metrics: ['gone'], kind: 'line' as const, title: 'X' }]
    group.commit(arrangeTo({ charts, others: 'hidden' }))
    expect(chartsOf(group.state)).toEqual([{ ...charts[0], revision: 2, author: 'ann' }])
    group.commit(arrangeTo(null))
    expect(chartsOf(group.state)).toHaveLength(1)
  })

  it('are none in an empty group', () => {
    expect(chartsOf(new GrownGroup().state)).toEqual([])
  })

  it('go by metric, also when its name is a word of the language', () => {
    const group = grown([
      { metric: '__proto__', value: 1 },
      { metric: 'constructor', value: 1 },
    ])
    expect([...seriesByMetric(group.state).keys()]).toEqual(['__proto__', 'constructor'])
  })
})
