import { expect, it } from 'vitest'
import { freshnessOf } from '../../../client/charts/freshness.ts'
import { groupOf, now, samples } from '../../shared/option/group.ts'

const batch = samples('orders', { Shirts: 1, Socks: 2 })

it('a metric without a series waits', () => {
  expect(freshnessOf(groupOf(batch), ['stock'], now)).toEqual({ word: 'waiting' })
})

it('a metric is current while one of its series goes on', () => {
  const state = groupOf(batch, batch, ...Array.from({ length: 10 }, () => samples('orders', { Shirts: 1 })))
  expect(freshnessOf(state, ['orders'], now)).toEqual({ word: 'current' })
})

it('a metric is stale since its last value, when all of its series fell silent', () => {
  const state = groupOf(batch, batch, ...Array.from({ length: 10 }, () => samples('orders', { Shirts: 1 })))
  expect(freshnessOf(state, ['orders'], now + 240_000)).toEqual({ word: 'stale', silentMs: 240_000 })
})
