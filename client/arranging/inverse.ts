// Owns what undoes an edit of the board, and whether what an edit did still stands. It knows no people and sends nothing.

import { type Board, type BoardDraft, type BoardEdit, type ChartDraft, draftOf } from '@chartroom/shared'

/** The charts of a group as they are shown, in order, and the board behind them. */
export interface Arrangement {
  readonly shown: readonly ChartDraft[]
  readonly board: Board | null
}

/** The edit that makes an arrangement what it was before this edit of it; undefined when there is nothing to edit. */
export function inverseOf({ shown, board }: Arrangement, edit: BoardEdit): BoardEdit | undefined {
  if (edit.type === 'replace') return { type: 'replace', board: board && boardDraftOf(board) }
  const id = edit.type === 'put' ? edit.chart.id : edit.chart
  const at = shown.findIndex((chart) => chart.id === id)
  const known = shown[at]
  const before = behind(shown, at)
  switch (edit.type) {
    case 'put':
      return known === undefined ? { type: 'remove', chart: id } : { type: 'put', chart: draftOf(known) }
    case 'move':
      return known && { type: 'move', chart: id, ...before }
    case 'remove':
      return known && { type: 'put', chart: draftOf(known), ...before }
    default:
      return edit satisfies never
  }
}

/** Whether what an edit did is still so, so that undoing it undoes nothing of somebody else's. */
export function stands({ shown, board }: Arrangement, edit: BoardEdit): boolean {
  if (edit.type === 'replace') return isAlike(board && boardDraftOf(board), edit.board)
  const id = edit.type === 'put' ? edit.chart.id : edit.chart
  const known = shown.find((chart) => chart.id === id)
  switch (edit.type) {
    case 'put':
      return known !== undefined && isAlike(draftOf(known), edit.chart)
    case 'move':
      return known !== undefined
    case 'remove':
      return known === undefined
    default:
      return edit satisfies never
  }
}

/** Whether two things say the same, in whatever order. */
export function isAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, inOrder) === JSON.stringify(other, inOrder)
}

function boardDraftOf({ provisioned: _provisioned, ...board }: Board): BoardDraft {
  return { ...board, charts: board.charts.map(draftOf) }
}

function behind(shown: readonly ChartDraft[], at: number): { readonly before?: string } {
  const next = shown[at + 1]
  return next === undefined ? {} : { before: next.id }
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
