import { describe, expect, it } from 'vitest'
import { arranged, type Board, type BoardEdit, chartsOf, draftOf } from '../../shared/index.ts'
import { GrownGroup } from '../support/grown-group.ts'

const group = new GrownGroup()
group.post({ metric: 'a', value: 1 }, { metric: 'b', value: 1 }, { metric: 'c', value: 1 }, { metric: 'd', value: 1 })
const a2 = { id: 'a2', metrics: ['a'] }

function boardAfter(...edits: readonly BoardEdit[]): Board | null {
  const result = arranged(group.state, null, edits, { revision: 7, author: 'Ana' })
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

function shown(board: Board | null): readonly string[] {
  return chartsOf({ ...group.state, board }).map(({ id }) => id)
}

describe('an edit of a board that nobody arranged', () => {
  it.each<[string, BoardEdit[], string[], number]>([
    [
      'keeps the place of a chart that it changes',
      [{ type: 'put', chart: { id: 'b', metrics: ['b'], title: 'B' } }],
      ['a', 'b', 'c', 'd'],
      2,
    ],
    ['moves a chart', [{ type: 'move', chart: 'c', before: 'a' }], ['c', 'a', 'b', 'd'], 1],
    ['moves a chart behind all', [{ type: 'move', chart: 'a' }], ['b', 'c', 'd', 'a'], 4],
    ['takes a chart away, and its metric with it', [{ type: 'remove', chart: 'b' }], ['a', 'c', 'd'], 0],
    [
      'puts a second chart of a metric, and loses not the first',
      [{ type: 'put', chart: a2, before: 'a' }],
      ['a2', 'a', 'b', 'c', 'd'],
      2,
    ],
    [
      'hides what a chart no longer shows',
      [{ type: 'put', chart: { id: 'a', metrics: ['b'] } }],
      ['a', 'b', 'c', 'd'],
      2,
    ],
    [
      'brings back what was hidden',
      [
        { type: 'remove', chart: 'b' },
        { type: 'put', chart: { id: 'x', metrics: ['b'] } },
      ],
      ['a', 'c', 'd', 'x'],
      4,
    ],
  ])('%s', (_, edits, ids, own) => {
    const board = boardAfter(...edits)
    expect(shown(board)).toEqual(ids)
    expect(board?.charts).toHaveLength(own)
  })

  it('follows what comes to be derived later', () => {
    const board = boardAfter({ type: 'move', chart: 'b', before: 'a' })
    const grown = new GrownGroup()
    grown.post({ metric: 'b', value: 1 }, { metric: 'new', value: 1 })
    expect(chartsOf({ ...grown.state, board }).map(({ id }) => id)).toEqual(['b', 'new'])
  })
})

describe('an edit of a board', () => {
  it('that changes nothing leaves it the same object', () => {
    const board = boardAfter({ type: 'put', chart: { id: 'a', metrics: ['a'], title: 'A' } })
    for (const edit of [
      { type: 'put', chart: { id: 'a', metrics: ['a'], title: 'A' } },
      { type: 'remove', chart: 'nobody' },
      { type: 'move', chart: 'nobody' },
      { type: 'move', chart: 'a', before: 'b' },
    ] satisfies BoardEdit[]) {
      const result = arranged(group.state, board, [edit], { revision: 8, author: 'Ben' })
      expect(result.ok && result.value).toBe(board)
    }
  })

  it('says of a chart when it last changed and by whom, and of the others what was said', () => {
    const board = boardAfter({ type: 'put', chart: { id: 'b', metrics: ['b'], title: 'B' } })
    const edit: BoardEdit = { type: 'put', chart: { id: 'a', metrics: ['a'], kind: 'line' } }
    const result = arranged(group.state, board, [edit], { revision: 9, author: 'Ben' })
    expect(result.ok && result.value?.charts).toMatchObject([
      { id: 'a', kind: 'line', revision: 9, author: 'Ben' },
      { id: 'b', title: 'B', revision: 7, author: 'Ana' },
    ])
  })

  it('as a whole keeps of its charts what is said again', () => {
    const board = boardAfter({ type: 'put', chart: { id: 'a', metrics: ['a'], title: 'A' } })
    const charts = [...(board?.charts ?? []).map(draftOf), { id: 'z', metrics: ['z'] }]
    const result = arranged(group.state, board, [{ type: 'replace', board: { charts, others: 'hidden' } }], {
      revision: 9,
      author: 'Ben',
    })
    expect(result.ok && result.value).toMatchObject({
      charts: [
        { id: 'a', revision: 7, author: 'Ana' },
        { id: 'z', revision: 9, author: 'Ben' },
      ],
      others: 'hidden',
    })
  })
})
