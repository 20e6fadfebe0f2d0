import { chartsOf, commit } from '@chartroom/shared'
import { expect, it } from 'vitest'
import { glanceOf } from '../../../client/spoken/glance.ts'
import { groupOf, now, samples } from '../../shared/option/group.ts'

const state = groupOf([
  ...samples('orders', { Shirts: 214, Socks: null }, { title: 'Orders by item' }),
  { metric: 'cpu', value: 64, unit: '%' },
])

function glance() {
  return glanceOf(state, chartsOf(state), 'live', 'Ana', now)
}

it('has the values of all charts, with the names that they have there', () => {
  const orders = { chart: 'Orders by item', unit: undefined }
  expect([...glance().values.values()]).toEqual([
    { ...orders, name: 'Shirts', value: 214 },
    { ...orders, name: 'Socks', value: null },
    { chart: 'cpu', name: '', value: 64, unit: '%' },
  ])
})

it('has the rate of a counter where its chart shows that', () => {
  const group = groupOf(...[0, 30, 60].map((value) => [{ metric: 'sent', value, unit: 'B' }]))
  const charts = chartsOf(group).map((chart) => ({ ...chart, rate: true }))
  const { values } = glanceOf(group, charts, 'live', 'Ana', now)
  expect([...values.values()]).toEqual([{ chart: 'sent', name: '', value: 30, unit: 'B/s' }])
})

it('has the messages of others, and stays as it was when the group goes on', () => {
  const before = glance()
  for (const author of ['Ana', 'Wei']) {
    commit(state, { type: 'annotate', author, draft: { text: 'hello' } }, now + 1_000, 'e')
  }
  commit(state, { type: 'batch', samples: samples('orders', { Shirts: 431 }) }, now + 1_000, 'e')
  expect(glance().messageIds).toHaveLength(1)
  expect(before.messageIds).toEqual([])
  expect([...before.values.values()][0]?.value).toBe(214)
})
