import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Backoff } from '../../../shared/client/backoff.ts'

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('backoff', () => {
  it('waits min(20 s, 500 ms + rand(0, 500 ms * 2^n)) after failure n', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 2_000 }), (chances) => {
        const rest = [...chances]
        const backoff = new Backoff(() => rest.shift() ?? 0)
        for (const [n, random] of chances.entries()) {
          const delayMs = backoff.next()
          expect(delayMs).toBeGreaterThanOrEqual(500)
          expect(delayMs).toBeLessThanOrEqual(20_000)
          if (n < 6) expect(delayMs).toBe(Math.min(20_000, Math.round(500 + random * 500 * 2 ** n)))
        }
      }),
      { numRuns: 50 },
    )
  })

  it('uses the whole spread, so that clients cut together come back apart', () => {
    const backoff = new Backoff(() => 0)
    expect([backoff.next(), backoff.next(), backoff.next()]).toEqual([500, 500, 500])
    const late = new Backoff(() => 0.999_999)
    for (let n = 0; n < 20; n++) late.next()
    expect(late.next()).toBe(20_000)
  })

  it('begins anew after a reset', () => {
    const backoff = new Backoff(() => 0.5)
    backoff.next()
    backoff.next()
    expect(backoff.next()).toBe(1_500)
    backoff.reset()
    expect(backoff.next()).toBe(750)
  })
})
