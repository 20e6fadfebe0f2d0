import { kinds } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import {
  faultsOf,
  fieldsOf,
  labelsOf,
  newThreshold,
  textOfNumber,
  thresholdsWith,
} from '../../../client/arranging/fields.ts'
import { groupOf, samples } from '../../shared/option/group.ts'

const draft = { id: 'orders', metrics: ['orders'] }

describe('the fields of a chart', () => {
  it('are those that change how its kind looks', () => {
    expect(fieldsOf('bar')).toContain('upright')
    expect(kinds.filter((kind) => fieldsOf(kind).includes('upright'))).toEqual(['bar'])
    expect(kinds.filter((kind) => fieldsOf(kind).includes('thresholds'))).toEqual([
      'number',
      'line',
      'area',
      'bar',
      'gauge',
    ])
    expect(kinds.filter((kind) => fieldsOf(kind).includes('grouping'))).toEqual(['area', 'bar'])
    expect(kinds.every((kind) => fieldsOf(kind).includes('unit'))).toBe(true)
  })

  it('are wrong where the schema says so', () => {
    expect([...faultsOf(draft)]).toEqual([])
    expect([...faultsOf({ ...draft, title: 'x'.repeat(201), top: 0.5 })]).toEqual(['/title', '/top'])
    expect([...faultsOf({ ...draft, thresholds: [{ at: 1 }, { at: Number.NaN }] })]).toEqual(['/thresholds/1/at'])
  })

  it('offer the labels of its series', () => {
    const state = groupOf([
      { metric: 'orders', labels: { region: 'EU', item: 'Shirts' }, value: 1 },
      ...samples('orders', { Socks: 2 }),
    ])
    expect(labelsOf([...state.series.values()])).toEqual(['region', 'item'])
  })
})

it('a number is written in its field as it was typed', () => {
  expect([undefined, 0, -1.5].map(textOfNumber)).toEqual(['', '0', '-1.5'])
})

describe('a new threshold', () => {
  it.each([
    [[431, 12], 440],
    [[80, null], 81],
    [[], 1],
    [[-5], -4.9],
    [[9.5], 9.6],
    [[0.021], 0.022],
    [[99], 100],
    [[1_240_000], 1_300_000],
  ])('begins above %j at %d', (values, border) => {
    expect(newThreshold({}, values)).toEqual({ at: border })
  })

  it('begins beyond the target and the thresholds that are there, on the side of the last', () => {
    expect(newThreshold({ target: 100 }, [86])).toEqual({ at: 110 })
    expect(newThreshold({ target: 100, thresholds: [{ at: 400 }] }, [86])).toEqual({ at: 410 })
    expect(newThreshold({ target: 100, thresholds: [{ at: 50, when: 'below' }] }, [86])).toEqual({
      at: 49,
      when: 'below',
    })
  })
})

describe('the thresholds of a chart', () => {
  const chart = { ...draft, thresholds: [{ at: 1 }, { at: 2, word: 'full' }] }

  it('are changed one by one', () => {
    expect(thresholdsWith(chart, 0, { level: 'crit' })).toEqual([{ at: 1, level: 'crit' }, chart.thresholds[1]])
    expect(thresholdsWith(chart, 1, { word: undefined })).toEqual([{ at: 1 }, { at: 2 }])
    expect(thresholdsWith(chart, 0, undefined)).toEqual([chart.thresholds[1]])
  })

  it('are not said when there is none left', () => {
    expect(thresholdsWith({ ...draft, thresholds: [{ at: 1 }] }, 0, undefined)).toBeUndefined()
  })
})
