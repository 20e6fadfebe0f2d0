// Owns the table: which columns have room, what stands in them, and in which order the rows are. The page writes it.

import type { Level } from '../board.ts'
import type { Chart } from '../kind.ts'
import type { Series } from '../state.ts'
import { changeOf } from './change.ts'
import { valueBefore } from './course.ts'
import { levelOf } from './limits.ts'
import { type Content, type Mark, membersOf } from './mark.ts'
import { type Column, type HeldOrder, holdOrder, type Sort } from './order.ts'
import { textWidth } from './text-width.ts'
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
const byValue: Sort = { column: 'value', isDescending: true }

/** Lays out a row for each mark, sorted as the view wants it; those that find no room are counted. */
export function tableFigure({ chart, marks, unit }: Content, view: View): TableFigure {
  const all = rowsOf(chart, marks, view)
  const numeric = columnsFor(all, view)
  const wanted = view.sort ?? byValue
  const sort = wanted.column === 'name' || numeric.includes(wanted.column) ? wanted : byValue
  const keys = sorted(all, sort).map(({ key }) => key)
  const order = holdOrder(view.order, { sort, keys, since: view.now })
  const byKey = new Map(all.map((row) => [row.key, row]))
  const room = roomFor(all.length, view.height)
  const greatest = Math.max(0, ...all.map((row) => Math.abs(valueIn(row, sort.column) ?? 0)))
  const shown = order.keys.slice(0, room).flatMap((key) => byKey.get(key) ?? [])
  return {
    kind: 'table',
    unit,
    members: membersOf(marks),
    columns: widthsOf(numeric, sort.column, view.width),
    rows: shown.map((row, at) => ({
      ...row,
      bar: greatest > 0 ? Math.abs(valueIn(row, sort.column) ?? 0) / greatest : 0,
      y: (at + 1.5) * rowPx,
    })),
    hiddenCount: all.length - shown.length,
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

function rowsOf(chart: Chart, marks: readonly Mark[], view: View): readonly TableRow[] {
  const values = marks.map(({ value }) => value ?? 0)
  const total = values.reduce((sum, value) => sum + value, 0)
  const isWhole = marks.length > 1 && total > 0 && Number.isFinite(total) && values.every((value) => value >= 0)
  return marks.map((mark) => {
    const before = valueBefore(mark, view.now, view.windowMs)
    const change = mark.isSilent ? undefined : changeOf(mark.value, before, mark.unit)
    return {
      ...mark,
      ...extremesOf(mark, view),
      share: isWhole && mark.value !== null ? mark.value / total : null,
      change: change ?? null,
      level: levelOf(chart, [mark])?.level,
      bar: 0,
      y: 0,
    }
  })
}

function extremesOf({ ring, value }: Mark, { now, windowMs }: View): Pick<TableRow, 'least' | 'greatest'> {
  let [least, greatest] = [value, value]
  for (let at = ring.positionFrom(now - windowMs); at < ring.length; at++) {
    const bucket = ring.at(at)
    if (bucket === undefined) continue
    if (bucket.least !== null) least = Math.min(least ?? bucket.least, bucket.least)
    if (bucket.greatest !== null) greatest = Math.max(greatest ?? bucket.greatest, bucket.greatest)
  }
  return { least, greatest }
}

function columnsFor(rows: readonly TableRow[], { width }: View): readonly Column[] {
  const hasShares = rows.some(({ share }) => share !== null)
  let left = width - Math.max(leastNamePx, Math.min(widestOf(rows), width * maxNameShare)) - barOf(width)
  const fitting = byWeight.filter((column) => {
    if (column === 'share' && !hasShares) return false
    left -= widthsPx[column]
    return left >= 0 || column === 'value'
  })
  return inOrder.filter((column) => fitting.includes(column))
}

function widestOf(rows: readonly TableRow[]): number {
  return Math.max(0, ...rows.map(({ name }) => textWidth(name, labelPx))) + pinPx
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
function sorted(rows: readonly TableRow[], { column, isDescending }: Sort): readonly TableRow[] {
  const way = isDescending ? -1 : 1
  if (column === 'name') return [...rows].sort((a, b) => way * a.name.localeCompare(b.name, 'en', { numeric: true }))
  return [...rows].sort((a, b) => {
    const [one, other] = [a[column], b[column]]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return way * (one - other)
  })
}
