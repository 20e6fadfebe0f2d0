import { describe, expect, it } from 'vitest'
import { p95, smoothnessOf } from './smoothness.ts'

describe('how smooth a page was', () => {
  it('is told by its frames, its long tasks and its keys', () => {
    const keys = [
      { heardMs: 2, shownMs: 10 },
      { heardMs: 4, shownMs: 30 },
    ]
    expect(smoothnessOf({ frames: [100, 110, 120, 150], tasks: [60, 130], keys })).toEqual({
      fps: 60,
      frameP95Ms: 30,
      longTasks: 2,
      longestMs: 130,
      heardP95Ms: 4,
      shownP50Ms: 20,
      shownP95Ms: 30,
    })
  })

  it('has no frames and no keys where none were noted', () => {
    const { fps, heardP95Ms, longestMs } = smoothnessOf({ frames: [], tasks: [], keys: [] })
    expect([fps, heardP95Ms, longestMs]).toEqual([Number.NaN, Number.NaN, 0])
  })
})

it('95 of 100 numbers do not exceed the 95th', () => {
  expect(p95(Array.from({ length: 100 }, (_, at) => 100 - at))).toBe(95)
  expect(p95([7])).toBe(7)
})
