import { figureOf, isNamed, type View } from '@chartroom/shared/option'
import { expect, it } from 'vitest'
import { type LegendName, legendNamesOf } from '../../../client/charts/legend-names.ts'
import { chartOf, groupOf, light, samples, viewOf } from '../../shared/option/group.ts'

const state = groupOf(samples('orders', { Shirts: 5, Socks: 3, Hats: 1 }))
const keyOf = (name: string) => [...state.series.values()].find(({ category }) => category === name)?.key ?? ''

function namesOf(kind: 'line' | 'area' | 'pie', view: View = viewOf()): readonly LegendName[] {
  const figure = figureOf(chartOf('orders', kind), state, light, view)
  if (figure === undefined || !isNamed(figure)) throw new Error('it has no names')
  return legendNamesOf(figure)
}

it.each(['line', 'area', 'pie'] as const)(
  'the names of a %s chart keep their place and colour when one is left out',
  (kind) => {
    const hidden = new Set([keyOf('Socks')])
    expect(namesOf(kind, viewOf({ hidden })).map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ['Shirts', false],
      ['Socks', true],
      ['Hats', false],
    ])
    const colors = (view: View) => namesOf(kind, view).map(({ color }) => color)
    expect(colors(viewOf({ hidden }))).toEqual(colors(viewOf()))
  },
)

it('a chart of one line is named by its title alone', () => {
  const one = groupOf(samples('cpu', { host: 5 }))
  const figure = figureOf(chartOf('cpu', 'line'), one, light, viewOf())
  if (figure?.kind !== 'line') throw new Error('it is no line')
  expect(legendNamesOf(figure)).toEqual([])
})
