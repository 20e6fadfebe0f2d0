import { type Bucket, bucketMs, limits, Ring } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const start = 1_795_000_000_000
const capacity = limits.windowMs / bucketMs

interface Shown {
  readonly time: number
  readonly value: number | null
  readonly revision: number | undefined
}

const value = fc.oneof({ weight: 5, arbitrary: fc.integer({ min: -9, max: 9 }) }, fc.constant(null))

/** Samples as a series gets them: new ones at growing times with growing revisions, late ones without a revision. */
const samples = fc
  .array(fc.record({ stepMs: fc.nat({ max: 600 }), lateMs: fc.nat({ max: 9_000 }), isLate: fc.boolean(), value }), {
    minLength: 1,
    maxLength: 120,
    size: 'max',
  })
  .map((sketches) => {
    let time = start
    return sketches.map(({ stepMs, lateMs, isLate, value }, at): Shown => {
      if (isLate && at > 0) return { time: time - 1 - lateMs, value, revision: undefined }
      time += stepMs
      return { time, value, revision: at + 1 }
    })
  })

function ringOf(samples: readonly Shown[]): Ring {
  const ring = new Ring()
  for (const { time, value, revision } of samples) ring.add(time, value, revision)
  return ring
}

function bucketsOf(ring: Ring): Bucket[] {
  return [...ring.from(0)]
}

function numbersOf(samples: readonly Shown[]): number[] {
  return samples.flatMap(({ value }) => value ?? [])
}

