// Owns the table: which columns have room, what stands in them, and in which order the rows are. The page writes it.

import type { Level } from '../board.ts'
import type { Series } from '../state.ts'
import { changeOf } from './change.ts'
import { valueBefore } from './course.ts'
import { levelOf } from './limits.ts'
import { type Content, type Mark, membersOf, totalOf } from './mark.ts'
import { type Column, type HeldOrder, holdOrder, type Sort } from './order.ts'
import { textWidth } from './text-width.ts'
import { isSummable } from './unit.ts'
import type { View } from './view.ts'

/** A row: `y` is its middle in the chart's px, `least` and `greatest` are of the window, `bar` is 0 to 1. */
export interface TableRow extends Mark {
  readonly share: number | null
  /** In points or as a ratio, as `changeOf` has it. */
  readonly change: number | null
  readonly least: number | null
  readonly greatest: number | null
  readonly bar: number
  readonly y: number
  /** How bad it is, where its value has passed a threshold. */
  readonly level: Level | undefined
}

export interface TableFigure {
  readonly kind: 'table'
  readonly unit: string | undefined
  /** All there are, those without room too. */
  readonly members: readonly Series[]
  readonly columns: readonly { readonly column: Column; readonly px: number }[]
  readonly rows: readonly TableRow[]
  /** How many rows found no room. */
  readonly hiddenCount: number
  /** The names of the labels that make the categories; '' where there are none. */
  readonly labelled: string
  readonly order: HeldOrder
}

/** How high a row is, and the head: px. */
export const rowPx = 28
const labelPx = 12
const leastNamePx = 92
const maxNameShare = 0.4
// Between a name and its pin, and on to the next column.
const pinPx = 44
/** What the column that sorts has for its bar; where there is little room, less. */
const barPx = { wide: 64, narrow: 36 }
const narrowPx = 420
const widthsPx = { value: 72, share: 60, change: 112, least: 72, greatest: 76 } as const
type Numeric = keyof typeof widthsPx
// What gives way first stands last.
const byWeight: readonly Numeric[] = ['value', 'change', 'share', 'greatest', 'least']
const inOrder: readonly Numeric[] = ['value', 'share', 'change', 'least', 'greatest']
// Made once: a comparison without it costs fifty times as much.
const names = new Intl.Collator('en', { numeric: true })
const byValue: Sort = { column: 'value', isDescending: true }

/** Lays out a row for each mark, sorted as the view wants it; those that find no room are counted. */
export function tableFigure({ chart, marks, unit }: Content, view: View): TableFigure {
  const total = totalOfWhole(marks, unit)
  const numeric = columnsFor(marks, total !== undefined, view)
  const wanted = view.sort ?? byValue
  const sort = wanted.column === 'name' || numeric.includes(wanted.column) ? wanted : byValue
  const sizes = sizesOf(marks, sort.column, view)
  const keys = sorted(marks, sizes, sort).map(({ key }) => key)
  const order = holdOrder(view.order, { sort, keys, since: view.now })
  const byKey = new Map(marks.map((mark) => [mark.key, mark]))
  const room = roomFor(marks.length, view.height)
  const greatest = Math.max(0, ...marks.map((mark) => Math.abs(sizes.get(mark) ?? 0)))
  const shown = order.keys.slice(0, room).flatMap((key) => byKey.get(key) ?? [])
  return {
    kind: 'table',
    unit,
    members: membersOf(marks),
    columns: widthsOf(numeric, sort.column, view.width),
    rows: shown.map((mark, at) => ({
      ...mark,
      ...extremesOf(mark, view),
      share: shareOf(mark, total),
      change: changeIn(mark, view),
      level: levelOf(chart, [mark])?.level,
      bar: greatest > 0 ? Math.abs(sizes.get(mark) ?? 0) / greatest : 0,
      y: (at + 1.5) * rowPx,
    })),
    hiddenCount: marks.length - shown.length,
    labelled: Object.keys(marks[0]?.series.definition.labels ?? {})
      .sort()
      .join(' / '),
    order,
  }
}

