// Owns the bar chart: its categories, where each bar lies and ends. Names and values are the page's own text.

import type { Series } from '../state.ts'
import { type BarPlot, barPlotOf, type Entry, roomOf } from './bar-plot.ts'
import { type Judged, type PlacedLimit, placedLimits } from './limits.ts'
import { type Content, type Mark, membersOf, totalOf } from './mark.ts'
import { type HeldOrder, holdOrder } from './order.ts'
import type { CategoryColor, Look } from './palette.ts'
import type { Part, Parted } from './parts.ts'
import type { HeldScale } from './scale.ts'
import { isSummable } from './unit.ts'
import type { Box, View } from './view.ts'

/** A bar, or a segment of one: `box` is what it covers, `y` and `end` the middle and the end of it, in the chart's px. */
export interface BarRow extends Mark {
  /** Which category it is of, and the key of its part; '' where bars are plain. */
  readonly slot: number
  readonly part: string
  /** Nothing is stacked upon it. */
  readonly isOutermost: boolean
  readonly box: Box
  readonly y: number
  readonly end: number
}

/** A value that is written at the end of a bar: `end` on the axis of values, `middle` on that of categories, px. */
export interface BarEnd {
  readonly key: string
  readonly value: number | null
  readonly unit: string | undefined
  readonly middle: number
  readonly end: number
  readonly isSilent: boolean
  /** Undefined for the sum of several. */
  readonly series: Series | undefined
}

/** A category on its axis; `count` says for how many one without a name stands. */
export interface BarSlot {
  readonly key: string
  readonly name: string | undefined
  readonly count: number
  readonly middle: number
  readonly ends: readonly BarEnd[]
  readonly isSilent: boolean
}

/** All categories that found no room as one bar, where their sum means something. */
export interface BarRest {
  readonly count: number
  readonly value: number
  readonly y: number
  readonly end: number
  readonly box: Box
  readonly color: CategoryColor
  readonly isSilent: boolean
  readonly isDimmed: boolean
}

/** A part of stacked or grouped bars, as the legend names it. */
export interface BarPart extends Part {
  readonly isHidden: boolean
}

export interface BarFigure {
  readonly kind: 'bar'
  readonly unit: string | undefined
  /** All there are, those without room too. */
  readonly members: readonly Series[]
  /** `plain`: each series has a bar of its own. */
  readonly grouping: 'plain' | Parted['grouping']
  readonly isUpright: boolean
  /** All bars and segments that are drawn, category by category. */
  readonly rows: readonly BarRow[]
  readonly slots: readonly BarSlot[]
  /** The parts that the categories have, left out or not; none where bars are plain. */
  readonly parts: readonly BarPart[]
  /** The bars of the parts that the reader left out. */
  readonly hidden: readonly (Mark & { readonly part: string })[]
  readonly rest: BarRest | undefined
  /** How many categories are in no bar at all. */
  readonly hiddenCount: number
  readonly plot: Box
  readonly barPx: number
  /** Bars that are too thin for values have an axis of them. */
  readonly hasAxis: boolean
  readonly scale: HeldScale
  readonly limits: readonly PlacedLimit[]
  /** The keys of all categories in their order. */
  readonly order: HeldOrder
  /** How long bars take to where they are now, ms. */
  readonly moveMs: number
}

// All but the drawing needs of what is folded.
type Folded = Pick<BarRest, 'count' | 'value'>

/**
 * Lays out a bar for each category, in the order in which they appeared or by value. Where not all find room, or only
 * so many are wanted, the greatest have one, and the others are one bar; those whose sum would say nothing are counted
 * instead.
 */
