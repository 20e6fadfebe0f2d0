// Owns the ECharts option of a bar chart: its axes, one series for all plain bars, or one for each part.

import type { BarSeriesOption } from 'echarts/charts'
import type { GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { BarFigure, BarRest, BarRow } from './bar.ts'
import { groupGapPx } from './bar-plot.ts'
import { dimmedOpacity } from './mark.ts'
import { fillOf, type Look } from './palette.ts'
import { levelAxis, tickLabel } from './time-plot.ts'
import type { View } from './view.ts'

type BarOption = ComposeOption<BarSeriesOption | GridComponentOption>

const off = { show: false }
const radiusPx = 2
const restId = '\u0000rest'

/** The full option of a bar chart. */
export function barOption(figure: BarFigure, look: Look, view: View): BarOption {
  const { plot, barPx, isUpright, grouping, hasAxis, unit } = figure
  const { xAxis, yAxis, series } = barData(figure)
  const categories = {
    type: 'category' as const,
    axisTick: off,
    axisLabel: off,
    axisLine: { lineStyle: { color: look.rule, width: look.ruleWidth } },
  }
  const bare = {
    type: 'value' as const,
    axisLine: off,
    axisTick: off,
    axisLabel: off,
    splitLine: { lineStyle: { color: look.grid } },
  }
  const below = { ...bare, show: hasAxis, axisLabel: { ...tickLabel(unit, look, view), hideOverlap: true } }
  const lying = { xAxis: { ...below, ...xAxis }, yAxis: { ...categories, inverse: true, ...yAxis } }
  const values = hasAxis ? levelAxis(unit, look, view) : bare
  return {
    grid: {
      left: plot.left,
      top: plot.top,
      right: view.width - plot.left - plot.width,
      bottom: view.height - plot.top - plot.height,
      outerBoundsMode: 'none',
    },
    ...(isUpright ? { xAxis: { ...categories, ...xAxis }, yAxis: { ...values, ...yAxis } } : lying),
    series: series.map((bars, at) => ({
      ...bars,
      type: 'bar' as const,
      ...stackOf(figure, at),
      barWidth: barPx,
      barGap: `${(groupGapPx / barPx) * 100}%`,
      itemStyle: partingOf(grouping === 'stacked', look),
      silent: true,
      cursor: 'default',
    })),
  }
}

/** What changes in a bar chart with its values. */
export function barData(figure: BarFigure) {
  const { slots, scale, isUpright, hasAxis, moveMs } = figure
  const values = { min: scale.min, max: scale.max, ...(isUpright || hasAxis ? { interval: scale.step } : {}) }
  const categories = { data: slots.map(({ key }) => key) }
  const moving = moveMs > 0 ? { animationDurationUpdate: moveMs } : {}
  return {
    ...(isUpright ? { xAxis: categories, yAxis: values } : { xAxis: values, yAxis: categories }),
    series: seriesOf(figure).map((series) => ({ ...series, ...moving })),
  }
}

function seriesOf(figure: BarFigure) {
  const { rows, rest, parts, grouping, slots } = figure
  if (grouping === 'plain')
    return [
      { id: 'bars', data: [...rows, ...(rest === undefined ? [] : [rest])].map((bar) => datumOf(bar, figure, true)) },
    ]
  const shown = parts.filter(({ isHidden }) => !isHidden)
  const byPlace = new Map(rows.map((row) => [`${row.slot} ${row.part}`, row]))
  const own = shown.map(({ key }) => ({
    id: key,
    data: slots.map((_, slot) => {
      const row = byPlace.get(`${slot} ${key}`)
      return row === undefined ? { value: null } : datumOf(row, figure, row.isOutermost)
    }),
  }))
  if (rest === undefined) return own
  const data = slots.map((_, slot) => (slot < slots.length - 1 ? { value: null } : datumOf(rest, figure, true)))
  return [...own, { id: restId, data }]
}

// What is stacked stands on one place; the rest stands where the first part would.
function stackOf({ grouping, parts, rest }: BarFigure, at: number): { readonly stack?: string } {
  if (grouping === 'plain') return {}
  const count = parts.filter(({ isHidden }) => !isHidden).length
  const isFirst = grouping === 'stacked' || at === 0 || (rest !== undefined && at === count)
  return { stack: isFirst ? 'first' : `part ${at}` }
}

// Half of a border lies within each of two segments.
function partingOf(isStacked: boolean, { ink, paper, outlineWidth }: Look) {
  if (outlineWidth > 0 || !isStacked) return { borderColor: ink, borderWidth: outlineWidth }
  return { borderColor: paper, borderWidth: 1 }
}

function datumOf(
  bar: Pick<BarRow | BarRest, 'value' | 'color' | 'isDimmed'>,
  { isUpright }: BarFigure,
  isEnd: boolean,
) {
  return {
    value: bar.value,
    itemStyle: {
      ...fillOf(bar.color),
      borderRadius: isEnd ? radiusOf((bar.value ?? 0) < 0, isUpright) : 0,
      opacity: bar.isDimmed ? dimmedOpacity : 1,
    },
  }
}

function radiusOf(isBelow: boolean, isUpright: boolean): number[] {
  if (isUpright) return isBelow ? [0, 0, radiusPx, radiusPx] : [radiusPx, radiusPx, 0, 0]
  return isBelow ? [radiusPx, 0, 0, radiusPx] : [0, radiusPx, radiusPx, 0]
}
