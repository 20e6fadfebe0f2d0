// Owns the gauge: its arc, the borders of its value, and its ECharts option. The value and the borders are the page's text.

import type { GaugeSeriesOption } from 'echarts/charts'
import type { ComposeOption } from 'echarts/core'
import type { Series } from '../state.ts'
import { type Limit, reachWith } from './limits.ts'
import { type Content, membersOf, type Whole, wholeOf } from './mark.ts'
import type { Look } from './palette.ts'
import { scaleOf } from './scale.ts'
import type { View } from './view.ts'

export interface GaugeFigure {
  readonly kind: 'gauge'
  readonly unit: string | undefined
  readonly members: readonly Series[]
  readonly value: number | null
  /** How the value was made of several series; undefined where there is one. */
  readonly whole: Whole | undefined
  readonly isSilent: boolean
  readonly color: string
  readonly min: number
  readonly max: number
  /** The middle of the half circle's flat side, and its outer radius, in the chart's px. */
  readonly centerX: number
  readonly centerY: number
  readonly radius: number
  /** Those on the arc, each with how far along it, 0 to 1. */
  readonly limits: readonly (Limit & { readonly share: number })[]
}

type GaugeOption = ComposeOption<GaugeSeriesOption>

/** How wide the arc is, px. */
export const arcPx = 10
// Above the arc, and below it for the two borders.
const abovePx = 8
const belowPx = 17
// For the values of limits: around the arc, and above it.
const besidePx = 26
const limitPx = 12

/** Lays out the arc of the marks as one number; without borders it ends at the next round number. */
export function gaugeFigure({ marks, unit, min = 0, max, limits }: Content, look: Look, view: View): GaugeFigure {
  const whole = wholeOf(marks)
  const { value } = whole
  const [around, above] = limits.length > 0 ? [besidePx, abovePx + limitPx] : [0, abovePx]
  const radius = Math.max(arcPx, Math.min(view.width / 2 - around, view.height - above - belowPx))
  const end =
    max !== undefined && max > min ? max : roundEnd(min, reachWith([min, Math.max(min, value ?? min)], limits))
  const [centerX, centerY] = [view.width / 2, above + radius]
  return {
    kind: 'gauge',
    unit,
    members: membersOf(marks),
    value,
    whole: marks.length > 1 ? whole : undefined,
    isSilent: marks.every((mark) => mark.isSilent),
    color: marks[0]?.color.mark ?? look.rest.mark,
    min,
    max: end,
    centerX,
    centerY,
    radius,
    limits: limits
      .filter(({ at }) => at >= min && at <= end)
      .map((limit) => ({ ...limit, share: (limit.at - min) / (end - min) })),
  }
}

// Also where nothing is above the least: an arc has two ends.
function roundEnd(min: number, reach: readonly [number, number]): number {
  const { max, step } = scaleOf(...reach)
  return max > min ? max : min + step
}

/** The full option of a gauge. */
export function gaugeOption(figure: GaugeFigure, look: Look): GaugeOption {
  const { centerX, centerY, radius, color } = figure
  const off = { show: false }
  return {
    series: gaugeData(figure).series.map((arc) => ({
      ...arc,
      type: 'gauge' as const,
      center: [centerX, centerY],
      radius,
      startAngle: 180,
      endAngle: 0,
      progress: {
        show: true,
        width: arcPx,
        itemStyle: { color, borderColor: look.ink, borderWidth: look.outlineWidth },
      },
      axisLine: { lineStyle: { width: arcPx, color: [[1, look.contrast === 'high' ? look.grid : look.line]] } },
      pointer: off,
      anchor: off,
      axisTick: off,
      splitLine: off,
      axisLabel: off,
      detail: off,
      title: off,
      silent: true,
      cursor: 'default',
    })),
  }
}

/** What changes in a gauge with its value, which an arc cannot pass. */
export function gaugeData({ value, min, max }: GaugeFigure) {
  const data = [{ value: Math.min(max, Math.max(min, value ?? min)) }]
  return { series: [{ id: 'arc', min, max, data }] }
}