export function barFigure(content: Content, parted: Parted | undefined, look: Look, view: View): BarFigure {
  const { chart, marks, unit, limits } = content
  const all = entriesOf(content, parted, view)
  const order = orderOf(all, chart.sorted === 'value', view)
  const layout = { content, grouping: parted?.grouping ?? ('plain' as const), parts: shownParts(parted, view) }
  const { isUpright, count } = roomOf(layout, Math.min(all.length, (chart.top ?? all.length) + 1), view)
  const kept = keptOf(all, order, chart, count)
  const hidden = all.filter((entry) => !kept.includes(entry))
  const sum = sumOf(hidden, unit)
  const plot = barPlotOf(layout, { entries: kept, isUpright, sum, hiddenCount: hidden.length }, view)
  const slots = kept.map((entry, slot) => slotOf(entry, slot, plot))
  const folded = sum === undefined ? undefined : { count: hidden.length, value: sum }
  return {
    kind: 'bar',
    unit,
    members: membersOf(marks),
    grouping: layout.grouping,
    isUpright,
    rows: kept.flatMap((entry, slot) => rowsOf(entry, layout.parts, slot, plot)),
    slots: folded === undefined ? slots : [...slots, restSlot(folded, slots.length, unit, plot)],
    parts: (parted?.parts ?? []).map((part) => ({ ...part, isHidden: !layout.parts.includes(part) })),
    hidden: hiddenOf(parted, layout.parts),
    rest: folded && restOf(folded, hidden, slots.length, plot, look),
    hiddenCount: folded === undefined ? hidden.length : 0,
    plot: plot.box,
    barPx: plot.barPx,
    hasAxis: plot.hasAxis,
    scale: plot.scale,
    limits: placedLimits(limits, plot.scale, plot.pxOf),
    order,
    moveMs: view.now - order.since < (view.reorderMs ?? 0) ? (view.reorderMs ?? 0) : 0,
  }
}

/** What of a bar chart can pass a threshold: each bar, or what is stacked as a whole. */
export function judgedBars(content: Content, parted: Parted | undefined, view: View): readonly Judged[] {
  const entries = entriesOf(content, parted, view)
  if (parted?.grouping !== 'stacked') return entries.flatMap(({ marks }) => marks.flatMap((mark) => mark ?? []))
  return entries.map(({ name, total, marks }) => {
    const own = marks.flatMap((mark) => mark ?? [])
    return { name, value: total, isSilent: own.every(({ isSilent }) => isSilent) }
  })
}

function shownParts(parted: Parted | undefined, { hidden }: View): readonly Part[] {
  const parts = parted?.parts ?? []
  const shown = parts.filter(({ key }) => hidden?.has(key) !== true)
  return shown.length === 0 ? parts : shown
}

function hiddenOf(parted: Parted | undefined, shown: readonly Part[]): BarFigure['hidden'] {
  const isShown = new Set(shown.map(({ key }) => key))
  return (parted?.categories ?? []).flatMap(({ marks }) =>
    [...marks].flatMap(([part, mark]) => (isShown.has(part) ? [] : [{ ...mark, part }])),
  )
}

function entriesOf({ marks }: Content, parted: Parted | undefined, view: View): readonly Entry[] {
  if (parted === undefined) {
    return marks.map((mark) => ({ key: mark.key, name: mark.name, marks: [mark], total: mark.value }))
  }
  const parts = shownParts(parted, view)
  return parted.categories.map(({ key, name, marks: own }) => {
    const inOrder = parts.map((part) => own.get(part.key))
    return { key, name, marks: inOrder, total: totalOf(inOrder.flatMap((mark) => mark ?? [])) }
  })
}

function orderOf(all: readonly Entry[], isByValue: boolean, view: View): HeldOrder {
  const inOrder = isByValue ? [...all].sort((a, b) => (b.total ?? -Infinity) - (a.total ?? -Infinity)) : all
  const sort = { column: isByValue ? 'value' : 'name', isDescending: isByValue } as const
  return holdOrder(view.order, { sort, keys: inOrder.map(({ key }) => key), since: view.now })
}

