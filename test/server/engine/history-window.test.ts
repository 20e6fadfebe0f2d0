import { limits } from '@chartroom/shared'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { wholeHistory } from '../../../server/engine/history-parts.ts'
import { maxWindowMs, windowOfHistory, windowQuery } from '../../../server/engine/history-window.ts'
import { GrownGroup } from '../../support/grown-group.ts'
import { HistoryFile } from '../../support/history-file.ts'

const [minute, hour] = [60_000, 3_600_000]
const usualKeep = { rawMs: limits.windowMs, tensMs: 24 * hour, minutesMs: 30 * 24 * hour }

/** A group in memory with its history beside it, as an engine keeps both. */
class KeptGroup extends GrownGroup {
  readonly file = new HistoryFile(usualKeep)

  write(...samples: { readonly metric: string; readonly value: number | null; readonly time?: number }[]): void {
    const { revision } = this.post(...samples)
    this.file.add(
      'ops',
      ...samples.map(({ metric, value, time = this.now }) => ({ key: metric, time, value, revision })),
    )
  }

  /** A value every so often until now. */
  fill(spanMs: number, everyMs: number, metrics: readonly string[] = ['cpu']): void {
    const end = this.now
    for (this.now = end - spanMs; this.now < end; this.now += everyMs) {
      this.write(...metrics.map((metric, at) => ({ metric, value: Math.round(this.now / everyMs) + at })))
    }
    this.now = end
    this.write(...metrics.map((metric) => ({ metric, value: 0 })))
    this.file.rollUpAll()
    this.file.trimAll(this.now)
  }

  history = async (query: Parameters<HistoryFile['history']['query']>[0]) => this.file.history.query(query)

  async window(windowMs: number) {
    return windowOfHistory(this.state, windowMs, await wholeHistory(this, windowQuery(this.state, windowMs)))
  }
}

let group: KeptGroup
afterEach(() => void group.file.db.close())

/** The points of the first series: time, last, least, greatest. */
function pointsOf({ start, bucketMs, series }: Awaited<ReturnType<KeptGroup['window']>>): (number | null)[][] {
  const points = series[0]?.[1] ?? []
  return Array.from({ length: points.length / 4 }, (_, at) => {
    const [index, ...values] = points.slice(at * 4, at * 4 + 4)
    return [start + (index ?? 0) * bucketMs, ...values]
  })
}

describe('a long window', () => {
  it.each([
    [20 * minute, 10_000],
    [hour, 30_000],
    [5 * hour, minute],
    [12 * hour, 5 * minute],
    [24 * hour, 5 * minute],
    [99 * hour, 5 * minute],
  ])('[S3] of %i ms has buckets of %i ms, all of them, from a border that is not too late', async (windowMs, width) => {
    group = new KeptGroup()
    group.fill(26 * hour, 10_000)
    const window = await group.window(windowMs)
    const spanMs = Math.min(windowMs, maxWindowMs)
    expect([window.bucketMs, window.start % width]).toEqual([width, 0])
    const points = pointsOf(window)
    expect(points.length).toBe(Math.floor(group.now / width) - window.start / width + 1)
    expect(points.length).toBeLessThanOrEqual(limits.maxWindowPoints)
    expect(window.start).toBeGreaterThan(group.now - spanMs)
    expect(window.start).toBeLessThanOrEqual(group.now - spanMs + width)
    expect(points.at(-1)?.[1]).toBe(0)
  })

  it('[U8] tells all from its start on: also what came after the past was asked for', async () => {
    group = new KeptGroup()
    group.fill(2 * hour, 10_000)
    const rows = group.file.history.query(windowQuery(group.state, 2 * hour))
    group.now += 1_000
    group.post({ metric: 'cpu', value: 1e9 })
    group.post({ metric: 'new', value: 5 })
    const window = windowOfHistory(group.state, 2 * hour, rows)
    expect(pointsOf(window).at(-1)).toEqual([expect.any(Number), 1e9, 0, 1e9])
    expect(window.series.map(([n]) => n)).toEqual([1, 2])
  })

  it('[U8] agrees with the rings where they reach, for any samples', async () => {
    const value = fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant(null))
    const step = fc.record({ value, afterMs: fc.integer({ min: 0, max: 90_000 }) })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60, size: 'max' }), async (steps) => {
        group = new KeptGroup()
        for (const { value, afterMs } of steps) {
          group.now += afterMs
          group.write({ metric: 'cpu', value })
        }
        group.file.rollUpAll()
        group.file.trimAll(group.now)
        const window = await group.window(4 * hour)
        const start = Math.max(
          window.start,
          Math.ceil((group.now - limits.windowMs) / window.bucketMs) * window.bucketMs,
        )
        const offset = (start - window.start) / window.bucketMs
        const recent = group.series('cpu').ring.points(start, window.bucketMs)
        const told = window.series[0]?.[1] ?? []
        const from = told.findIndex((index, at) => at % 4 === 0 && (index ?? 0) >= offset)
        const shifted = told.slice(from).map((field, at) => (at % 4 === 0 ? (field ?? 0) - offset : field))
        expect(shifted).toEqual(recent)
        group.file.db.close()
      }),
      { numRuns: 50 },
    )
  })

  it('[U8] fits its bytes: with many series its buckets are wider, and then its oldest part is left out', async () => {
    for (const [count, wider] of [
      [60, 10 * minute],
      [300, hour],
      [600, hour],
    ] as const) {
      group = new KeptGroup()
      group.fill(
        24 * hour,
        5 * minute,
        Array.from({ length: count }, (_, at) => `m${at}`),
      )
      const window = await group.window(24 * hour)
      expect(JSON.stringify(window).length).toBeLessThanOrEqual(limits.maxWindowBytes)
      expect(window.bucketMs).toBe(wider)
      expect(window.series).toHaveLength(count)
      group.file.db.close()
    }
  })
})
