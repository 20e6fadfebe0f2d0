import { expect, it } from 'vitest'
import { spotRowsOf, spotSentence } from '../../../client/charts/spot-card.ts'
import type { Spot } from '../../../shared/option/index.ts'
import { figureOf } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from '../../shared/option/group.ts'

const state = groupOf(
  samples('orders', { Shirts: 100, Socks: 300 }, { unit: 'pcs' }).map((sample) => ({ ...sample, time: now - 300_000 })),
  samples('orders', { Shirts: 250, Socks: 750 }),
)

function rowsOf(kind: 'bar' | 'line', spot: Spot) {
  const chart = chartOf('orders', kind)
  const figure = figureOf(chart, state, light, viewOf())
  return figure && spotRowsOf(state, chart, spot, figure, viewOf())
}

it('says value, share, rank, and what it was when the window began', () => {
  expect(rowsOf('bar', { metric: 'orders', category: 'Shirts' })).toEqual({
    name: 'Shirts',
    value: '250\u202Fpcs',
    brief: '250\u202Fpcs',
    rows: [
      ['share', '25\u202F%'],
      ['rank', '2nd of 2'],
      ['5\u00A0min ago', expect.stringMatching(/^100/)],
    ],
  })
})

it('says the moment of a line, and its numbers then', () => {
  const rows = rowsOf('line', { metric: 'orders', category: 'Socks', time: now - 300_000 })
  expect(rows?.value).toBe('300\u202Fpcs')
  expect(rows?.rows.map(([label]) => label)).toEqual(['time', 'share', 'rank'])
})

it('says nothing of a category that is gone', () => {
  expect(rowsOf('bar', { metric: 'orders', category: 'Hats' })).toBeUndefined()
})

it('is one sentence for who hears it', () => {
  const rows = rowsOf('bar', { metric: 'orders', category: 'Shirts' })
  expect(rows && spotSentence(rows)).toMatch(/^Shirts 250\u202Fpcs, share 25\u202F%, rank 2nd of 2, /)
})
