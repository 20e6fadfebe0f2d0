import { type Annotation, Run } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { RepeatCount } from '../../../client/conversation/repeats.ts'

/** A run of logs: ids, and of those that repeat an alert its id. */
function runOf(earlier: number, ...lines: readonly (number | readonly [id: number, alert: number])[]): Run {
  const run = new Run()
  run.clear(earlier)
  for (const one of lines) {
    const [id, alert] = typeof one === 'number' ? [one] : one
    const line: Annotation = { id, revision: id, time: id * 1_000, author: 'ci', text: 'x', kind: 'log' }
    run.put(alert === undefined ? line : { ...line, kind: 'alert', repeats: alert })
  }
  return run
}

describe('the repeats of an alert', () => {
  it('are counted, with the time of the last', () => {
    const repeats = new RepeatCount()
    repeats.take(runOf(0, 5, [7, 3], [8, 4], [9, 3]))
    expect(repeats.all.get(3)).toEqual({ count: 2, lastTime: 9_000, isAll: true })
    expect(repeats.all.get(4)).toEqual({ count: 1, lastTime: 8_000, isAll: true })
    expect(repeats.all.get(5)).toBeUndefined()
  })

  it('are counted once each, and stay counted when the logs let them go', () => {
    const repeats = new RepeatCount()
    repeats.take(runOf(0, [7, 3], [8, 3]))
    repeats.take(runOf(8, [8, 3], [9, 3]))
    expect(repeats.all.get(3)).toEqual({ count: 3, lastTime: 9_000, isAll: true })
  })

  it('are not all where the logs begin after the alert, or some were left out since', () => {
    const repeats = new RepeatCount()
    repeats.take(runOf(5, 5, [7, 3]))
    repeats.take(runOf(5, 5, [7, 3], [9, 8]))
    expect([repeats.all.get(3)?.isAll, repeats.all.get(8)?.isAll]).toEqual([false, true])
    repeats.take(runOf(20, 20, [21, 8]))
    expect(repeats.all.get(8)).toEqual({ count: 2, lastTime: 21_000, isAll: false })
  })
})
