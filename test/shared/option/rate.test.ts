import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rateOf } from '../../../shared/option/rate.ts'
import { Ring } from '../../../shared/ring.ts'

const start = 1_795_178_660_000

/** The rates of a counter that had these values at these seconds, at a second in which nothing came any more. */
function rates(values: Readonly<Record<number, number | null>>, second = 1_000): [number, number | null][] {
  const ring = new Ring()
  for (const [at, value] of Object.entries(values)) ring.add(start + Number(at) * 1_000, value)
  const past = rateOf(ring, start + second * 1_000)
  return Array.from({ length: past.length }, (_, at) => {
    const bucket = past.at(at)
    return [(bucket?.index ?? 0) - start / 1_000, bucket?.last ?? null]
  })
}

describe('the rate of a counter', () => {
  it('is by how much it grew a second; its first sample has none', () => {
    expect(rates({ 0: 100, 1: 110, 2: 120 })).toEqual([
      [1, 10],
      [2, 10],
    ])
  })

  it('is over the last five seconds, so that the time within a second is not seen', () => {
    expect(rates({ 0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 50 }).at(-1)).toEqual([6, 10])
  })

  it('is over the time between two samples that are further apart', () => {
    expect(rates({ 0: 0, 15: 30, 30: 90 })).toEqual([
      [15, 2],
      [30, 4],
    ])
  })

  it('begins anew at zero where the counter fell', () => {
    expect(rates({ 0: 1_000, 1: 1_010, 2: 10 })).toEqual([
      [1, 10],
      [2, 10],
    ])
  })

  it('is not known where the counter is not, and after it from there', () => {
    expect(rates({ 0: 1, 1: 2, 2: null, 3: 5, 4: 9 })).toEqual([
      [1, 1],
      [2, null],
      [3, null],
      [4, 4],
    ])
  })

  it('waits for a second to be over', () => {
    expect(rates({ 0: 0, 1: 10, 2: 12 }, 2.5)).toEqual([[1, 10]])
  })

  it('is never below zero, and of a counter that never fell adds up to what it grew', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 2, maxLength: 40 }), (steps) => {
        const all = rates(Object.fromEntries(steps.map((value, at) => [at * 5, value])))
        for (const [, rate] of all) expect(rate).toBeGreaterThanOrEqual(0)
        const counts = steps.map((_, at) => steps.slice(0, at + 1).reduce((sum, step) => sum + step, 0))
        const grown = rates(Object.fromEntries(counts.map((count, at) => [at * 5, count])))
        const sum = grown.reduce((all, [, rate]) => all + (rate ?? 0) * 5, 0)
        expect(sum).toBeCloseTo((counts.at(-1) ?? 0) - (counts[0] ?? 0), 6)
      }),
    )
  })
})
