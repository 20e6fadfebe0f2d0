// Medians and quantiles, held to what sorting everything would say.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Histogram, median, merged, quantile, spread } from './quantile.ts'

function histogramOf(numbers: readonly number[]): Histogram {
  return merged([numbers.map((number) => [number, 1])])
}

describe('quantile', () => {
  it('is the value that the part of all does not exceed', () => {
    const histogram: Histogram = [
      [1, 98],
      [5, 1],
      [9, 1],
    ]
    expect([0.5, 0.98, 0.99, 1].map((part) => quantile(histogram, part))).toEqual([1, 1, 5, 9])
  })

  it('is what sorting everything would say', () => {
    const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 })
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, part) => {
        const sorted = all.toSorted((a, b) => a - b)
        const wanted = sorted.find((_, at) => at + 1 >= all.length * part)
        expect(quantile(histogramOf(all), part)).toBe(wanted)
      }),
    )
  })

  it('is no number of nothing', () => {
    expect(quantile([], 0.5)).toBeNaN()
  })
})

describe('median', () => {
  it('is the one in the middle, or between the two', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
  })

  it('has a spread about it', () => {
    expect(spread([8, 10, 12])).toBe(0.4)
  })
})

describe('merged', () => {
  it('counts a value of several histograms once, growing', () => {
    expect(
      merged([
        [
          [2, 1],
          [7, 3],
        ],
        [
          [1, 1],
          [7, 1],
        ],
      ]),
    ).toEqual([
      [1, 1],
      [2, 1],
      [7, 4],
    ])
  })
})
