// Owns the bar chart: its rows, where each bar ends, and its ECharts option. Names and values are the page's own text.

import type { BarSeriesOption } from 'echarts/charts'
import type { GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { categoriesOf, dimmedOpacity, type Mark, measuredOf } from './mark.ts'
import type { Look } from './palette.ts'
import { type HeldScale, holdScale, type Scale, scaleOf } from './scale.ts'
import { textWidth, valueWidth } from './text-width.ts'
import { stepsOf } from './unit.ts'
import type { Box, View } from './view.ts'

/** A bar: `y` is its middle, and behind `end` stands its value, in the chart's px. */
export interface BarRow extends Mark {
  readonly y: number
  readonly end: number
}

export interface BarFigure {
  readonly kind: 'bar'
  readonly unit: string | undefined
  /** All there are, those without room too. */
  readonly categories: readonly string[]
  readonly rows: readonly BarRow[]
  /** How many categories found no room. */
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
const leastValuePx = 48
// A value makes room for the pin at its bar's end.
const pinPx = 20
const maxGutterShare = 0.4
// No axis is drawn: steps this fine leave little room unused.
const fineSteps = 10

/** Lays out a bar for each mark, in the order of the marks; those that find no room are counted. */
export function barFigure(marks: readonly Mark[], view: View): BarFigure {
  const shown = marks.slice(0, roomFor(marks.length, view.height))
  const { unit } = measuredOf(marks)
  const scale = holdScale(view.held, barScale(marks), view.now)
  const pitchPx = Math.min(maxPitchPx, view.height / Math.max(1, shown.length + Number(shown.length < marks.length)))
  const plot = plotOf(shown, valueWidth(scale, unit, view.locale, labelPx), pitchPx, view)
  const rows = shown.map((mark, row) => ({ ...mark, y: (row + 0.5) * pitchPx, end: endOf(mark, plot, scale) }))
  const barPx = Math.min(maxBarPx, Math.round(pitchPx * barShare))
  const hiddenCount = marks.length - shown.length
  return { kind: 'bar', unit, categories: categoriesOf(marks), rows, hiddenCount, plot, barPx, scale }
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
      axisLine: { lineStyle: { color: look.rule, width: 1 } },
      ...yAxis,
    },
    series: series.map((bars) => ({ ...bars, type: 'bar' as const, barWidth: barPx, silent: true, cursor: 'default' })),
  }
}

/** What changes in a bar chart with its values. */
export function barData({ rows, scale }: BarFigure) {
  return {
    xAxis: { min: scale.min, max: scale.max },
    yAxis: { data: rows.map(({ key }) => key) },
    series: [
      {
        id: 'bars',
        data: rows.map(({ value, color, isDimmed }) => ({
          value,
          itemStyle: {
            color: color.mark,
            borderRadius: (value ?? 0) < 0 ? [2, 0, 0, 2] : [0, 2, 2, 0],
            opacity: isDimmed ? dimmedOpacity : 1,
          },
        })),
      },
    ],
  }
}

function roomFor(count: number, height: number): number {
  const room = Math.max(1, Math.floor(height / minPitchPx))
  // The last place is for the words that say how many more there are.
  return count <= room ? count : Math.max(1, room - 1)
}

function barScale(marks: readonly Mark[]): Scale {
  const { unit, min = 0, max = 0 } = measuredOf(marks)
  const values = marks.flatMap(({ value }) => value ?? [])
  const [least, greatest] = [Math.min(0, min, ...values), Math.max(0, max, ...values)]
  // Whole bars of a known whole end exactly at it.
  return greatest === max && greatest > least
    ? { min: least, max, step: max - least }
    : scaleOf(least, greatest, stepsOf(unit), fineSteps)
}

function plotOf(rows: readonly Mark[], values: number, pitchPx: number, view: View): Box {
  const widest = Math.max(0, ...rows.map(({ name }) => textWidth(name, labelPx)))
  const left = Math.round(Math.min(widest + labelGapPx, view.width * maxGutterShare))
  const right = Math.max(leastValuePx, Math.ceil(values + labelGapPx + pinPx))
  return { left, top: 0, width: Math.max(1, view.width - left - right), height: rows.length * pitchPx }
}

// What is written behind a bar that goes to the left stands at zero, where there is room.
function endOf({ value }: Mark, plot: Box, { min, max }: Scale): number {
  return plot.left + ((Math.max(0, value ?? 0) - min) / (max - min)) * plot.width
}
