// The order in which subjects are measured.

import { expect, it } from 'vitest'
import { interleaved } from './interleaved.ts'

it('measures in turns, each beginning with another subject, and keeps the results of each together', async () => {
  const order: string[] = []
  const results = await interleaved(['a', 'b', 'c'], 3, async (subject) => order.push(subject))
  expect(order.join('')).toBe('abcbcacab')
  expect(results).toEqual(
    new Map([
      ['a', [1, 6, 8]],
      ['b', [2, 4, 9]],
      ['c', [3, 5, 7]],
    ]),
  )
})
