import { applyUpdate, bucketMs, changesSince, createState, limits, startCursor, windowOf } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { GrownGroup, wired } from '../support/grown-group.ts'

describe('a window', () => {
  const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(null))

  function grown(seconds: readonly (readonly (number | null)[])[]): GrownGroup {
    const group = new GrownGroup()
    for (const values of seconds) {
      group.now += 1_000
      group.post(...values.map((value, at) => ({ metric: `m${at}`, value })))
    }
    return group
  }

  it('has the last, the least and the greatest value of each second', () => {
    const group = grown([[1], [null], [7]])
    group.post({ metric: 'm0', value: 9 })
    group.post({ metric: 'm0', value: 8 })
    const window = windowOf(group.state, 3_000)
    expect(window).toEqual({
      bucketMs: 1_000,
      start: group.now - 2_000,
      series: [[1, [0, 1, 1, 1, 1, null, null, null, 2, 8, 7, 9]]],
    })
  })

  it('gives a receiver the ring of the server, and told again it is the same', () => {
    const seconds = fc.array(fc.array(value, { maxLength: 3 }), { minLength: 1, maxLength: 60, size: 'max' })
    fc.assert(
      fc.property(seconds, fc.integer({ min: 1_000, max: 70_000 }), (seconds, spanMs) => {
        const { state } = grown(seconds)
        const window = windowOf(state, spanMs)
        const receiver = createState('ops')
        applyUpdate(receiver, wired({ ...changesSince(state, startCursor), window }))
        expect(windowOf(receiver, spanMs)).toEqual(window)
      }),
      { numRuns: 200 },
    )
  })

  it('of a snapshot has nothing in its first second of a series that was silent then', () => {
    const { state } = grown([[1, 1], [2]])
    const window = windowOf(state, 1_000)
    const receiver = createState('ops')
    applyUpdate(receiver, wired({ ...changesSince(state, startCursor), window }))
    expect(windowOf(receiver, 1_000).series).toEqual([[1, [0, 2, 2, 2]]])
  })

  it('has at most 300 points a series, in the finest buckets with which that is so, also on a border', () => {
    for (const offsetMs of [0, 1, 999]) {
      const group = new GrownGroup()
      group.now = 29_916_000 * 60_000 + offsetMs
      for (let second = 0; second < 1_020; second++) {
        group.now += 1_000
        group.post({ metric: 'm0', value: second })
      }
      for (const [spanMs, width] of [
        [limits.windowMs, 5_000],
        [600_000, 2_000],
        [300_001, 2_000],
        [300_000, 1_000],
        [10 * limits.windowMs, 5_000],
      ] as const) {
        const window = windowOf(group.state, spanMs)
        const points = (window.series[0]?.[1].length ?? 0) / 4
        expect(window.bucketMs).toBe(width)
        expect(points).toBeLessThanOrEqual(limits.maxWindowPoints)
        expect(Math.abs(points - Math.min(spanMs, limits.windowMs) / width)).toBeLessThan(1)
      }
    }
  })

  it('begins on a border of its buckets, so that it does not shimmer when it slides', () => {
    const group = grown(Array.from({ length: 400 }, (_, at) => [at]))
    const before = windowOf(group.state, 390_000)
    group.now += 700
    group.post({ metric: 'm0', value: 1 })
    const after = windowOf(group.state, 390_000)
    expect(before.bucketMs).toBe(2_000)
    expect([before.start % before.bucketMs, after.start % after.bucketMs]).toEqual([0, 0])
  })

  it('stays within 256 KiB: with many series its buckets are wider, and then its oldest part is left out', () => {
    for (const [count, wider] of [
      [100, 2_000],
      [700, 10_000],
      [2_000, 60_000],
    ] as const) {
      const group = grown(
        Array.from({ length: 120 }, (_, second) => Array.from({ length: count }, (_, at) => second + at / 7)),
      )
      const window = windowOf(group.state, 300_000)
      expect(Buffer.byteLength(JSON.stringify(window))).toBeLessThanOrEqual(limits.maxWindowBytes)
      expect(window.bucketMs).toBeGreaterThanOrEqual(wider)
      expect(window.series).toHaveLength(count)
    }
  })

  it('is empty when the group is', () => {
    expect(windowOf(createState('ops'), 60_000)).toMatchObject({ bucketMs: bucketMs, series: [] })
  })
})
