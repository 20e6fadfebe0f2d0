import { describe, expect, it } from 'vitest'
import { paceFor, slowerPace } from '../../../shared/client/pace.ts'

describe('the pace to ask for', () => {
  it.each([
    [1_000, 1_000],
    [1_001, 2_000],
    [1, 100],
    [60_001, 60_000],
    [Number.NaN, 60_000],
  ])('for every %s ms is %s ms', (ms, paceMs) => {
    expect(paceFor(ms)).toBe(paceMs)
  })

  it('is the next slower one for a link that did not drain', () => {
    expect([100, 250, 500, 1_000, 2_000, 5_000, 10_000, 60_000].map(slowerPace)).toEqual([
      250, 500, 1_000, 2_000, 5_000, 10_000, 60_000, 60_000,
    ])
  })
})
