// Owns the bar chart: its rows, where each bar ends, and its ECharts option. Names and values are the page's own text.

import type { BarSeriesOption } from 'echarts/charts'
import type { GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { Series } from '../state.ts'
import { dimmedOpacity, type Mark, measuredOf, membersOf } from './mark.ts'
import { type CategoryColor, fillOf, type Look } from './palette.ts'
import { type HeldScale, holdScale, type Scale, scaleOf } from './scale.ts'
import { textWidth, valueWidth } from './text-width.ts'
import { measureOf, stepsOf } from './unit.ts'
import type { Box, View } from './view.ts'

/** A bar: `y` is its middle, and behind `end` stands its value, in the chart's px. */
export interface BarRow extends Mark {
  readonly y: number
  readonly end: number
}

/** All categories that found no room as one bar, where their sum means something. */
export interface BarRest {
  readonly count: number
  readonly value: number
  readonly y: number
  readonly end: number
  readonly color: CategoryColor
  readonly isSilent: boolean
  readonly isDimmed: boolean
}

export interface BarFigure {
  readonly kind: 'bar'
  readonly unit: string | undefined
  /** All there are, those without room too. */
  readonly members: readonly Series[]
  readonly rows: readonly BarRow[]
  readonly rest: BarRest | undefined
  /** How many categories are in no bar at all. */
  readonly hiddenCount: number
  readonly plot: Box
  readonly barPx: number
  readonly scale: HeldScale
}

type BarOption = ComposeOption<BarSeriesOption | GridComponentOption>

const minPitchPx = 20
const maxPitchPx = 56
const maxBarPx = 28
const barShare = 0.46
const labelPx = 12
const labelGapPx = 10
// "other (1234)", in the language of the page.
const restNamePx = 76
const leastValuePx = 48
// A value makes room for the pin at its bar's end.
const pinPx = 20
const maxGutterShare = 0.4
// No axis is drawn: steps this fine leave little room unused.
const fineSteps = 10

/**
 * Lays out a bar for each mark, in the order of the marks. Where not all find room, the greatest do, and the others are
 * one bar; those whose sum would say nothing are counted instead.
 */
export function barFigure(marks: readonly Mark[], look: Look, view: View): BarFigure {
  const shown = greatestOf(marks, roomFor(marks.length, view.height))
  const hidden = marks.filter((mark) => !shown.includes(mark))
  const { unit } = measuredOf(marks)
  const sum = sumOf(hidden, unit)
  const drawn = [...shown.map(({ value }) => value), ...(sum === undefined ? [] : [sum])]
  const scale = holdScale(view.held, barScale(drawn, marks), view.now)
  const pitchPx = Math.min(maxPitchPx, view.height / Math.max(1, shown.length + Number(hidden.length > 0)))
  const names = [...shown.map(({ name }) => textWidth(name, labelPx)), sum === undefined ? 0 : restNamePx]
  const plot = plotOf(
    Math.max(0, ...names),
    valueWidth(scale, unit, view.locale, labelPx),
    pitchPx * drawn.length,
    view,
  )
  const placeOf = (value: number | null, row: number) => ({ y: (row + 0.5) * pitchPx, end: endOf(value, plot, scale) })
  return {
    kind: 'bar',
    unit,
    members: membersOf(marks),
    rows: shown.map((mark, row) => ({ ...mark, ...placeOf(mark.value, row) })),
    rest: sum === undefined ? undefined : { ...restOf(hidden, sum, look), ...placeOf(sum, shown.length) },
    hiddenCount: sum === undefined ? hidden.length : 0,
    plot,
    barPx: Math.min(maxBarPx, Math.round(pitchPx * barShare)),
    scale,
  }
}

/** The full option of a bar chart. */
export function barOption(figure: BarFigure, look: Look, view: View): BarOption {
  const { plot, barPx } = figure
  const { xAxis, yAxis, series } = barData(figure)
  const off = { show: false }
  return {
    grid: {
      left: plot.left,
      top: plot.top,
      right: view.width - plot.left - plot.width,
      bottom: view.height - plot.top - plot.height,
      outerBoundsMode: 'none',
    },
    xAxis: { type: 'value', show: false, ...xAxis },
    yAxis: {
      type: 'category',
      inverse: true,
      axisTick: off,
      axisLabel: off,
      axisLine: { lineStyle: { color: look.rule, width: look.ruleWidth } },
      ...yAxis,
    },
    series: series.map((bars) => ({
      ...bars,
      type: 'bar' as const,
      barWidth: barPx,
      itemStyle: { borderColor: look.ink, borderWidth: look.outlineWidth },
      silent: true,
      cursor: 'default',
    })),
  }
}

/** What changes in a bar chart with its values. */
export function barData({ rows, rest, scale }: BarFigure) {
  return {
    xAxis: { min: scale.min, max: scale.max },
    yAxis: { data: [...rows.map(({ key }) => key), ...(rest === undefined ? [] : [''])] },
    series: [{ id: 'bars', data: [...rows, ...(rest === undefined ? [] : [rest])].map(barOf) }],
  }
}

function barOf({ value, color, isDimmed }: Pick<BarRow | BarRest, 'value' | 'color' | 'isDimmed'>) {
  return {
    value,
    itemStyle: {
      ...fillOf(color),
      borderRadius: (value ?? 0) < 0 ? [2, 0, 0, 2] : [0, 2, 2, 0],
      opacity: isDimmed ? dimmedOpacity : 1,
    },
  }
}

function roomFor(count: number, height: number): number {
  const room = Math.max(1, Math.floor(height / minPitchPx))
  // The last place is for all others.
  return count <= room ? count : Math.max(1, room - 1)
}

// By value who is in, by appearance where: bars that changed places could not be followed.
function greatestOf(marks: readonly Mark[], room: number): readonly Mark[] {
  if (marks.length <= room) return marks
  const sizeOf = ({ value }: Mark) => Math.abs(value ?? 0)
  const kept = new Set([...marks].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, room))
  return marks.filter((mark) => kept.has(mark))
}

