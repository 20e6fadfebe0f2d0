// Holds arranging to what two people may rely on, whatever they do and in whatever order it comes.

import {
  applyUpdate,
  arranged,
  type Board,
  type BoardEdit,
  type ChartDraft,
  changesSince,
  chartsOf,
  createState,
  cursorOf,
  decodeServerEnvelope,
  draftOf,
  draftsOf,
  encode,
  type GroupState,
} from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boardEdit, someEdits } from '../support/arbitraries.ts'
import { GrownGroup } from '../support/grown-group.ts'

const growth = fc.uniqueArray(
  fc.record({ metric: fc.constantFrom('a', 'b', 'c', 'd', 'a 2'), order: fc.constantFrom(undefined, 1, 2) }),
  { minLength: 1, selector: ({ metric }) => metric },
)

function grown(metrics: readonly { readonly metric: string; readonly order: number | undefined }[]): GroupState {
  const group = new GrownGroup()
  for (const { metric, order } of metrics) group.post({ metric, value: 1, ...(order === undefined ? {} : { order }) })
  return group.state
}

function arrangedBy(state: GroupState, board: Board | null, edits: readonly BoardEdit[], author = 'Ana') {
  const result = arranged(state, board, edits, { revision: 7, author })
  if (!result.ok) throw new Error(result.refusal.message)
  return result.value
}

function shown(state: GroupState, board: Board | null): readonly ChartDraft[] {
  return draftsOf(state, board).map(draftOf)
}

function named(edit: BoardEdit): string | undefined {
  if (edit.type === 'replace') return undefined
  return edit.type === 'put' ? edit.chart.id : edit.chart
}

const scenery = { metrics: growth, before: someEdits }

/** A group, how its board came to be, and an edit of one of its charts. */
const scene = fc.record({ ...scenery, edit: boardEdit.filter(({ type }) => type !== 'replace') })

describe('an edit of one chart', () => {
  it('leaves all others as they were, in their order: none is lost, none appears', () => {
    fc.assert(
      fc.property(scene, ({ metrics, before, edit }) => {
        const state = grown(metrics)
        const board = arrangedBy(state, null, before)
        const others = (one: Board | null) => shown(state, one).filter(({ id }) => id !== named(edit))
        expect(others(arrangedBy(state, board, [edit]))).toEqual(others(board))
      }),
      { numRuns: 500 },
    )
  })

  it('leaves the chart as it says, once', () => {
    fc.assert(
      fc.property(scene, ({ metrics, before, edit }) => {
        const state = grown(metrics)
        const board = arrangedBy(state, null, before)
        const charts = shown(state, arrangedBy(state, board, [edit])).filter(({ id }) => id === named(edit))
        const known = shown(state, board).filter(({ id }) => id === named(edit))
        expect(charts).toEqual(edit.type === 'put' ? [edit.chart] : edit.type === 'move' ? known : [])
      }),
      { numRuns: 500 },
    )
  })

  it('done twice is done once', () => {
    fc.assert(
      fc.property(scene, ({ metrics, before, edit }) => {
        const state = grown(metrics)
        const once = arrangedBy(state, arrangedBy(state, null, before), [edit])
        expect(arrangedBy(state, once, [edit], 'Ben')).toBe(once)
      }),
      { numRuns: 500 },
    )
  })

  it('commutes with an edit of another chart: both leave what they said, whoever was first', () => {
    const pair = fc
      .record({ ...scenery, one: boardEdit, other: boardEdit })
      .filter(({ one, other }) => one.type !== 'replace' && other.type !== 'replace' && named(one) !== named(other))
    fc.assert(
      fc.property(pair, ({ metrics, before, one, other }) => {
        const state = grown(metrics)
        const board = arrangedBy(state, null, before)
        const content = (...edits: BoardEdit[]) => {
          const now = edits.reduce((soFar, edit) => arrangedBy(state, soFar, [edit]), board)
          return { charts: new Map(shown(state, now).map((chart) => [chart.id, chart])), hidden: new Set(now?.hidden) }
        }
        expect(content(one, other)).toEqual(content(other, one))
      }),
      { numRuns: 500 },
    )
  })
})

describe('two people who arrange at once', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ word: fc.constant('arrange' as const), by: fc.nat(1), edits: someEdits }) },
    { weight: 2, arbitrary: fc.record({ word: fc.constant('post' as const), metrics: growth }) },
    { weight: 2, arbitrary: fc.record({ word: fc.constant('hear' as const), who: fc.nat(1) }) },
  )

  it('see the board of the server in the end, each chart once', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const group = new GrownGroup()
        const people = [createState('ops'), createState('ops')]
        const hear = (state: GroupState) => {
          const sent = decodeServerEnvelope(encode(changesSince(group.state, cursorOf(state))))
          if (!sent.ok || sent.value.type !== 'update') throw new Error('The update cannot be read.')
          applyUpdate(state, sent.value)
        }
        for (const one of steps) {
          if (one.word === 'arrange') group.commit({ type: 'arrange', edits: one.edits, name: `${one.by}` })
          else if (one.word === 'post') group.post(...one.metrics.map(({ metric }) => ({ metric, value: 1 })))
          else for (const state of people.slice(one.who, one.who + 1)) hear(state)
        }
        for (const state of people) {
          hear(state)
          expect(state.board).toEqual(group.state.board)
          expect(chartsOf(state)).toEqual(chartsOf(group.state))
        }
        const ids = chartsOf(group.state).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
      { numRuns: 500 },
    )
  })
})
