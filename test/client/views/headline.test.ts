import { chartsOf, type Sample } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { headlineOf } from '../../../client/views/headline.ts'
import { FakeGroup } from '../../support/fake-group.ts'

function headline(...samples: Sample[]) {
  const group = new FakeGroup()
  group.happen({ type: 'batch', samples })
  group.push()
  const found = headlineOf(chartsOf(group.state), group.state, 0)
  return found && [found.title, found.series.value, found.unit]
}

describe('the number of a group', () => {
  it('is its first single one', () => {
    expect(
      headline(
        { metric: 'orders', labels: { item: 'Shirts' }, value: 5 },
        { metric: 'cpu', value: 12.5, unit: '%', title: 'CPU' },
        { metric: 'load', value: 1 },
      ),
    ).toEqual(['CPU', 12.5, '%'])
  })

  it('is a category, by its name, where there are only categories', () => {
    expect(
      headline(
        { metric: 'orders', labels: { item: 'Shirts' }, value: 5, unit: 'pcs' },
        { metric: 'orders', labels: { item: 'Socks' }, value: 7 },
      ),
    ).toEqual(['orders / Shirts', 5, 'pcs'])
  })

  it('is none where there are no series', () => {
    expect(headline()).toBeUndefined()
  })
})
