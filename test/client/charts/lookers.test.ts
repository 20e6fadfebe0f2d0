import { expect, it } from 'vitest'
import { lookersOf } from '../../../client/charts/lookers.ts'

const people = [
  { name: 'Ana', metric: 'orders' },
  { name: 'Wei' },
  { name: 'Omar', metric: 'cpu' },
  { name: 'Lena', metric: 'orders' },
]

it('are the others who look at the metric of a chart', () => {
  expect(lookersOf(people, ['orders'], 'Ana')).toEqual(['Lena'])
  expect(lookersOf(people, ['orders'], undefined)).toEqual(['Ana', 'Lena'])
  expect(lookersOf(people, ['disk'], 'Ana')).toEqual([])
})
