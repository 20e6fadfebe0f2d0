// Owns the donut: its slices, the folding of what is too much for one, and its ECharts option. The list is the page's.

import type { PieSeriesOption } from 'echarts/charts'
import type { ComposeOption } from 'echarts/core'
import type { Series } from '../state.ts'
import { type Content, dimmedOpacity, type Mark, membersOf, partedMarks } from './mark.ts'
import { type CategoryColor, fillOf, type Look } from './palette.ts'
import type { View } from './view.ts'

/** A slice; `key`, `name` and `series` are undefined for the one that holds all others. */
export interface Slice {
  readonly key: string | undefined
  /** Which of the chart's series it is, counted from 0; the one of all others comes last. */
  readonly place: number
  readonly name: string | undefined
  readonly series: Series | undefined
  readonly value: number
  /** Of the whole, 0 to 1. */
  readonly share: number
  readonly color: CategoryColor
  readonly isSilent: boolean
  readonly isDimmed: boolean
}

export interface PieFigure {
  readonly kind: 'pie'
  readonly unit: string | undefined
  /** All there are, those that are folded too. */
  readonly members: readonly Series[]
  readonly slices: readonly Slice[]
  /** The names that the reader left out. */
  readonly hidden: readonly Mark[]
  /** The sum of the slices. */
  readonly total: number
  readonly centerX: number
  readonly centerY: number
  readonly radius: number
}

type PieOption = ComposeOption<PieSeriesOption>

/** More slices than this cannot be told apart. */
const maxSlices = 6
// The ring's share of the width; the list has the rest.
const ringShare = 0.515
const maxRingPx = 168
/** The ring from its inner to its outer edge, as shares of the radius. */
export const innerShare = 0.66
export const outerShare = 0.99

/**
 * Cuts the whole into slices in the order of the marks: the six greatest that have a colour of their own, and the
 * others as one. What is negative or absent has no slice's width.
 */
export function pieFigure({ marks: all, unit }: Content, look: Look, view: View): PieFigure {
  const { shown: marks, hidden } = partedMarks(all, view)
  const kept = keptOf(marks)
  const folded = marks.filter((mark) => !kept.has(mark))
  const total = sumOf(marks)
  const share = (value: number) => (total > 0 ? value / total : 0)
  const slices = marks
    .filter((mark) => kept.has(mark))
    .map(({ key, place, name, value, color, isSilent, isDimmed, series }): Slice => {
      const width = widthOf(value)
      return { key, place, name, series, value: width, share: share(width), color, isSilent, isDimmed }
    })
  if (folded.length > 0) slices.push(restOf(folded, share(sumOf(folded)), look))
  const size = Math.min(maxRingPx, view.height, view.width * ringShare)
  const place = { centerX: size / 2, centerY: view.height / 2, radius: size / 2 }
  return { kind: 'pie', unit, members: membersOf(all), slices, hidden, total, ...place }
}

/** The full option of a donut. */
export function pieOption(figure: PieFigure, look: Look, { motionMs }: Pick<View, 'motionMs'>): PieOption {
  const { centerX, centerY, radius } = figure
  return {
    series: pieData(figure).series.map((ring) => ({
      ...ring,
      type: 'pie' as const,
      center: [centerX, centerY],
      radius: [radius * innerShare, radius * outerShare],
      startAngle: 90,
      // Pins reckon with slices that touch.
      padAngle: 0,
      itemStyle: partingOf(look),
      emptyCircleStyle: { color: look.line },
      stillShowZeroSum: false,
      // A pie has motion of its own, which would grow the first one for a second: the option's is said again.
      animationDuration: 0,
      animationDurationUpdate: motionMs,
      label: { show: false },
      labelLine: { show: false },
      silent: true,
      cursor: 'default',
    })),
  }
}

/** What changes in a donut with its values. */
export function pieData({ slices }: PieFigure) {
  const data = slices.map(({ key = '', value, color, isDimmed }) => ({
    name: key,
    value,
    itemStyle: { ...fillOf(color), opacity: isDimmed ? dimmedOpacity : 1 },
  }))
  return { series: [{ id: 'slices', data }] }
}

// Paper between two slices, or an outline around each.
function partingOf({ paper, ink, outlineWidth }: Look) {
  return outlineWidth > 0 ? { borderColor: ink, borderWidth: outlineWidth } : { borderColor: paper, borderWidth: 2 }
}

// By value who is in, by appearance where: slices that changed places could not be followed.
function keptOf(marks: readonly Mark[]): ReadonlySet<Mark> {
  const coloured = marks.filter(({ isRest }) => !isRest)
  if (marks.length <= maxSlices + 1 && coloured.length === marks.length) return new Set(marks)
  return new Set(coloured.sort((a, b) => widthOf(b.value) - widthOf(a.value)).slice(0, maxSlices))
}

function restOf(folded: readonly Mark[], share: number, look: Look): Slice {
  const isSilent = folded.every((mark) => mark.isSilent)
  const isDimmed = folded.every((mark) => mark.isDimmed)
  const nobody = { key: undefined, place: Number.POSITIVE_INFINITY, name: undefined, series: undefined }
  return { ...nobody, value: sumOf(folded), share, color: look.rest, isSilent, isDimmed }
}

function sumOf(marks: readonly Mark[]): number {
  return marks.reduce((sum, { value }) => sum + widthOf(value), 0)
}

function widthOf(value: number | null): number {
  return Math.max(0, value ?? 0)
}
