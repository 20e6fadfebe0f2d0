import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketWidthFor, bucketWidthsMs, type Span, type Tier } from '../../../server/engine/bucket-width.ts'

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000]
const now = 1_795_178_659_123

function tiersOf(keptSince: readonly [number, number, number]): readonly [Tier, Tier, Tier] {
  return [
    { widthMs: second, keptSince: keptSince[0] },
    { widthMs: 10 * second, keptSince: keptSince[1] },
    { widthMs: minute, keptSince: keptSince[2] },
  ]
}

const usual = tiersOf([now - 16 * minute, now - day - hour, now - 31 * day])

function grain(spanMs: number, buckets: number, tiers = usual) {
  const { bucketMs, tier } = bucketWidthFor({ from: now - spanMs, to: now, buckets }, tiers)
  return [bucketMs, tier.widthMs]
}

describe('the width of buckets', () => {
  it.each([
    ['the last 5 minutes in 300 are seconds', 5 * minute, 300, [second, second]],
    ['the last 15 minutes in 300 are of 5 s', 15 * minute, 300, [5 * second, second]],
    ['the last 15 minutes in 60 are of 15 s, which only the samples make', 15 * minute, 60, [15 * second, second]],
    ['the last hour in 300 is of 30 s, because its samples are gone', hour, 300, [30 * second, 10 * second]],
    ['an hour in more buckets than there are is of 10 s', hour, 1_000, [10 * second, 10 * second]],
    ['a day in 300 is of 5 min, made from minutes', day, 300, [5 * minute, minute]],
    ['30 days in 300 are of 3 h', 30 * day, 300, [3 * hour, minute]],
    ['3 days in 10,000 are of 1 min, the finest there is', 3 * day, 10_000, [minute, minute]],
    ['30 days in one are 30 days', 30 * day, 1, [30 * day, minute]],
  ])('[Y2] %s', (_, spanMs, buckets, expected) => {
    expect(grain(spanMs, buckets)).toEqual(expected)
  })

  it('is of the tier that reaches furthest where none reaches back', () => {
    expect(grain(60 * day, 10_000)).toEqual([10 * minute, minute])
    expect(grain(hour, 3_600, tiersOf([now, now - 2, now - 1]))).toEqual([10 * second, 10 * second])
  })

  it('is the one asked for, and made from what divides it', () => {
    const span = { from: now - 40 * day, to: now, buckets: 1 }
    expect(bucketWidthFor({ ...span, bucketMs: second }, usual)).toMatchObject({ bucketMs: second, tier: usual[0] })
    expect(bucketWidthFor({ ...span, bucketMs: 30 * second }, usual)).toMatchObject({ tier: usual[1] })
  })

  it('is the same as by hand, for any span and tiers', () => {
    const time = fc.integer({ min: now - 40 * day, max: now })
    fc.assert(
      fc.property(time, time, fc.integer({ min: 1, max: 2_000 }), fc.tuple(time, time, time), (a, b, buckets, kept) => {
        const span: Span = { from: Math.min(a, b), to: Math.max(a, b) + 1, buckets }
        const tiers = tiersOf(kept)
        const { bucketMs, tier } = bucketWidthFor(span, tiers)
        expect(bucketMs % tier.widthMs).toBe(0)
        const isWithin = (width: number) => (span.to - span.from) / width <= buckets
        expect(isWithin(bucketMs)).toBe(true)
        const makes = (width: number, one: Tier) =>
          width % one.widthMs === 0 && one.keptSince <= Math.floor(span.from / width) * width
        const finer = bucketWidthsMs.filter((width) => width < bucketMs && isWithin(width))
        const isReached = tiers.some((one) => makes(bucketMs, one))
        if (isReached) expect(finer.filter((width) => tiers.some((one) => makes(width, one)))).toEqual([])
        if (isReached) expect(tiers.filter((one) => one.widthMs > tier.widthMs && makes(bucketMs, one))).toEqual([])
      }),
    )
  })
})
