import { describe, expect, it } from 'vitest'
import { scaleBarOf } from '../../../client/charts/scale-bar.ts'

// A whole even minute, Unix ms.
const minute = 60_000
const even = 2 * minute * 14_959_822

describe('a scale bar', () => {
  it('is filled in every second minute, and labelled at each', () => {
    expect(scaleBarOf(even, even + 4 * minute, 400, 0)).toEqual({
      filled: [
        { left: 0, width: 100 },
        { left: 200, width: 100 },
      ],
      labels: [0, 1, 2, 3].map((at) => ({ left: at * 100, time: even + at * minute })),
    })
  })

  it('slides with the time, and each segment stays what it is', () => {
    const { filled, labels } = scaleBarOf(even + minute / 2, even + 4.5 * minute, 480, 0)
    expect(filled).toEqual([
      { left: 0, width: 60 },
      { left: 180, width: 120 },
      { left: 420, width: 60 },
    ])
    expect(labels[0]).toEqual({ left: 60, time: even + minute })
  })

  it('has fewer labels where there is less room', () => {
    expect(scaleBarOf(even, even + 4 * minute, 100).labels).toHaveLength(2)
  })

  it('has one segment where there is hardly any', () => {
    expect(scaleBarOf(even, even + 4 * minute, 1).labels.length).toBeLessThanOrEqual(1)
  })

  it.each([
    [15, 2],
    [60, 10],
    [360, 60],
    [1_440, 180],
  ])('of %i minutes is labelled every %i', (minutes, step) => {
    const { labels } = scaleBarOf(even, even + minutes * minute, 560, 0)
    expect((labels[1]?.time ?? 0) - (labels[0]?.time ?? 0)).toBe(step * minute)
  })

  it('of a part of the past shorter than two minutes is labelled by seconds', () => {
    const { labels } = scaleBarOf(even, even + minute, 560, 0)
    expect(labels.map(({ time }) => (time - even) / 1_000)).toEqual([0, 10, 20, 30, 40, 50])
  })

  it('of a day is labelled at round hours of the reader, also where they begin at a half', () => {
    const aheadMs = 330 * minute
    const { labels } = scaleBarOf(even, even + 1_440 * minute, 560, aheadMs)
    expect(labels.map(({ time }) => (time + aheadMs) % (180 * minute))).toEqual(labels.map(() => 0))
  })
})
