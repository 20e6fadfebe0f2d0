// What every engine must tell of the past: of a group that was written to a moment ago, which each of them still has.

import type { Sample } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { wholeHistory } from '../../server/engine/history-parts.ts'
import type { HistoryRows } from '../../server/engine/history-rows.ts'
import { windowOfHistory, windowQuery } from '../../server/engine/history-window.ts'
import type { Subject } from './subject.ts'

/** `[index, last, least, greatest, mean, count]` of each bucket, by series. */
function bucketsOf({ series }: HistoryRows): Record<string, number[][]> {
  return Object.fromEntries(
    series.map(({ key, points }) => [
      key,
      Array.from({ length: points.length / 6 }, (_, at) => [...points.subarray(at * 6, at * 6 + 6)]),
    ]),
  )
}

/** Runs this part of the contract. */
export function describePast(subject: Subject): void {
  describe('the past', () => {
    const post = (...samples: Sample[]) => subject.take({ type: 'batch', samples })

    /** Samples of one value a second, from a border on; returns when the first was. */
    async function grow(values: readonly (number | null)[]): Promise<number> {
      subject.time = Math.ceil(subject.time / 60_000) * 60_000
      const begin = subject.time
      for (const value of values) {
        await post({ metric: 'cpu', value })
        subject.time += 1_000
      }
      return begin
    }

    it('is told in the finest buckets that are asked for, at fixed borders, the newest sample included', async () => {
      const from = await grow([3, 1, 2])
      const rows = await subject.engine.history({ group: 'ops', from, to: from + 3_000, buckets: 300 })
      expect([rows.bucketMs, rows.start]).toEqual([1_000, from])
      expect(bucketsOf(rows)).toEqual({
        cpu: [
          [0, 3, 3, 3, 3, 1],
          [1, 1, 1, 1, 1, 1],
          [2, 2, 2, 2, 2, 1],
        ],
      })
    })

    it('is told in wider buckets with last, least, greatest, mean and count', async () => {
      const from = await grow([3, 9, 1, 2, 5, 4])
      const rows = await subject.engine.history({ group: 'ops', from, to: from + 10_000, buckets: 2 })
      expect([rows.bucketMs, rows.start]).toEqual([5_000, from])
      expect(bucketsOf(rows)).toEqual({
        cpu: [
          [0, 5, 1, 9, 4, 5],
          [1, 4, 4, 4, 4, 1],
        ],
      })
    })

    it('ends before `to`, and has a gap where there was no value', async () => {
      const from = await grow([3, null, 2, 4])
      const rows = await subject.engine.history({ group: 'ops', from, to: from + 3_000, buckets: 300 })
      expect(bucketsOf(rows).cpu?.map(([index, last]) => [index, last])).toEqual([
        [0, 3],
        [1, Number.NaN],
        [2, 2],
      ])
    })

    it('has late samples, which change nothing of the present', async () => {
      const from = await grow([1, 1, 1, 1])
      const { cursor } = await post({ metric: 'cpu', value: 9, time: from + 1_500 })
      expect(cursor.revision).toBe(4)
      const rows = await subject.engine.history({ group: 'ops', from, to: from + 4_000, buckets: 300 })
      expect(bucketsOf(rows).cpu?.[1]?.[3]).toBe(9)
    })

    it('is of one metric, or of all', async () => {
      const from = await grow([1])
      await post({ metric: 'orders', labels: { item: 'Shirts' }, value: 2, time: from })
      const all = await subject.engine.history({ group: 'ops', from, to: from + 2_000, buckets: 300 })
      expect(Object.keys(bucketsOf(all))).toHaveLength(2)
      const one = await subject.engine.history({ group: 'ops', metric: 'cpu', from, to: from + 2_000, buckets: 300 })
      expect(Object.keys(bucketsOf(one))).toEqual(['cpu'])
    })

    it('of a group that nobody wrote to is empty', async () => {
      const from = subject.time - 60_000
      const rows = await subject.engine.history({ group: 'nowhere', from, to: subject.time, buckets: 300 })
      expect(rows).toMatchObject({ series: [] })
      expect(await subject.engine.groups()).toEqual([])
    })

    it('is a window of all series, as an update carries it', async () => {
      const from = await grow([3, 1, 2])
      const { state } = await subject.engine.open('ops')
      const rows = await wholeHistory(subject.engine, windowQuery(state, 60_000))
      const { bucketMs, start, series } = windowOfHistory(state, 60_000, rows)
      const [n, points = []] = series[0] ?? []
      const buckets = Array.from({ length: points.length / 4 }, (_, at) => points.slice(at * 4, at * 4 + 4))
      const shown = buckets.map(([index, last]) => [start + (index ?? 0) * bucketMs - from, last])
      expect([series.length, n, bucketMs, shown]).toEqual([
        1,
        1,
        1_000,
        [
          [0, 3],
          [1_000, 1],
          [2_000, 2],
        ],
      ])
    })
  })
}