// Shares and durations of different things do not add up to anything, nor do debts and savings.
function sumOf(hidden: readonly Mark[], unit: string | undefined): number | undefined {
  const { type } = measureOf(unit)
  const sum = hidden.reduce((total, { value }) => total + (value ?? 0), 0)
  const isSum = hidden.length > 0 && type !== 'percent' && type !== 'duration' && Number.isFinite(sum)
  return isSum && hidden.every(({ value }) => (value ?? 0) >= 0) ? sum : undefined
}

function restOf(hidden: readonly Mark[], value: number, look: Look): Omit<BarRest, 'y' | 'end'> {
  const isSilent = hidden.every((mark) => mark.isSilent)
  const isDimmed = hidden.every((mark) => mark.isDimmed)
  const color = isSilent ? { mark: look.stale[2], text: look.ink3 } : look.rest
  return { count: hidden.length, value, color, isSilent, isDimmed }
}

function barScale(drawn: readonly (number | null)[], marks: readonly Mark[]): Scale {
  const { unit, min = 0, max = 0 } = measuredOf(marks)
  const values = drawn.flatMap((value) => value ?? [])
  const [least, greatest] = [Math.min(0, min, ...values), Math.max(0, max, ...values)]
  // Whole bars of a known whole end exactly at it.
  return greatest === max && greatest > least
    ? { min: least, max, step: max - least }
    : scaleOf(least, greatest, stepsOf(unit), fineSteps)
}

function plotOf(widest: number, values: number, height: number, view: View): Box {
  const left = Math.round(Math.min(widest + labelGapPx, view.width * maxGutterShare))
  const right = Math.max(leastValuePx, Math.ceil(values + labelGapPx + pinPx))
  return { left, top: 0, width: Math.max(1, view.width - left - right), height }
}

// What is written behind a bar that goes to the left stands at zero, where there is room.
function endOf(value: number | null, plot: Box, { min, max }: Scale): number {
  return plot.left + ((Math.max(0, value ?? 0) - min) / (max - min)) * plot.width
}
