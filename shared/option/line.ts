// Owns the line chart: its points, gaps and bands over a time window, where each line ends, and its ECharts option.

import type { LineSeriesOption } from 'echarts/charts'
import type { GridComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import type { Series } from '../state.ts'
import { type Course, courseOf, type Gap, gapsOf, hasWidth, isLonely, type Point, pointMs, reachOf } from './course.ts'
import { type Limit, type PlacedLimit, placedLimits, reachWith } from './limits.ts'
import { type Content, dimmedOpacity, type Mark, membersOf, partedMarks } from './mark.ts'
import { type Look, strokeOf } from './palette.ts'
import { type HeldScale, holdScale, lineReach, type Scale, scaleOf } from './scale.ts'
import { textWidth, valueWidth } from './text-width.ts'
import { heightOf, labelPx, spread, timeAxes, timePlot, timeWindow } from './time-plot.ts'
import { stepsOf } from './unit.ts'
import type { Box, View } from './view.ts'

/** A line with its band of least and greatest, and `y`, the middle of its words at the right end. */
export interface Line extends Mark {
  readonly points: readonly Point[]
  readonly least: readonly Point[]
  readonly greatest: readonly Point[]
  readonly y: number
}

/** A name whose line the reader left out, and the middle of it at the right end, below those of the lines. */
export interface HiddenEnd extends Mark {
  readonly y: number
}

export interface LineFigure {
  readonly kind: 'line'
  readonly unit: string | undefined
  /** All there are, those without a line too. */
  readonly members: readonly Series[]
  readonly lines: readonly Line[]
  readonly hidden: readonly HiddenEnd[]
  /** How many series have no colour of their own, and so no line. */
  readonly hiddenCount: number
  /** The gaps of the only line. */
  readonly gaps: readonly Gap[]
  readonly hasBand: boolean
  readonly plot: Box
  /** The borders of the window, Unix ms. */
  readonly from: number
  readonly to: number
  readonly scale: HeldScale
  readonly limits: readonly PlacedLimit[]
}

const dotPx = 6

type LineOption = ComposeOption<LineSeriesOption | GridComponentOption>

/** Lays out a line for each mark that has a colour of its own. */
export function lineFigure({ marks, unit, limits }: Content, view: View): LineFigure {
  const named = marks.filter(({ isRest }) => !isRest)
  const { shown: drawn, hidden } = partedMarks(named, view)
  const { from, to } = timeWindow(view)
  const courses = drawn.map((mark) => ({
    mark,
    ...courseOf(mark, from, pointMs(view.windowMs), view.until),
  }))
  const scale = holdScale(view.held, scaleOfCourses(courses, unit, limits), view.now)
  const plot = plotOf(named, valueWidth(scale, unit, view.locale, labelPx), view)
  const foot = plot.top + plot.height
  const ys = spread([...drawn.map(({ value }) => heightOf(value, plot, scale)), ...hidden.map(() => foot)], plot)
  return {
    kind: 'line',
    unit,
    members: membersOf(marks),
    lines: courses.map(({ mark, points, least, greatest }, at) => ({
      ...mark,
      points,
      least,
      greatest,
      y: ys[at] ?? plot.top,
    })),
    hidden: hidden.map((mark, at) => ({ ...mark, y: ys[drawn.length + at] ?? foot })),
    hiddenCount: marks.length - named.length,
    gaps: drawn.length === 1 ? gapsOf(courses[0]?.points ?? [], from, to) : [],
    hasBand: hasWidth(courses),
    plot,
    from,
    to,
    scale,
    limits: placedLimits(limits, scale, (value) => heightOf(value, plot, scale)),
  }
}

/** The full option of a line chart. */
export function lineOption(figure: LineFigure, look: Look, view: View): LineOption {
  const { plot, unit } = figure
  const { xAxis, yAxis, series } = lineData(figure)
  return {
    ...timeAxes(plot, unit, look, view, { xAxis, yAxis }),
    series: series.map((data, at) => ({ ...styleOf(figure, at, look), ...data })),
  }
}

/** What changes in a line chart with its values and with time. */
export function lineData({ lines, hasBand, from, to, scale }: LineFigure) {
  return {
    xAxis: { min: from, max: to },
    yAxis: { min: scale.min, max: scale.max, interval: scale.step },
    series: [
      ...(hasBand ? lines.flatMap(bandData) : []),
      ...lines.map(({ key, points }) => ({ id: key, data: dotted(points) })),
    ],
  }
}

// Bands lie below all lines: two series each, of which the second is drawn upon the first.
function styleOf({ lines, hasBand }: LineFigure, at: number, look: Look): LineSeriesOption {
  const bands = hasBand ? 2 * lines.length : 0
  const line = lines[at < bands ? at >> 1 : at - bands]
  const color = strokeOf(line?.color ?? look.rest, look)
  const common = { type: 'line' as const, showSymbol: false, silent: true, animation: false }
  const opacity = line?.isDimmed ? dimmedOpacity : 1
  if (at < bands) return bandStyle(line, at % 2 === 1, look)
  const stroke = { width: 2, color, opacity, cap: 'round' as const, join: 'round' as const }
  return { ...common, ...dotStyle(line, look), lineStyle: stroke }
}

/** The two series of a line's band: its least, and upon it the way up to its greatest. */
export function bandData({ key, least, greatest }: Pick<Line, 'key' | 'least' | 'greatest'>) {
  const span = greatest.map(([time, high], at): Point => [time, wayUp(least[at]?.[1] ?? null, high)])
  return [
    { id: `${key}\u0000least`, data: dotted(least) },
    { id: `${key}\u0000span`, data: dotted(span) },
  ]
}

function wayUp(low: number | null, high: number | null): number | null {
  return low === null || high === null ? null : Math.min(high - low, Number.MAX_VALUE)
}

/** What of a line, or of a band, its look depends on. */
type Stroked = Pick<Line, 'key' | 'points' | 'color' | 'isDimmed'>

/** How one of these two looks: the second is what is seen. */
export function bandStyle(line: Stroked | undefined, isSpan: boolean, look: Look): LineSeriesOption {
  const color = line?.color.mark ?? look.rest.mark
  const opacity = look.bandOpacity * (line?.isDimmed ? dimmedOpacity : 1)
  return {
    type: 'line',
    showSymbol: false,
    silent: true,
    animation: false,
    stack: line?.key ?? '',
    // Else ECharts stacks only values of one sign.
    stackStrategy: 'all',
    lineStyle: { width: 0 },
    ...dotStyle(line, look),
    ...(isSpan ? { areaStyle: { color, opacity } } : {}),
  }
}

/** The data of points: one that stands alone draws no line and fills no band, so it is drawn as a dot. */
export function dotted(points: readonly Point[]) {
  return points.map((point, at) =>
    isLonely(points, at) ? { value: point, symbol: 'circle', symbolSize: dotPx } : point,
  )
}

/** Whether a line has points that stand alone. */
export function hasDots({ points }: Pick<Line, 'points'>): boolean {
  return points.some((_, at) => isLonely(points, at))
}

/** How these dots look, for a series whose other points have none. */
export function dotStyle(line: Stroked | undefined, look: Look) {
  if (line === undefined || !hasDots(line)) return {}
  const opacity = line.isDimmed ? dimmedOpacity : 1
  return { showSymbol: true, symbol: 'none', itemStyle: { color: strokeOf(line.color, look), opacity } }
}

function scaleOfCourses(courses: readonly Course[], unit: string | undefined, limits: readonly Limit[]): Scale {
  const reach = reachOf(courses)
  return reach === undefined ? scaleOf(0, 1) : scaleOf(...lineReach(...reachWith(reach, limits)), stepsOf(unit))
}

function plotOf(named: readonly Mark[], values: number, view: View): Box {
  // The only line needs no name: it is the chart's.
  const names = named.length === 1 ? [] : named.map(({ name }) => textWidth(`${name} `, labelPx))
  return timePlot(Math.max(0, ...names) + values, view)
}
