// Owns the plot of a chart over time: its window, its room between axis and words, and its axes. It draws no series.

import type { LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { bucketMs } from '../ring.ts'
import { fontFamily, type Look } from './palette.ts'
import { formatTick } from './quantity.ts'
import type { Scale } from './scale.ts'
import type { Box, View } from './view.ts'

export type TimeOption = ComposeOption<LineSeriesOption | GridComponentOption>

/** The font size of the words in and beside a plot, px. */
export const labelPx = 12
/** How far apart the middles of two lines' words are at least, px. */
const endGapPx = 17
const gutterPx = 40
const abovePx = 20
const belowPx = 30
const endPaddingPx = 10
const leastEndPx = 56
const maxEndShare = 0.35
const off = { show: false }

/** The borders of the window of a view, Unix ms. */
export function timeWindow({ now, windowMs, until = now }: View): { readonly from: number; readonly to: number } {
  // The window moves by whole buckets, or every line would shimmer.
  const to = Math.floor(until / bucketMs) * bucketMs
  return { from: to - windowMs, to }
}

/** The plot that leaves room for words of this width (px) at its right. */
export function timePlot(wordsPx: number, view: View): Box {
  const wanted = Math.ceil(wordsPx) + endPaddingPx
  const right = Math.min(Math.max(leastEndPx, wanted), Math.floor(view.width * maxEndShare))
  return {
    left: gutterPx,
    top: abovePx,
    width: Math.max(1, view.width - gutterPx - right),
    height: Math.max(1, view.height - abovePx - belowPx),
  }
}

/** Where a value is in a plot, px from its chart's top. */
export function heightOf(value: number | null, plot: Box, { min, max }: Scale): number {
  return plot.top + plot.height * (1 - ((value ?? min) - min) / (max - min))
}

/** The axes of a plot: a bare one of time, and one of values whose labels sit on their grid lines. */
export function timeAxes<X extends object, Y extends object>(
  plot: Box,
  unit: string | undefined,
  look: Look,
  view: View,
  { xAxis, yAxis }: { readonly xAxis: X; readonly yAxis: Y },
) {
  return {
    grid: {
      left: plot.left,
      top: plot.top,
      right: view.width - plot.left - plot.width,
      bottom: view.height - plot.top - plot.height,
      outerBoundsMode: 'none' as const,
    },
    xAxis: { type: 'time' as const, axisLine: off, axisTick: off, axisLabel: off, splitLine: off, ...xAxis },
    yAxis: { ...levelAxis(unit, look, view), ...yAxis },
  }
}

/** An axis of values that go up: its labels sit on their grid lines, left of the plot. */
export function levelAxis(unit: string | undefined, look: Look, view: View) {
  return {
    type: 'value' as const,
    axisLine: off,
    axisTick: { show: true, length: gutterPx, lineStyle: { color: look.grid } },
    splitLine: { lineStyle: { color: look.grid } },
    axisLabel: {
      ...tickLabel(unit, look, view),
      align: 'left' as const,
      verticalAlign: 'bottom' as const,
      margin: gutterPx,
      showMinLabel: false,
    },
  }
}

/** How the values on an axis are written. */
export function tickLabel(unit: string | undefined, { ink3 }: Look, { locale }: View) {
  return { color: ink3, fontSize: 11, fontFamily, formatter: (value: number) => formatTick(value, unit, locale) }
}

/**
 * Moves middles apart until no two are closer than the words need, keeping their order and the chart: none is below the
 * plot, none runs out at the top. Where there are more of them than have room they stand closer.
 */
export function spread(middles: readonly number[], plot: Box): readonly number[] {
  const foot = plot.top + plot.height
  const ceiling = plot.top - abovePx / 2
  const gap = Math.min(endGapPx, (foot - ceiling) / Math.max(1, middles.length - 1))
  const upwards = middles.map((_, at) => at).sort((a, b) => (middles[b] ?? 0) - (middles[a] ?? 0) || b - a)
  const moved = [...middles]
  let below = foot + gap
  for (const at of upwards) {
    below = Math.min(middles[at] ?? foot, below - gap)
    moved[at] = below
  }
  let above = ceiling - gap
  for (const at of upwards.reverse()) {
    above = Math.max(moved[at] ?? ceiling, above + gap)
    moved[at] = above
  }
  return moved
}