// By value who is in. Where they stand by appearance they stay: bars that changed places could not be followed.
function keptOf(
  all: readonly Entry[],
  order: HeldOrder,
  { top, sorted }: Content['chart'],
  room: number,
): readonly Entry[] {
  const byKey = new Map(all.map((entry) => [entry.key, entry]))
  const inOrder = order.keys.flatMap((key) => byKey.get(key) ?? [])
  const wanted = Math.min(top ?? all.length, all.length <= room ? all.length : Math.max(1, room - 1))
  if (wanted >= all.length) return inOrder
  if (sorted === 'value') return inOrder.slice(0, wanted)
  const sizeOf = ({ total }: Entry) => Math.abs(total ?? 0)
  const greatest = new Set([...inOrder].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, wanted))
  return inOrder.filter((entry) => greatest.has(entry))
}

// Shares and durations of different things do not add up to anything, nor do debts and savings.
function sumOf(hidden: readonly Entry[], unit: string | undefined): number | undefined {
  const sum = hidden.reduce((total, entry) => total + (entry.total ?? 0), 0)
  const isSum = hidden.length > 0 && isSummable(unit) && Number.isFinite(sum)
  return isSum && hidden.every(({ total }) => (total ?? 0) >= 0) ? sum : undefined
}

function rowsOf({ marks }: Entry, parts: readonly Part[], slot: number, plot: BarPlot): readonly BarRow[] {
  let [above, below] = [0, 0]
  const outermost = [1, -1].map((sign) => marks.findLast((mark) => (mark?.value ?? 0) * sign > 0))
  return marks.flatMap((mark, at) => {
    if (mark === undefined) return []
    const value = mark.value ?? 0
    const from = !plot.isStacked ? 0 : value < 0 ? below : above
    if (value < 0) below += value
    else above += value
    const box = plot.boxOf(slot, at, from, from + value)
    const isOutermost = !plot.isStacked || outermost.includes(mark)
    const place = { box, y: box.top + box.height / 2, end: plot.endOf(from + value) }
    return [{ ...mark, slot, part: parts[at]?.key ?? '', isOutermost, ...place }]
  })
}

// What is stacked has its total at the end, the others have each their own value, where there is room for it.
function slotOf({ key, name, marks, total }: Entry, slot: number, plot: BarPlot): BarSlot {
  const own = marks.flatMap((mark, part) => (mark === undefined ? [] : [{ mark, part }]))
  const isSilent = own.every(({ mark }) => mark.isSilent)
  const middle = plot.middleOf(slot)
  const common = { key, name, count: 1, middle, isSilent }
  if (plot.isStacked) {
    const greatest = own.reduce((sum, { mark: { value } }) => sum + Math.max(0, value ?? 0), 0)
    const unit = own[0]?.mark.unit
    const end = plot.endOf(greatest)
    return { ...common, ends: [{ key, value: total, unit, middle, end, isSilent, series: undefined }] }
  }
  const ends = own.map(({ mark, part }): BarEnd => {
    const { value, unit, series } = mark
    return {
      key: mark.key,
      value,
      unit,
      middle: plot.middleOf(slot, part),
      end: plot.endOf(value ?? 0),
      isSilent: mark.isSilent,
      series,
    }
  })
  return { ...common, ends: plot.hasAxis ? [] : ends }
}

function restSlot({ count, value }: Folded, slot: number, unit: string | undefined, plot: BarPlot): BarSlot {
  const middle = plot.middleOf(slot)
  const end = { key: '', value, unit, middle, end: plot.endOf(value), isSilent: false, series: undefined }
  return { key: '', name: undefined, count, middle, ends: [end], isSilent: false }
}

function restOf({ count, value }: Folded, hidden: readonly Entry[], slot: number, plot: BarPlot, look: Look): BarRest {
  const marks = hidden.flatMap((entry) => entry.marks.flatMap((mark) => mark ?? []))
  const isSilent = marks.every((mark) => mark.isSilent)
  const isDimmed = marks.every((mark) => mark.isDimmed)
  const color = isSilent ? { mark: look.stale[2], text: look.ink3 } : look.rest
  const box = plot.boxOf(slot, 0, 0, value)
  return { count, value, y: plot.middleOf(slot), end: plot.endOf(value), box, color, isSilent, isDimmed }
}
