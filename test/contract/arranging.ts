// What every engine must do with the board of a group: edits whole and in order, one revision each, under a name.

import { type BoardEdit, type Change, encodeCursor, limits } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import type { Subject } from './subject.ts'

const ana = { name: 'Ana', person: 'a' }
const ben = { name: 'Ben', person: 'b' }

type Arrange = Extract<Change, { type: 'arrange' }>

const put = (id: string, metric = id): BoardEdit => ({ type: 'put', chart: { id, metrics: [metric] } })
const arrange = (edits: readonly BoardEdit[], boardAt?: number): Arrange => ({
  type: 'arrange',
  edits,
  name: 'Ana',
  ...(boardAt === undefined ? {} : { boardAt }),
})

/** Runs this part of the contract. */
export function describeArranging(subject: Subject): void {
  const boardOf = async (group = 'ops') => {
    const followed = await subject.engine.open(group)
    const { board, boardAt } = followed.state
    followed.close()
    return { board, boardAt, ids: board?.charts.map(({ id }) => id) }
  }

  describe('arranging', () => {
    it('[Z1] does its edits in their order, in one revision, and begins a group that nobody wrote to', async () => {
      const followed = await subject.engine.open('ops')
      const seen: number[] = []
      followed.onChange(() => seen.push(followed.state.revision))
      const edits = [put('x'), put('y'), { type: 'move', chart: 'y', before: 'x' }] as const
      const { cursor } = await subject.take(arrange(edits), { claim: ana })
      expect([cursor.revision, seen]).toEqual([1, [1]])
      expect(await boardOf()).toMatchObject({ ids: ['y', 'x'], boardAt: 1 })
      expect((await boardOf()).board?.charts).toMatchObject([
        { author: 'Ana', revision: 1 },
        { author: 'Ana', revision: 1 },
      ])
      expect(await subject.engine.groups()).toMatchObject([{ group: 'ops', cursor: encodeCursor(cursor), series: 0 }])
      followed.close()
    })

    it('[Z1] that changes nothing takes no revision, and makes no group', async () => {
      const nothing = arrange([{ type: 'remove', chart: 'x' }])
      expect(encodeCursor((await subject.take(nothing, { claim: ana, key: 'a k' })).cursor)).toBe('0:0')
      expect(await subject.engine.groups()).toEqual([])
      const { cursor } = await subject.take(arrange([put('x')]), { claim: ana })
      expect((await subject.take(arrange([put('x')]), { claim: ben })).cursor).toEqual(cursor)
      expect((await boardOf()).board?.charts).toMatchObject([{ author: 'Ana' }])
    })

    it('[Z6] is refused whole when the board would be too large', async () => {
      const charts = Array.from({ length: limits.maxCharts }, (_, n) => ({ id: `${n}`, metrics: ['m'] }))
      const { cursor } = await subject.take(arrange([{ type: 'replace', board: { charts } }]), { claim: ana })
      const more = arrange([{ type: 'remove', chart: '0' }, put('x'), put('y')])
      expect(await subject.refusal(more, ana)).toMatchObject({ code: 'board_limit' })
      const long = { id: 'x', metrics: ['x'], title: 't'.repeat(limits.maxMetricLength) }
      const larger = charts.map((chart) => ({ ...long, id: chart.id }))
      const tooLarge = arrange([{ type: 'replace', board: { charts: larger } }])
      expect(await subject.refusal(tooLarge, ana)).toMatchObject({ code: 'board_limit' })
      expect(await boardOf()).toMatchObject({ boardAt: cursor.revision, board: { charts } })
    })

    it('[Z5] of different charts at once keeps the work of both', async () => {
      await subject.take({ type: 'batch', samples: ['a', 'b', 'c'].map((metric) => ({ metric, value: 1 })) })
      const kind = (id: string): BoardEdit => ({ type: 'put', chart: { id, metrics: [id], kind: 'line' } })
      await Promise.all([
        subject.take(arrange([kind('a')]), { claim: ana }),
        subject.take(arrange([kind('b')]), { claim: ben }),
      ])
      const { board } = await boardOf()
      expect(board?.charts).toMatchObject([
        { id: 'a', kind: 'line', author: 'Ana' },
        { id: 'b', kind: 'line', author: 'Ben' },
      ])
    })

    it('[Z5] of the same chart at once keeps what came later', async () => {
      const title = (text: string) => arrange([{ type: 'put', chart: { id: 'a', metrics: ['a'], title: text } }])
      await Promise.all([subject.take(title('first'), { claim: ana }), subject.take(title('second'), { claim: ben })])
      expect((await boardOf()).board?.charts).toMatchObject([{ title: 'second', author: 'Ben', revision: 2 }])
    })

    it('[Z11] is refused when the board is another than was asked for, also among what came at once', async () => {
      await subject.take(arrange([put('x')], 0), { claim: ana })
      expect(await subject.refusal(arrange([put('y')], 0), ben)).toMatchObject({ code: 'board_changed' })
      await subject.take({ type: 'batch', samples: [{ metric: 'cpu', value: 1 }] })
      const results = await Promise.all(
        [put('y'), put('z')].map((edit) =>
          subject.engine.append({ group: 'ops', change: arrange([edit], 1), claim: ana }),
        ),
      )
      expect(results.map((result) => result.ok || result.refusal.code)).toEqual([true, 'board_changed'])
      expect((await boardOf()).ids).toEqual(['x', 'cpu', 'y'])
    })

    it('[K1] with a key is done once, and answered later with where the group is then', async () => {
      const first = arrange([put('x')], 0)
      await subject.take(first, { claim: ana, key: 'a k' })
      await subject.take(arrange([{ type: 'remove', chart: 'x' }]), { claim: ben })
      const again = await subject.take(first, { claim: ana, key: 'a k' })
      expect([again.cursor.revision, again.annotation]).toEqual([2, undefined])
      expect((await boardOf()).ids).toEqual([])
    })

    it('[M2] [M3] is signed with the name that is granted, or refused', async () => {
      await subject.take(arrange([put('x')]), { claim: ana })
      await subject.take(arrange([put('y')]), { claim: { name: 'Ana', person: 'b' } })
      const exact = { name: 'Ana', person: 'b', isExact: true }
      expect(await subject.refusal(arrange([put('z')]), exact)).toMatchObject({ code: 'name_held' })
      expect((await boardOf()).board?.charts).toMatchObject([{ author: 'Ana' }, { author: 'Ana 2' }])
    })

    it('[M4] by the server itself is signed with a name that nobody is given', async () => {
      await subject.take({ ...arrange([put('x')]), name: 'boards' })
      const boards = { name: 'Boards', person: 'b' }
      expect(await subject.refusal(arrange([put('y')]), { ...boards, isExact: true })).toMatchObject({
        code: 'name_held',
      })
      expect(await subject.engine.hold('ops', boards)).toMatchObject({ name: 'Boards 2' })
      expect((await boardOf()).board?.charts).toMatchObject([{ author: 'boards' }])
    })

    it('[Z2] back to nobody takes a revision, and the charts are derived again', async () => {
      await subject.take(arrange([put('x')]), { claim: ana })
      await subject.take(arrange([{ type: 'replace', board: null }]), { claim: ben })
      expect(await boardOf()).toMatchObject({ board: null, boardAt: 2 })
    })
  })
}