/** Where the name of a row ends, px from the left: a pin stands behind it. */
export function nameEnd({ columns }: TableFigure, { name }: TableRow): number {
  return Math.min(textWidth(name, labelPx), (columns[0]?.px ?? leastNamePx) - pinPx)
}

/** What stands in a column of a row as a number; `null` where there is none. */
export function valueIn(row: TableRow, column: Column): number | null {
  return column === 'name' ? null : row[column]
}

// The whole of which the values are shares; undefined where they are parts of none.
function totalOfWhole(marks: readonly Mark[], unit: string | undefined): number | undefined {
  const total = totalOf(marks) ?? 0
  const isWhole = marks.length > 1 && total > 0 && isSummable(unit) && marks.every(({ value }) => (value ?? 0) >= 0)
  return isWhole ? total : undefined
}

function shareOf({ value }: Mark, total: number | undefined): number | null {
  return total === undefined || value === null ? null : value / total
}

function changeIn(mark: Mark, { now, windowMs }: View): number | null {
  if (mark.isSilent) return null
  return changeOf(mark.value, valueBefore(mark, now, windowMs), mark.unit) ?? null
}

// Of thousands of rows only those that find room are looked at closely: of the others this alone is read.
function sizesOf(marks: readonly Mark[], column: Column, view: View): ReadonlyMap<Mark, number | null> {
  return new Map(marks.map((mark) => [mark, sizeIn(mark, column, view)]))
}

function sizeIn(mark: Mark, column: Column, view: View): number | null {
  switch (column) {
    case 'name':
      return null
    // Shares of one whole are in the order of their values, and as long.
    case 'value':
    case 'share':
      return mark.value
    case 'change':
      return changeIn(mark, view)
    case 'least':
    case 'greatest':
      return extremesOf(mark, view)[column]
    default:
      return column satisfies never
  }
}

function extremesOf({ ring, value }: Mark, { now, windowMs }: View): Pick<TableRow, 'least' | 'greatest'> {
  const past = ring.extremesFrom(now - windowMs)
  if (past === undefined || value === null) return past ?? { least: value, greatest: value }
  return { least: Math.min(past.least, value), greatest: Math.max(past.greatest, value) }
}

function columnsFor(marks: readonly Mark[], hasShares: boolean, { width }: View): readonly Column[] {
  let left = width - Math.max(leastNamePx, Math.min(widestOf(marks), width * maxNameShare)) - barOf(width)
  const fitting = byWeight.filter((column) => {
    if (column === 'share' && !hasShares) return false
    left -= widthsPx[column]
    return left >= 0 || column === 'value'
  })
  return inOrder.filter((column) => fitting.includes(column))
}

function widestOf(marks: readonly Mark[]): number {
  return Math.max(0, ...marks.map(({ name }) => textWidth(name, labelPx))) + pinPx
}

function widthsOf(columns: readonly Column[], sorting: Column, width: number): TableFigure['columns'] {
  const numeric = columns.flatMap((column) =>
    column === 'name' ? [] : [{ column, px: widthsPx[column] + (column === sorting ? barOf(width) : 0) }],
  )
  const used = numeric.reduce((sum, { px }) => sum + px, 0)
  return [{ column: 'name', px: Math.max(1, width - used) }, ...numeric]
}

function barOf(width: number): number {
  return width < narrowPx ? barPx.narrow : barPx.wide
}

function roomFor(count: number, height: number): number {
  const room = Math.max(1, Math.floor(height / rowPx) - 1)
  // The last place is for the words that say how many more there are.
  return count <= room ? count : Math.max(1, room - 1)
}

// What has no number stands below what has one, whichever way it is sorted.
function sorted(
  marks: readonly Mark[],
  sizes: ReadonlyMap<Mark, number | null>,
  { column, isDescending }: Sort,
): readonly Mark[] {
  const way = isDescending ? -1 : 1
  if (column === 'name') return [...marks].sort((a, b) => way * names.compare(a.name, b.name))
  return [...marks].sort((a, b) => {
    const [one, other] = [sizes.get(a) ?? null, sizes.get(b) ?? null]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return way * (one - other)
  })
}
