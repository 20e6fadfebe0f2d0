import { expect, it } from 'vitest'
import { figureOf, isOverTime, limitWordsPlace } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, now, viewOf } from './group.ts'

/** Where the words of a limit at 50 stand over these values, the last of them at `now`, one every 30 s. */
function place(kind: 'line' | 'area', ...values: readonly number[]): string {
  const state = groupOf(
    values.map((value, at) => ({ metric: 'cpu', value, time: now - (values.length - 1 - at) * 30_000 })),
  )
  const chart = { ...chartOf('cpu', kind), thresholds: [{ at: 50 }] }
  const figure = figureOf(chart, state, light, viewOf())
  const [limit] = figure !== undefined && isOverTime(figure) ? figure.limits : []
  if (figure === undefined || !isOverTime(figure) || limit === undefined) throw new Error('there is no limit')
  const { isAtEnd, isBelow } = limitWordsPlace(figure, limit.px, 90)
  return `${isAtEnd ? 'right' : 'left'} ${isBelow ? 'below' : 'above'}`
}

it.each<[words: string, kind: 'line' | 'area', values: readonly number[]]>([
  ['left above', 'line', [0, 10, 10, 10, 10, 10, 10, 10, 10, 10, 100]],
  ['left below', 'line', [55, 55, 55, 55, 55, 55, 55, 55, 55, 55, 100]],
  ['right above', 'line', [40, 60, 40, 60, 40, 60, 40, 10, 10, 0, 0]],
  ['left above', 'line', [40, 60, 40, 60, 40, 60, 40, 60, 40, 60, 40]],
  ['right above', 'area', [90, 90, 90, 90, 90, 90, 90, 10, 10, 10, 0]],
])('the words of a limit stand %s of its line where a %s goes over %j', (words, kind, values) => {
  expect(place(kind, ...values)).toBe(words)
})
