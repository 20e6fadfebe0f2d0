// Owns arranging: what a board is after edits. It counts no revision and stores nothing; the shapes are board.ts's.

import type { ArrangedChart, Board, BoardDraft, BoardEdit, ChartDraft } from './board.ts'
import { utf8Bytes } from './bytes.ts'
import { accept, type Result, refuse } from './fault.ts'
import { draftsOf } from './kind.ts'
import { limits } from './limits.ts'
import type { GroupState } from './state.ts'

/** Whose edits they are, and the revision that they take. */
export interface Arranger {
  readonly revision: number
  readonly author: string
  /** What the file says from which it is put; the board keeps it while people arrange upon it. */
  readonly provisioned?: string | undefined
}

/**
 * The board of a group after these edits of it (`null`: nobody arranged it yet); the same object when they change
 * nothing. No edit makes a chart appear that it does not name: the charts before the ones that it touches become the
 * board's own, and what it leaves without a chart is hidden. Refused (`board_limit`) when it would be too large.
 */
export function arranged(
  state: Pick<GroupState, 'series'>,
  board: Board | null,
  edits: readonly BoardEdit[],
  arranger: Arranger,
): Result<Board | null> {
  const done = edits.reduce<Board | null>((now, edit) => edited(state, now, edit, arranger), board)
  const { provisioned = board?.provisioned } = arranger
  const after = done && { ...done, ...(provisioned === undefined ? {} : { provisioned }) }
  if (isEqual(after, board)) return accept(board)
  if (after === null) return accept(null)
  if (after.charts.length > limits.maxCharts) {
    return refuse('board_limit', `A board has at most ${limits.maxCharts} charts of its own.`)
  }
  if (utf8Bytes(JSON.stringify(after)) > limits.maxBoardBytes) {
    return refuse('board_limit', `A board takes at most ${limits.maxBoardBytes} bytes.`)
  }
  return accept(after)
}

type Series = Pick<GroupState, 'series'>

function edited(state: Series, board: Board | null, edit: BoardEdit, arranger: Arranger): Board | null {
  if (edit.type === 'replace') return replaced(board, edit.board, arranger)
  const shown = draftsOf(state, board)
  const charts = shown.map((chart) => arrangedChart(board, chart, arranger))
  const id = edit.type === 'put' ? edit.chart.id : edit.chart
  const at = charts.findIndex((chart) => chart.id === id)
  const known = charts[at]
  const next = edit.type === 'put' ? arrangedChart(board, edit.chart, arranger) : known
  if (next === undefined) return board
  const others = charts.filter((chart) => chart.id !== id)
  if (edit.type === 'remove') return boardOf(board, shown, others)
  const place = edit.type === 'put' && known !== undefined ? at : placeOf(others, edit.before)
  return boardOf(board, shown, [...others.slice(0, place), next, ...others.slice(place)], next)
}

// Behind all where the other one is gone.
function placeOf(charts: readonly ArrangedChart[], before: string | undefined): number {
  const at = charts.findIndex(({ id }) => id === before)
  return at < 0 ? charts.length : at
}

// All up to the last that the edit means are the board's own; behind them the derived ones follow as they come.
function boardOf(
  board: Board | null,
  shown: readonly ChartDraft[],
  after: readonly ArrangedChart[],
  touched?: ArrangedChart,
): Board {
  const isOwn = new Set(board?.charts.map(({ id }) => id))
  // A derived chart whose metric the touched one shows too would no longer be derived, and one that is not called as
  // its metric, because another is, would be called otherwise once that one goes.
  const isMeant = ({ id, metrics }: ChartDraft) =>
    metrics.some((metric) => metric !== id || touched?.metrics.includes(metric))
  const last = after.findLastIndex((chart) => isOwn.has(chart.id) || isMeant(chart))
  const isShown = new Set(after.flatMap(({ metrics }) => metrics))
  const left = [...(board?.hidden ?? []), ...shown.flatMap(({ metrics }) => metrics)]
  const hidden = [...new Set(left)].filter((metric) => !isShown.has(metric))
  return {
    charts: after.slice(0, last + 1),
    ...(hidden.length === 0 ? {} : { hidden }),
    ...(board?.others === undefined ? {} : { others: board.others }),
  }
}

function replaced(board: Board | null, draft: BoardDraft | null, arranger: Arranger): Board | null {
  return draft && { ...draft, charts: draft.charts.map((chart) => arrangedChart(board, chart, arranger)) }
}

// Who says what is there already has not changed it.
function arrangedChart(board: Board | null, chart: ChartDraft, { revision, author }: Arranger): ArrangedChart {
  const known = board?.charts.find(({ id }) => id === chart.id)
  const draft = draftOf(chart)
  return known !== undefined && isEqual(draftOf(known), draft) ? known : { ...draft, revision, author }
}

/** What a chart says of itself, without when it was arranged and who did: what one sends to have it so again. */
export function draftOf(chart: ChartDraft | ArrangedChart): ChartDraft {
  if (!('revision' in chart)) return chart
  const { revision: _revision, author: _author, ...draft } = chart
  return draft
}

// Both were decoded by one schema, so their fields stand in one order.
function isEqual(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