function grouped<T>(all: readonly T[], groupOf: (one: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>()
  for (const one of all) groups.set(groupOf(one), [...(groups.get(groupOf(one)) ?? []), one])
  return groups
}

/** The buckets as anybody would reckon them: sort the samples into seconds. */
function reckoned(samples: readonly Shown[]): Bucket[] {
  const seconds = grouped(samples, ({ time }) => Math.floor(time / bucketMs))
  return [...seconds]
    .sort(([a], [b]) => a - b)
    .map(([index, all]) => {
      const last = all.findLast(({ revision }) => revision !== undefined) ?? all[0]
      const numbers = numbersOf(all)
      const extremes =
        numbers.length === 0
          ? { least: null, greatest: null }
          : { least: Math.min(...numbers), greatest: Math.max(...numbers) }
      return { index, widthMs: bucketMs, last: last?.value ?? null, ...extremes }
    })
}

describe('the ring', () => {
  it('holds what sorting the samples into seconds gives', () => {
    fc.assert(
      fc.property(samples, (all) => {
        expect(bucketsOf(ringOf(all))).toEqual(reckoned(all))
      }),
    )
  })

  it('hides no extreme: since any revision, every sample shown after it is covered', () => {
    fc.assert(
      fc.property(samples, fc.nat({ max: 121 }), (all, since) => {
        const shown = numbersOf(all.filter(({ revision }) => revision !== undefined && revision > since))
        const extremes = ringOf(all).extremesSince(since)
        for (const value of shown) {
          expect(extremes?.least).toBeLessThanOrEqual(value)
          expect(extremes?.greatest).toBeGreaterThanOrEqual(value)
        }
      }),
    )
  })

  it('tells no extreme when nothing was shown since', () => {
    fc.assert(
      fc.property(samples, (all) => {
        expect(ringOf(all).extremesSince(all.length)).toBeUndefined()
      }),
    )
  })

  it('finds extremes behind a second in which only a late sample lies', () => {
    const ring = new Ring()
    ring.add(start, 99, 1)
    for (let revision = 2; revision <= 40; revision++) ring.add(start + 2_000, 5, revision)
    ring.add(start + 1_000, 7)
    expect(ring.extremesSince(0)).toEqual({ least: 5, greatest: 99 })
  })

  it('is exact for the last changes, and reaches to the border of the second for older ones', () => {
    const ring = new Ring()
    ring.add(start, 99, 1)
    for (let at = 2; at <= 40; at++) ring.add(start + at, at, at)
    expect(ring.extremesSince(30)).toEqual({ least: 31, greatest: 40 })
    expect(ring.extremesSince(2)).toEqual({ least: 2, greatest: 99 })
  })

  it('is equal when the points it tells are merged into another ring', () => {
    fc.assert(
      fc.property(samples, (all) => {
        const ring = ringOf(all)
        const copy = new Ring()
        const points = ring.points(start - 20_000, bucketMs)
        for (let at = 0; at < points.length; at += 4) {
          const [index, last = null, least = null, greatest = null] = points.slice(at, at + 4)
          copy.merge(start - 20_000 + (index ?? 0) * bucketMs, { last, least, greatest }, 1)
        }
        expect(bucketsOf(copy)).toEqual(bucketsOf(ring))
      }),
    )
  })

  it('puts seconds together into wider points and keeps the last value and both extremes', () => {
    fc.assert(
      fc.property(samples, fc.constantFrom(2_000, 5_000, 60_000), (all, width) => {
        const ring = ringOf(all)
        const from = Math.floor((start - 10_000) / width) * width
        const wide = grouped(bucketsOf(ring), ({ index }) => Math.floor((index * bucketMs - from) / width))
        const expected = [...wide].flatMap(([index, all]) => {
          const numbers = all.flatMap(({ least, greatest }) => [least ?? [], greatest ?? []].flat())
          const isGap = numbers.length === 0
          return [index, all.at(-1)?.last, isGap ? null : Math.min(...numbers), isGap ? null : Math.max(...numbers)]
        })
        expect(ring.points(from, width)).toEqual(expected)
      }),
    )
  })

  it('holds the last 15 minutes, and at most a quarter more', () => {
    const ring = new Ring()
    for (let second = 0; second < 3 * capacity; second++) {
      ring.add(start + second * bucketMs, second, second + 1)
      expect(ring.length).toBeLessThanOrEqual(capacity * 1.25 + 1)
    }
    const kept = [...ring.from(start + 2 * capacity * bucketMs)].map(({ last }) => last)
    expect(kept).toEqual(Array.from({ length: capacity }, (_, second) => 2 * capacity + second))
  })

  it('takes no sample that is older than the 15 minutes before its newest', () => {
    const ring = new Ring()
    ring.add(start, 1, 1)
    ring.add(start - limits.windowMs, 2)
    ring.add(start - limits.windowMs + bucketMs, 3)
    expect(bucketsOf(ring).map(({ last }) => last)).toEqual([3, 1])
  })

  it('starts anew after a silence longer than itself', () => {
    const ring = new Ring()
    ring.add(start, 1, 1)
    ring.add(start + 2 * limits.windowMs, 2, 2)
    expect(bucketsOf(ring).map(({ last }) => last)).toEqual([2])
  })

  it('lets everything go that begins at or after a cut', () => {
    const ring = ringOf([0, 1_000, 2_000].map((ms) => ({ time: start + ms, value: ms, revision: 1 })))
    ring.cut(start + 1_000)
    expect(bucketsOf(ring).map(({ last }) => last)).toEqual([0])
  })

  it('knows no minus zero, which JSON has not', () => {
    const ring = new Ring()
    ring.add(start, -0, 1)
    expect(ring.at(0)).toEqual({ index: start / bucketMs, widthMs: bucketMs, last: 0, least: 0, greatest: 0 })
  })

  it('has nothing before its first and after its last bucket', () => {
    const ring = new Ring()
    ring.add(start, 1, 1)
    expect([ring.at(-1), ring.at(1)]).toEqual([undefined, undefined])
  })
})

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Samples of many hours: each some seconds or minutes after the last. */
const longPast = fc
  .array(fc.record({ stepMs: fc.oneof(fc.nat({ max: 3_000 }), fc.nat({ max: 400_000 })), value }), {
    minLength: 1,
    maxLength: 1_500,
    size: 'max',
  })
  .map((sketches) => {
    let time = start
    return sketches.map(({ stepMs, value }, at): Shown => {
      time += stepMs
      return { time, value, revision: at + 1 }
    })
  })

function reachingRing(reachMs: number, samples: readonly Shown[]): Ring {
  const ring = new Ring(reachMs)
  for (const { time, value, revision } of samples) ring.add(time, value, revision)
  return ring
}

describe('a ring that reaches back further', () => {
  it('tells of the past in wide points what sorting all samples gives', () => {
    fc.assert(
      fc.property(longPast, fc.constantFrom(hourMs, 6 * hourMs, dayMs), (all, reachMs) => {
        const newest = all.at(-1)?.time ?? start
        const from = Math.ceil(Math.max(start, newest - reachMs + 60_000) / 60_000) * 60_000
        const shown = all.filter(({ time }) => time >= from)
        const expected = [...grouped(shown, ({ time }) => Math.floor((time - from) / 60_000))].flatMap(
          ([index, all]) => {
            const numbers = numbersOf(all)
            const isGap = numbers.length === 0
            return [index, all.at(-1)?.value, isGap ? null : Math.min(...numbers), isGap ? null : Math.max(...numbers)]
          },
        )
        expect(reachingRing(reachMs, all).points(from, 60_000)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('holds every second of the last 15 minutes', () => {
    fc.assert(
      fc.property(longPast, (all) => {
        const newest = Math.floor((all.at(-1)?.time ?? start) / bucketMs)
        const recent = all.filter(({ time }) => Math.floor(time / bucketMs) > newest - capacity)
        const ring = reachingRing(dayMs, all)
        expect([...ring.from((newest - capacity + 1) * bucketMs)]).toEqual(reckoned(recent))
      }),
      { numRuns: 60 },
    )
  })

  it('has buckets that follow one another and cover only what was told', () => {
    fc.assert(
      fc.property(longPast, fc.constantFrom(hourMs, dayMs), (all, reachMs) => {
        let end = Number.NEGATIVE_INFINITY
        for (const { index, widthMs } of bucketsOf(reachingRing(reachMs, all))) {
          expect(index).toBeGreaterThanOrEqual(end)
          end = index + widthMs / bucketMs
          expect(all.some(({ time }) => Math.floor(time / bucketMs) === index)).toBe(true)
          expect(all.some(({ time }) => Math.floor(time / bucketMs) === end - 1)).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    [hourMs, 5],
    [6 * hourMs, 15],
    [dayMs, 60],
  ])('of %i ms puts old seconds together by %i', (reachMs, width) => {
    const ring = new Ring(reachMs)
    const seconds = reachMs / bucketMs + 2 * capacity
    const from = Math.floor(start / dayMs) * dayMs
    for (let second = 0; second < seconds; second++) ring.add(from + second * bucketMs, second, second + 1)
    const [, oldest] = bucketsOf(ring)
    expect([oldest?.widthMs, (oldest?.index ?? 0) % width]).toEqual([width * bucketMs, 0])
    expect((ring.at(ring.length - 1)?.index ?? 0) - (oldest?.index ?? 0)).toBeGreaterThanOrEqual(
      reachMs / bucketMs - width,
    )
    expect(ring.length).toBeLessThanOrEqual(capacity * 1.25 + reachMs / bucketMs / width + 1)
  })

  it('hides no extreme of what was put together', () => {
    const ring = new Ring(dayMs)
    ring.add(start, 99, 1)
    for (let second = 1; second < 3 * capacity; second++) ring.add(start + second * bucketMs, 5, second + 1)
    expect(ring.extremesSince(0)).toEqual({ least: 5, greatest: 99 })
    expect(ring.extremesSince(2 * capacity)).toEqual({ least: 5, greatest: 5 })
  })

  it('takes wide buckets as they were told, and goes on by the second', () => {
    const ring = new Ring(dayMs)
    const wide = { last: 2, least: 1, greatest: 3, widthMs: 300_000 }
    for (let at = 0; at < 12; at++) ring.merge(start + at * 300_000, wide, 7)
    const end = start + 12 * 300_000
    ring.add(end, 4, 8)
    ring.add(end + 1_000, 5, 9)
    expect(bucketsOf(ring).map(({ widthMs }) => widthMs)).toEqual([
      ...Array.from({ length: 12 }, () => 300_000),
      1_000,
      1_000,
    ])
  })

  it('adds a sample to the wide bucket in which it falls', () => {
    const ring = new Ring(dayMs)
    ring.merge(start, { last: 2, least: 1, greatest: 3, widthMs: 300_000 }, 7)
    ring.add(start + 299_999, 9, 8)
    expect(bucketsOf(ring)).toEqual([{ index: start / bucketMs, widthMs: 300_000, last: 9, least: 1, greatest: 9 }])
  })

  it('ends a wide bucket at a cut', () => {
    const ring = new Ring(dayMs)
    ring.merge(start, { last: 2, least: 1, greatest: 3, widthMs: 300_000 }, 7)
    ring.cut(start + 60_000)
    expect(bucketsOf(ring)).toMatchObject([{ index: start / bucketMs, widthMs: 60_000 }])
  })

  it('reaches back 15 minutes, however little is asked of it', () => {
    const ring = new Ring(1_000)
    for (let second = 0; second < 2 * capacity; second++) ring.add(start + second * bucketMs, second, second + 1)
    expect([...ring.from(start + capacity * bucketMs)]).toHaveLength(capacity)
  })

  it('reaches as far as it is told later', () => {
    const ring = new Ring()
    ring.reachBack(hourMs)
    for (let second = 0; second < 4 * capacity; second++) ring.add(start + second * bucketMs, second, second + 1)
    expect(ring.at(0)?.index).toBe(start / bucketMs)
    ring.reachBack(limits.windowMs)
    for (let second = 4 * capacity; second < 5 * capacity; second++)
      ring.add(start + second * bucketMs, second, second + 1)
    expect(ring.length).toBeLessThanOrEqual(capacity * 1.25 + 1)
  })
})
