// Owns the places of a bar chart: how many bars have room, lying or upright, and where each begins and ends. No colours.

import { reachWith } from './limits.ts'
import type { Content, Mark } from './mark.ts'
import type { Part, Parted } from './parts.ts'
import { type HeldScale, holdScale, type Scale, scaleOf } from './scale.ts'
import { textWidth, valueWidth } from './text-width.ts'
import { stepsOf } from './unit.ts'
import type { Box, View } from './view.ts'

/** A category before it has a place: its bar, or one for each part that is shown. */
export interface Entry {
  readonly key: string
  readonly name: string
  readonly marks: readonly (Mark | undefined)[]
  readonly total: number | null
}

/** What is to be laid out. */
export interface BarLayout {
  readonly content: Content
  readonly grouping: 'plain' | Parted['grouping']
  /** Those that are shown. */
  readonly parts: readonly Part[]
}

/** What of it is drawn. */
export interface BarDrawing {
  readonly entries: readonly Entry[]
  readonly isUpright: boolean
  /** Of all others as one more bar. */
  readonly sum: number | undefined
  readonly hiddenCount: number
}

/** The places of bars, in the chart's px. */
export interface BarPlot {
  readonly box: Box
  readonly scale: HeldScale
  readonly barPx: number
  readonly isStacked: boolean
  /** Bars side by side that are too thin for a value each have an axis of values, with room in the box's place. */
  readonly hasAxis: boolean
  /** A value on its axis. */
  pxOf(value: number): number
  /** Where the value of a bar is written: at zero, where it goes below. */
  endOf(value: number): number
  /** The middle of a category on its axis, or of one of its bars. */
  middleOf(slot: number, part?: number): number
  /** What a bar covers. */
  boxOf(slot: number, part: number, from: number, to: number): Box
}

const minPitchPx = 20
const maxPitchPx = 56
const uprightPitchPx = { min: 40, max: 112 }
const maxBarPx = 28
const maxUprightBarPx = 44
const leastBarPx = 6
const barShare = 0.46
/** Between two bars of a category, px. */
export const groupGapPx = 2
// What bars side by side leave to the next category.
const groupShare = 0.76
const labelPx = 12
const labelGapPx = 10
// A line of words over the plot: the names of the parts, or of the limits.
const wordsPx = 22
// Above an upright bar for its value, and below it for its name.
const uprightPx = { above: 20, below: 22 }
// "other (1234)", in the language of the page.
const restNamePx = 76
const leastValuePx = 48
// A value makes room for the pin at its bar's end.
const pinPx = 20
const maxGutterShare = 0.4
// Where no axis is drawn steps this fine leave little room unused.
const fineSteps = 10
const leastEndPx = 12
// The labels of an axis of values: left of upright bars, below lying ones.
const axisPx = { left: 40, below: 20 }

/** How many categories have room, and whether they stand: lying where their names would not fit below them. */
export function roomOf(
  { content: { chart, limits }, grouping, parts }: BarLayout,
  wanted: number,
  view: View,
): { readonly isUpright: boolean; readonly count: number } {
  const side = grouping === 'grouped' ? parts.length : 1
  const least = side * leastBarPx + (side - 1) * groupGapPx + leastBarPx
  const isUpright = chart.upright === true && wanted * Math.max(uprightPitchPx.min, least) <= view.width
  if (isUpright) return { isUpright, count: wanted }
  const height = view.height - headPx(parts, limits.length)
  return { isUpright, count: Math.max(1, Math.floor(height / Math.max(minPitchPx, least))) }
}

/** The places of these categories, and of one more bar for the sum of all others. */
export function barPlotOf(layout: BarLayout, drawn: BarDrawing, view: View): BarPlot {
  const scale = holdScale(view.held, barScale(layout, drawn), view.now)
  const plot = plotOf(layout, drawn, { scale, hasAxis: false }, view)
  return hasRoomForEnds(plot, layout, drawn, view) ? plot : plotOf(layout, drawn, { scale, hasAxis: true }, view)
}

function hasRoomForEnds(
  { barPx, scale }: BarPlot,
  { content: { unit }, grouping, parts }: BarLayout,
  { isUpright }: BarDrawing,
  { locale }: View,
): boolean {
  if (grouping !== 'grouped' || parts.length < 2) return true
  return barPx >= (isUpright ? valueWidth(scale, unit, locale, labelPx) : leastEndPx)
}

type Axis = Pick<BarPlot, 'scale' | 'hasAxis'>

