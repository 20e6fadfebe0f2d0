// What every engine must do when a group is deleted: nothing of it is left, and who follows it is told.

import { changesSince, cursorOf, encodeCursor, startCursor } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import type { Subject } from './subject.ts'

/** Runs this part of the contract. */
export function describeRemoval(subject: Subject): void {
  describe('a group that is deleted', () => {
    it('[U10] is empty for who follows it, whatever they knew', async () => {
      await subject.take({ type: 'batch', samples: [{ metric: 'cpu', value: 1 }] })
      await subject.say('hi')
      const followed = await subject.engine.open('ops')
      const known = cursorOf(followed.state)
      let resets = 0
      followed.onReset(() => resets++)
      expect(await subject.engine.remove('ops')).toBe(true)
      expect([resets, encodeCursor(cursorOf(followed.state))]).toEqual([1, '0:0'])
      const update = changesSince(followed.state, known)
      expect(update).toMatchObject({ epoch: '0', from: 0, to: 0, series: [], annotations: [] })
      followed.close()
    })

    it('[U10] leaves nothing behind: words, samples, keys, names', async () => {
      const from = subject.time
      await subject.take({ type: 'batch', samples: [{ metric: 'orders', add: 3 }] }, { key: 'shop k' })
      const claim = { name: 'Ana', person: 'a' }
      await subject.say('secret', { claim })
      await subject.say('secret', { kind: 'log' })
      await subject.engine.remove('ops')
      expect(await subject.engine.groups()).toEqual([])
      for (const run of ['talk', 'logs'] as const) expect(await subject.texts(run)).toEqual([])
      expect((await subject.engine.search('ops', 'secret', 0, 50)).annotations).toEqual([])
      const past = await subject.engine.history({ group: 'ops', from, to: from + 1_000, buckets: 300 })
      expect(past.series).toEqual([])
      expect(await subject.engine.hold('ops', { ...claim, person: 'b' })).toMatchObject({ name: 'Ana' })
      const { cursor } = await subject.take(
        { type: 'batch', samples: [{ metric: 'orders', add: 4 }] },
        { key: 'shop k' },
      )
      const followed = await subject.engine.open('ops')
      expect([cursor.revision, followed.state.series.get('orders')?.value]).toEqual([1, 4])
      followed.close()
    })

    it('[U10] begins another epoch with what is written later, which who follows it sees', async () => {
      const before = await subject.take({ type: 'batch', samples: [{ metric: 'cpu', value: 1 }] })
      const followed = await subject.engine.open('ops')
      await subject.engine.remove('ops')
      let heard = 0
      followed.onChange(() => heard++)
      const { cursor } = await subject.take({ type: 'batch', samples: [{ metric: 'cpu', value: 2 }] })
      expect(cursor.epoch).not.toBe(before.cursor.epoch)
      expect(heard).toBe(1)
      expect(changesSince(followed.state, startCursor).values).toEqual([[1, 2]])
      followed.close()
    })

    it('is none when nobody wrote to it, and others stay as they are', async () => {
      await subject.say('hi')
      expect(await subject.engine.remove('nowhere')).toBe(false)
      await subject.take({ type: 'batch', samples: [{ metric: 'cpu', value: 1 }] }, { group: 'other' })
      expect(await subject.engine.remove('other')).toBe(true)
      expect(await subject.engine.remove('other')).toBe(false)
      expect(await subject.texts()).toEqual(['hi'])
    })
  })
}
