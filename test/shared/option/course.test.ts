import { describe, expect, it } from 'vitest'
import { courseOf, gapsOf, pointMs, reachOf } from '../../../shared/option/course.ts'
import { silentFor } from '../../../shared/option/silence.ts'
import type { Series } from '../../../shared/state.ts'
import { groupOf, now } from './group.ts'

const start = now - 300_000

/** The only series of a group to which these values came, at these seconds before `now`. */
function seriesAt(values: readonly (readonly [secondsAgo: number, value: number | null])[]): Series {
  const batch = values.map(([secondsAgo, value]) => ({ metric: 'cpu', value, time: now - secondsAgo * 1_000 }))
  const [series] = groupOf(batch).series.values()
  if (series === undefined) throw new Error('there is no series')
  return series
}

/** One value each so many seconds. */
function every(seconds: number, from: number, to: number): (readonly [number, number])[] {
  return Array.from({ length: (from - to) / seconds + 1 }, (_, at) => [from - at * seconds, 1] as const)
}

describe('a course', () => {
  it('begins with one point before the window', () => {
    const { points } = courseOf(seriesAt(every(1, 400, 0)), start)
    expect(points[0]).toEqual([start - 1_000, 1])
    expect(points.at(-1)).toEqual([now, 1])
  })

  it('is interrupted by a null', () => {
    const { points, least, greatest } = courseOf(
      seriesAt([
        [2, 5],
        [1, null],
        [0, 6],
      ]),
      start,
    )
    expect(points.map(([, value]) => value)).toEqual([5, null, 6])
    expect(least.map(([, value]) => value)).toEqual([5, null, 6])
    expect(greatest).toEqual(points)
  })

  it('is interrupted by more than three usual intervals without a value', () => {
    const { points } = courseOf(seriesAt([...every(2, 40, 20), ...every(2, 12, 0)]), start)
    expect(points.filter(([, value]) => value === null)).toEqual([[now - 19_000, null]])
  })

  it('goes on over three usual intervals, and over 5 s', () => {
    const threeIntervals = courseOf(seriesAt([...every(2, 40, 20), ...every(2, 14, 0)]), start)
    const fiveSeconds = courseOf(seriesAt([...every(1, 40, 20), ...every(1, 15, 0)]), start)
    for (const { points } of [threeIntervals, fiveSeconds])
      expect(points.every(([, value]) => value !== null)).toBe(true)
  })

  it('tells the least and the greatest of what came within a second', () => {
    const { points, least, greatest } = courseOf(
      seriesAt([
        [0.2, 5],
        [0.2, 9],
        [0.2, 2],
        [0.2, 6],
      ]),
      start,
    )
    expect([points, least, greatest].map((part) => part[0]?.[1])).toEqual([6, 2, 9])
  })

  it('reaches from its least to its greatest, and nowhere without a value', () => {
    const one = courseOf(
      seriesAt([
        [0.2, 5],
        [0.2, 9],
        [0.2, 2],
      ]),
      start,
    )
    expect(reachOf([one, courseOf(seriesAt([[0, -1]]), start)])).toEqual([-1, 9])
    expect(reachOf([courseOf(seriesAt([[0, null]]), start)])).toBeUndefined()
  })
})

describe('a course of wide buckets', () => {
  const wide = { last: 2, least: 1, greatest: 3, widthMs: 60_000 }

  function seriesOf(...minutes: number[]): Series {
    const series = seriesAt([[0, 5]])
    series.ring.reachBack(7_200_000)
    for (const minute of minutes) series.ring.merge(start - minute * 60_000, wide, 1)
    return series
  }

  it('has no gap between those that follow one another, and one where a minute is missing', () => {
    const { points } = courseOf(seriesOf(50, 49, 48, 43, 42, 41, 40), start - 3_600_000)
    const gaps = points.filter(([, value]) => value === null).map(([time]) => (start - time) / 60_000)
    expect(gaps).toEqual([47, 39])
  })

  it('has each value at the end of its bucket', () => {
    expect(courseOf(seriesOf(50), start - 3_600_000).points[0]).toEqual([start - 50 * 60_000 + 59_000, 2])
  })
})

describe('the points of a course', () => {
  it.each([
    [300_000, 1_000],
    [900_000, 2_000],
    [3_600_000, 5_000],
    [21_600_000, 30_000],
    [86_400_000, 120_000],
  ])('over %i ms are of %i ms each', (windowMs, widthMs) => {
    expect(pointMs(windowMs)).toBe(widthMs)
  })

  it('hold the last value and both extremes of what they put together, and still show a gap', () => {
    const series = seriesAt([...every(1, 119, 90), [80, 7], [79, -7], [70, 3], ...every(1, 60, 0)])
    const { points, least, greatest } = courseOf(series, start, 60_000)
    const border = Math.floor((now - 80_000) / 60_000) * 60_000
    const inMinute = points.filter(([time]) => time >= border && time < border + 60_000)
    expect(inMinute.length).toBeLessThanOrEqual(5)
    expect([
      Math.min(...least.map(([, value]) => value ?? 0)),
      Math.max(...greatest.map(([, value]) => value ?? 0)),
    ]).toEqual([-7, 7])
    expect(points.some(([, value]) => value === null)).toBe(true)
    expect(points.at(-1)).toEqual([now, 1])
  })
})

describe('the gaps of a line', () => {
  it('lie between its values, cut to the window', () => {
    const points = [
      [now - 9_000, 1],
      [now - 8_000, null],
      [now - 5_000, 1],
      [now - 3_000, null],
    ] as [number, number | null][]
    expect(gapsOf(points, now - 7_000, now)).toEqual([
      { from: now - 7_000, to: now - 5_000 },
      { from: now - 5_000, to: now },
    ])
  })
})

describe('a series', () => {
  it('is silent after three of its usual intervals', () => {
    const series = seriesAt(every(10, 100, 0))
    expect(silentFor(series, now + 30_000)).toBeUndefined()
    expect(silentFor(series, now + 30_001)).toBe(30_001)
  })

  it('is not silent for 5 s, however often it came', () => {
    const series = seriesAt(every(1, 100, 0))
    expect(silentFor(series, now + 5_000)).toBeUndefined()
    expect(silentFor(series, now + 5_001)).toBe(5_001)
  })

  it('is taken for one of each minute while its interval is not known', () => {
    const series = seriesAt([[0, 1]])
    expect(silentFor(series, now + 180_000)).toBeUndefined()
    expect(silentFor(series, now + 180_001)).toBe(180_001)
  })

  it('keeps its usual interval when a single gap was long', () => {
    const series = seriesAt([[800, 1], ...every(2, 20, 0)])
    expect(silentFor(series, now + 6_001)).toBe(6_001)
  })
})