function plotOf(layout: BarLayout, drawn: BarDrawing, axis: Axis, view: View): BarPlot {
  const { grouping, parts } = layout
  const { entries, isUpright, sum } = drawn
  const { scale, hasAxis } = axis
  const count = entries.length + Number(sum !== undefined)
  const box = isUpright ? uprightBox(layout, hasAxis, view) : lyingBox(layout, drawn, axis, view)
  const pitch = (isUpright ? box.width : box.height) / Math.max(1, count)
  const side = grouping === 'grouped' ? Math.max(1, parts.length) : 1
  const most = isUpright ? maxUprightBarPx : maxBarPx
  const share = side > 1 ? groupShare : barShare
  const barPx = Math.max(2, Math.min(most, Math.round((pitch * share - (side - 1) * groupGapPx) / side)))
  // An axis ends before the largest doubles do.
  const at = (value: number) => Math.max(0, Math.min(1, (value - scale.min) / (scale.max - scale.min)))
  const pxOf = (value: number) =>
    isUpright ? box.top + box.height * (1 - at(value)) : box.left + box.width * at(value)
  const start = isUpright ? box.left : box.top
  const middleOf = (slot: number, part?: number) => {
    const middle = start + (slot + 0.5) * pitch
    return part === undefined || side === 1 ? middle : middle + (part - (side - 1) / 2) * (barPx + groupGapPx)
  }
  return {
    box,
    scale,
    barPx,
    isStacked: grouping === 'stacked',
    hasAxis,
    pxOf,
    endOf: (value) => pxOf(Math.max(0, value)),
    middleOf,
    boxOf(slot, part, from, to) {
      const cross = middleOf(slot, part) - barPx / 2
      const [low, high] = [Math.min(pxOf(from), pxOf(to)), Math.max(pxOf(from), pxOf(to))]
      return isUpright
        ? { left: cross, top: low, width: barPx, height: high - low }
        : { left: low, top: cross, width: high - low, height: barPx }
    },
  }
}

function barScale(
  { content: { limits, unit, min = 0, max = 0 }, grouping }: BarLayout,
  { entries, isUpright, sum = 0 }: BarDrawing,
): Scale {
  const ends = entries.flatMap((entry) => (grouping === 'stacked' ? pilesOf(entry) : valuesOf(entry)))
  const reach = [Math.min(0, min, ...ends), Math.max(0, max, sum, ...ends)] as const
  const [least, greatest] = reachWith([reach[0], reach[1]], limits)
  // Whole bars of a known whole end exactly at it.
  return greatest === max && greatest > least
    ? { min: least, max, step: max - least }
    : scaleOf(least, greatest, stepsOf(unit), isUpright || grouping === 'grouped' ? undefined : fineSteps)
}

function valuesOf({ marks }: Entry): readonly number[] {
  return marks.map((mark) => mark?.value ?? 0)
}

function pilesOf(entry: Entry): readonly number[] {
  const values = valuesOf(entry)
  const pile = (sign: number) => values.reduce((sum, value) => (value * sign > 0 ? sum + value : sum), 0)
  return [pile(1), pile(-1)]
}

function headPx(parts: readonly Part[], limitCount: number): number {
  return (parts.length > 0 ? wordsPx : 0) + (limitCount > 0 ? wordsPx : 0)
}

function uprightBox({ parts }: BarLayout, hasAxis: boolean, view: View): Box {
  const top = (parts.length > 0 ? wordsPx : 0) + uprightPx.above
  const left = hasAxis ? axisPx.left : 0
  return { left, top, width: Math.max(1, view.width - left), height: Math.max(1, view.height - top - uprightPx.below) }
}

function lyingBox(
  { content, parts, grouping }: BarLayout,
  { entries, sum, hiddenCount }: BarDrawing,
  { scale, hasAxis }: Axis,
  view: View,
): Box {
  const top = headPx(parts, content.limits.length)
  const names = [...entries.map(({ name }) => textWidth(name, labelPx)), sum === undefined ? 0 : restNamePx]
  const left = Math.round(Math.min(Math.max(0, ...names) + labelGapPx, view.width * maxGutterShare))
  const values = valueWidth(scale, content.unit, view.locale, labelPx)
  const right = Math.max(leastValuePx, Math.ceil(values + labelGapPx + pinPx))
  const most = grouping === 'grouped' ? maxPitchPx + (parts.length - 1) * (maxBarPx + groupGapPx) : maxPitchPx
  // What is in no bar is counted below them.
  const height = Math.max(1, view.height - top - (hasAxis ? axisPx.below : 0))
  const pitch = Math.min(most, height / Math.max(1, entries.length + Number(hiddenCount > 0)))
  const count = entries.length + Number(sum !== undefined)
  return { left, top, width: Math.max(1, view.width - left - right), height: pitch * count }
}
