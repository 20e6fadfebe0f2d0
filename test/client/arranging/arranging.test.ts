import type { BoardEdit, Cursor, Result } from '@chartroom/shared'
import { refuse } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Arranging } from '../../../client/arranging/arranging.ts'
import { Kept } from '../../../client/kept.ts'
import { GroupStore } from '../../../client/store.ts'
import { FakeGroup, memoryStorage } from '../../support/fake-group.ts'

function open() {
  const group = new FakeGroup()
  group.happen({ type: 'batch', samples: ['a', 'b', 'c'].map((metric) => ({ metric, value: 1 })) })
  group.push()
  const store = new GroupStore(group, () => 0, new Kept(() => memoryStorage()))
  const arranging = new Arranging(store)
  const titles = () => store.charts().map(({ title }) => title)
  /** Somebody else arranges, and it is told. */
  const other = (edit: BoardEdit) => {
    group.happen({ type: 'arrange', edits: [edit], name: 'Ben' })
    group.push()
  }
  return { group, store, arranging, titles, other }
}

const put = (id: string, title: string): BoardEdit => ({ type: 'put', chart: { id, metrics: [id], title } })
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

describe('what I arrange', () => {
  it('is shown at once, and by the group itself when it has come', async () => {
    const { arranging, titles, group, store } = open()
    expect(arranging.make(put('b', 'B'))).toBe(true)
    expect([titles(), arranging.isSending]).toEqual([['a', 'B', 'c'], true])
    await settled()
    expect([titles(), arranging.isSending]).toEqual([['a', 'B', 'c'], false])
    group.push()
    expect(store.board).toBe(group.state.board)
    expect(titles()).toEqual(['a', 'B', 'c'])
  })

  it('stays upon what others make of other charts meanwhile', async () => {
    const { arranging, titles, other, group } = open()
    let answer: (result: Result<Cursor>) => void = () => {}
    group.answerArrange = () => new Promise((resolve) => (answer = resolve))
    arranging.make(put('b', 'B'))
    other(put('a', 'A'))
    expect(titles()).toEqual(['A', 'B', 'c'])
    answer(refuse('board_limit', 'full'))
    await settled()
    expect(titles()).toEqual(['A', 'b', 'c'])
    expect(arranging.notice).toMatchObject({ word: 'refused', refusal: { code: 'board_limit' } })
  })

  it('is no step once the group has refused it', async () => {
    const { arranging, group } = open()
    arranging.make(put('a', 'A'))
    await settled()
    group.answerArrange = async () => refuse('name_held', 'held')
    arranging.make(put('b', 'B'))
    await settled()
    expect(arranging.undo()?.done).toEqual(put('a', 'A'))
    await settled()
    expect([arranging.canUndo, arranging.canRedo]).toEqual([false, false])
  })

  it('is refused here when it is wrong, with the place, and not sent', () => {
    const { arranging, titles } = open()
    expect(arranging.change('b', { top: 0.5 })).toBe(false)
    expect(arranging.notice).toMatchObject({ word: 'refused', refusal: { faults: [{ pointer: '/chart/top' }] } })
    expect([titles(), arranging.isSending, arranging.canUndo]).toEqual([['a', 'b', 'c'], false, false])
  })

  it('is no step when it changes nothing', () => {
    const { arranging } = open()
    arranging.make(put('b', 'B'))
    arranging.make(put('b', 'B'))
    arranging.undo()
    expect(arranging.canUndo).toBe(false)
  })
})

describe('undoing', () => {
  it('goes back step by step, and forth again', () => {
    const { arranging, titles } = open()
    arranging.make(put('b', 'B'))
    arranging.make({ type: 'remove', chart: 'a' })
    arranging.undo()
    expect(titles()).toEqual(['a', 'B', 'c'])
    arranging.undo()
    expect(titles()).toEqual(['a', 'b', 'c'])
    arranging.redo()
    arranging.redo()
    expect([titles(), arranging.canRedo]).toEqual([['B', 'c'], false])
  })

  it('takes the letters of one word back together', () => {
    const { arranging, titles } = open()
    for (const title of ['I', 'It', 'Items']) arranging.change('b', { title }, 'title b')
    arranging.undo()
    expect(titles()).toEqual(['a', 'b', 'c'])
  })

  it('undoes nothing that somebody changed since, and says who it was', async () => {
    const { arranging, titles, other } = open()
    arranging.make(put('b', 'B'))
    await settled()
    other(put('b', 'Ben’s'))
    expect(arranging.undo()).toBeUndefined()
    expect(arranging.notice).toEqual({ word: 'overtaken', by: 'Ben' })
    expect([titles(), arranging.canUndo]).toEqual([['a', 'Ben’s', 'c'], false])
  })
})

describe('who changes a chart after me', () => {
  it('is told, and mine can be put back', async () => {
    const { arranging, titles, other, group } = open()
    arranging.make(put('b', 'B'))
    await settled()
    other(put('b', 'Ben’s'))
    expect(arranging.rivals).toMatchObject([{ id: 'b', by: 'Ben' }])
    for (const rival of arranging.rivals) arranging.putBack(rival)
    await settled()
    group.push()
    expect([titles(), arranging.rivals]).toEqual([['a', 'B', 'c'], []])
  })

  it('is told no more once it is kept, or arranging is over', async () => {
    const { arranging, other } = open()
    arranging.make(put('b', 'B'))
    arranging.make(put('a', 'A'))
    await settled()
    other(put('b', 'Ben’s'))
    other(put('a', 'Ben’s too'))
    for (const rival of arranging.rivals.slice(0, 1)) arranging.keep(rival)
    expect(arranging.rivals.map(({ id }) => id)).toEqual(['a'])
    arranging.leave()
    expect(arranging.rivals).toEqual([])
  })

  it('is not told while mine is on its way again: it will be the later one', async () => {
    const { arranging, other, group } = open()
    arranging.make(put('b', 'B'))
    await settled()
    group.answerArrange = () => new Promise(() => {})
    arranging.make(put('b', 'B2'))
    other(put('b', 'Ben’s'))
    expect(arranging.rivals).toEqual([])
  })
})
