import { arranged, type Board, type BoardEdit, draftsOf } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inverseOf, isAlike, stands } from '../../../client/arranging/inverse.ts'
import { groupOf } from '../../shared/option/group.ts'

const state = groupOf(['a', 'b', 'c', 'd'].map((metric) => ({ metric, value: 1 })))
const arrangement = (board: Board | null) => ({ shown: draftsOf(state, board), board })
const shown = (board: Board | null) => draftsOf(state, board).map(({ id, title, size }) => ({ id, title, size }))

function boardAfter(board: Board | null, ...edits: BoardEdit[]): Board | null {
  const result = arranged(state, board, edits, { revision: 9, author: 'Ana' })
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e')
const metrics = fc.subarray(['a', 'c'], { minLength: 1 })
const chart = fc.record({ id: ids, metrics, title: fc.constantFrom('one', 'two') })
const edits: fc.Arbitrary<BoardEdit> = fc.oneof(
  fc.record({ type: fc.constant('put' as const), chart }),
  fc.record({ type: fc.constant('move' as const), chart: ids, before: ids }),
  fc.record({ type: fc.constant('move' as const), chart: ids }),
  fc.record({ type: fc.constant('remove' as const), chart: ids }),
  fc.constant({ type: 'replace' as const, board: null }),
)

describe('what undoes an edit', () => {
  it('shows every chart as it was and where it was, whatever was arranged before', () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 5 }), edits, (before, edit) => {
        const board = boardAfter(null, ...before)
        const undo = inverseOf(arrangement(board), edit)
        const then = boardAfter(board, edit)
        if (undo === undefined) expect(then).toBe(board)
        else expect(shown(boardAfter(then, undo))).toEqual(shown(board))
      }),
    )
  })

  it('is undone itself by what was done', () => {
    fc.assert(
      fc.property(edits, (edit) => {
        const then = boardAfter(null, edit)
        const undo = inverseOf(arrangement(null), edit)
        if (undo !== undefined) expect(shown(boardAfter(boardAfter(then, undo), edit))).toEqual(shown(then))
      }),
    )
  })
})

describe('what an edit did', () => {
  const put: BoardEdit = { type: 'put', chart: { id: 'a', metrics: ['a'], title: 'one' } }

  it('stands until somebody changes that chart', () => {
    const board = boardAfter(null, put)
    expect(stands(arrangement(board), put)).toBe(true)
    const other = boardAfter(board, { type: 'put', chart: { id: 'b', metrics: ['b'], title: 'two' } })
    expect(stands(arrangement(other), put)).toBe(true)
    expect(stands(arrangement(boardAfter(other, { type: 'put', chart: { id: 'a', metrics: ['a'] } })), put)).toBe(false)
    expect(stands(arrangement(boardAfter(other, { type: 'remove', chart: 'a' })), put)).toBe(false)
  })

  it('stands while a chart that was removed is gone, and one that was moved is there', () => {
    const remove = { type: 'remove', chart: 'a' } as const
    const board = boardAfter(null, remove)
    expect(stands(arrangement(board), remove)).toBe(true)
    expect(stands(arrangement(board), { type: 'move', chart: 'a' })).toBe(false)
    expect(stands(arrangement(board), { type: 'move', chart: 'b' })).toBe(true)
    expect(stands(arrangement(boardAfter(board, put)), remove)).toBe(false)
  })

  it('stands while the whole board is as it was put', () => {
    const replace = { type: 'replace', board: null } as const
    expect(stands(arrangement(null), replace)).toBe(true)
    expect(stands(arrangement(boardAfter(null, put)), replace)).toBe(false)
  })

  it('stands also where the board came from a file', () => {
    const board = boardAfter(null, put)
    if (board === null) throw new Error('There is no board.')
    const undo = inverseOf(arrangement({ ...board, provisioned: 'f1' }), { type: 'replace', board: null })
    for (const now of [board, { ...board, provisioned: 'f1' }]) {
      expect(undo && stands(arrangement(now), undo)).toBe(true)
    }
  })
})

it('is alike in whatever order it is said', () => {
  expect(isAlike({ a: 1, b: { c: 2, d: [3] } }, { b: { d: [3], c: 2 }, a: 1 })).toBe(true)
  expect(isAlike({ a: [1, 2] }, { a: [2, 1] })).toBe(false)
})
