import { expect, it } from 'vitest'
import { kindChoiceOf } from '../../../client/charts/kind-choice.ts'
import { chartOf, groupOf, samples } from '../../shared/option/group.ts'

it('a single series can be a number, a line or an area', () => {
  const state = groupOf([{ metric: 'orders', value: 1 }])
  expect(kindChoiceOf(state, null, chartOf('orders', 'number'))).toEqual({
    kinds: ['number', 'line', 'area'],
    groupKind: 'number',
  })
})

it.each([{ unit: '%' }, { min: 0, max: 10 }])('a bounded one can be a gauge too: %o', (show) => {
  const state = groupOf([{ metric: 'orders', value: 1, ...show }])
  expect(kindChoiceOf(state, null, chartOf('orders', 'line')).kinds).toEqual(['number', 'line', 'area', 'gauge'])
})

it('categories can be whatever has room for several', () => {
  const state = groupOf(samples('orders', { Shirts: 1, Socks: 2 }))
  expect(kindChoiceOf(state, null, chartOf('orders', 'bar'))).toEqual({
    kinds: ['line', 'area', 'bar', 'pie', 'table', 'heat'],
    groupKind: 'bar',
  })
})

it('what is negative has no slices', () => {
  const state = groupOf(samples('orders', { Shirts: -1, Socks: 2 }))
  expect(kindChoiceOf(state, null, chartOf('orders', 'bar')).kinds).toEqual(['line', 'area', 'bar', 'table', 'heat'])
})

it('what the group has and what it is now can always be chosen', () => {
  const state = groupOf(samples('orders', { Shirts: 1, Socks: 2 }, { as: 'number' }))
  expect(kindChoiceOf(state, null, chartOf('orders', 'gauge'))).toEqual({
    kinds: ['number', 'line', 'area', 'bar', 'pie', 'gauge', 'table', 'heat'],
    groupKind: 'number',
  })
})

it('what was arranged counts for what the group has', () => {
  const state = groupOf(samples('orders', { Shirts: 1, Socks: 2 }))
  const board = { charts: [{ ...chartOf('orders', 'pie'), revision: 1, author: 'Ana' }] }
  expect(kindChoiceOf(state, board, chartOf('orders', 'bar')).groupKind).toBe('pie')
})
