import { describe, expect, it } from 'vitest'
import { whyNotTime } from '../../../server/intake/sample-time.ts'

const now = 1_795_178_659_000
const day = 86_400_000

describe("a sample's time", () => {
  it('may be 60 s ahead and 30 days old, to the millisecond', () => {
    expect(whyNotTime(now, now)).toBeUndefined()
    expect(whyNotTime(now + 60_000, now)).toBeUndefined()
    expect(whyNotTime(now - 30 * day, now)).toBeUndefined()
    expect(whyNotTime(now + 60_001, now)).toContain('ahead')
    expect(whyNotTime(now - 30 * day - 1, now)).toContain('old')
  })

  it('says how far off it is, and by which clock', () => {
    expect(whyNotTime(now + 2 * 3_600_000, now)).toBe(
      "is 2 h ahead of the server's clock, which says 1795178659000; at most 60 s ahead is taken",
    )
    expect(whyNotTime(now + 90_000, now)).toContain('is 90 s ahead')
    expect(whyNotTime(now + 10 * 60_000, now)).toContain('is 10 min ahead')
    expect(whyNotTime(now - 45 * day, now)).toBe(
      "is 45 days old by the server's clock, which says 1795178659000; at most 30 days are taken",
    )
  })

  it.each([
    ['seconds', now / 1_000],
    ['seconds', now / 1_000 + 0.25],
    ['microseconds', now * 1_000],
    ['nanoseconds', now * 1_000_000],
  ])('is told from %s: %d', (unit, time) => {
    expect(whyNotTime(time, now)).toBe(`looks like ${unit}: send Unix milliseconds, now 1795178659000`)
  })

  it.each(['2026-11-21T01:02:03Z', null, true, -5, now + 0.5, Number.POSITIVE_INFINITY])('is no %j', (time) => {
    expect(whyNotTime(time, now)).toBe('must be Unix milliseconds, a whole number')
  })
})
