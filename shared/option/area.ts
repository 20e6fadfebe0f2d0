// Owns the area chart: one course filled down to zero, or several stacked upon each other, and its ECharts option.

import type { LineSeriesOption } from 'echarts/charts'
import { bucketMs } from '../ring.ts'
import type { Series } from '../state.ts'
import { type Course, courseOf, type Gap, gapsOf, hasWidth, type Point, pointMs, reachOf } from './course.ts'
import { type PlacedLimit, placedLimits, reachWith } from './limits.ts'
import { bandData, bandStyle, dotStyle, dotted, type Line } from './line.ts'
import { type Content, dimmedOpacity, type Mark, membersOf, partedMarks, totalOf } from './mark.ts'
import { fillOf, type Look, strokeOf } from './palette.ts'
import { type HeldScale, holdScale, scaleOf } from './scale.ts'
import { valueWidth } from './text-width.ts'
import { heightOf, labelPx, spread, type TimeOption, timeAxes, timePlot, timeWindow } from './time-plot.ts'
import { stepsOf } from './unit.ts'
import type { Box, View } from './view.ts'

/** An area: `points` are its upper edge (its lower one, below zero), `own` its values, which ECharts stacks. */
export interface Area extends Line {
  readonly own: readonly Point[]
}

/** What all categories without a colour of their own are together. */
export interface AreaRest {
  readonly points: readonly Point[]
  readonly own: readonly Point[]
  readonly isDimmed: boolean
}

export interface AreaFigure {
  readonly kind: 'area'
  readonly unit: string | undefined
  /** All there are, those that are folded too. */
  readonly members: readonly Series[]
  /** Whether areas lie upon each other: then they have no lines of their own, and a total. */
  readonly isStacked: boolean
  /** The areas from zero outwards. */
  readonly lines: readonly Area[]
  /** The outermost area, where there are more categories than colours. */
  readonly rest: AreaRest | undefined
  /** The names that the reader left out. */
  readonly hidden: readonly Mark[]
  /** Whether the only area has a band of its least and greatest; a stack has none. */
  readonly hasBand: boolean
  /** The gaps of an only area. */
  readonly gaps: readonly Gap[]
  readonly plot: Box
  /** The borders of the window, Unix ms. */
  readonly from: number
  readonly to: number
  readonly scale: HeldScale
  /** The sum of all values, and the middle of its words at the right end. */
  readonly total: number | null
  readonly y: number
  readonly limits: readonly PlacedLimit[]
}

type Values = readonly (number | null)[]

const restId = '\u0000rest'
// The line of an only area says where it is; its filling is to be seen through.
const soloOpacity = 0.22

/** Lays out an area for each mark that has a colour of its own, and one for all others. */
export function areaFigure(content: Content, view: View): AreaFigure {
  const { marks, unit, limits } = content
  const { from, to } = timeWindow(view)
  const { shown: drawn, hidden } = partedMarks(
    marks.filter(({ isRest }) => !isRest),
    view,
  )
  const isStacked = isPile(content)
  const folded = isStacked ? marks.filter(({ isRest }) => isRest) : []
  const times = timesOf(from, to, view.windowMs)
  const courses = drawn.map((mark) => (isStacked ? valuesOf(mark, times) : []))
  const all = folded.length === 0 ? courses : [...courses, sumOf(folded.map((mark) => valuesOf(mark, times)))]
  const stack = stacked(all)
  const rows = stack.map(({ own, edge }) => ({ own: pointsOf(times, own), points: pointsOf(times, edge) }))
  const solo = isStacked ? [] : drawn.map((mark) => courseOf(mark, from, pointMs(view.windowMs), view.until))
  const areas = isStacked ? rows : solo.map(({ points }) => ({ own: points, points }))
  const reach = reachWith(reachOfEdges(areas, solo), limits)
  const scale = holdScale(view.held, scaleOf(...reach, stepsOf(unit)), view.now)
  const plot = timePlot(valueWidth(scale, unit, view.locale, labelPx), view)
  const empty: readonly Point[] = []
  const lines = drawn.map((mark, at) => {
    const { own, points } = areas[at] ?? { own: empty, points: empty }
    const { least, greatest } = solo[at] ?? { least: empty, greatest: empty }
    return { ...mark, own, points, least, greatest, y: heightOf(endOf(points), plot, scale) }
  })
  const ys = spread(
    lines.map(({ y }) => y),
    plot,
  )
  const rest = folded.length === 0 ? undefined : rows.at(-1)
  return {
    kind: 'area',
    unit,
    members: membersOf(marks),
    isStacked,
    lines: isStacked ? lines : lines.map((line, at) => ({ ...line, y: ys[at] ?? line.y })),
    hidden,
    rest: rest && { ...rest, isDimmed: folded.every(({ isDimmed }) => isDimmed) },
    hasBand: hasWidth(solo),
    gaps: solo.length === 1 ? solo.flatMap(({ points }) => gapsOf(points, from, to)) : [],
    plot,
    from,
    to,
    scale,
    total: totalOf([...drawn, ...folded]),
    y: heightOf(topOf(areas), plot, scale),
    limits: placedLimits(limits, scale, (value) => heightOf(value, plot, scale)),
  }
}

/** The full option of an area chart. */
export function areaOption(figure: AreaFigure, look: Look, view: View): TimeOption {
  const { plot, unit } = figure
  const { xAxis, yAxis, series } = areaData(figure)
  return {
    ...timeAxes(plot, unit, look, view, { xAxis, yAxis }),
    series: series.map((data, at) => ({ ...styleOf(figure, at, look), ...data })),
  }
}

/** What changes in an area chart with its values and with time. */
export function areaData({ lines, rest, hasBand, from, to, scale }: AreaFigure) {
  return {
    xAxis: { min: from, max: to },
    yAxis: { min: scale.min, max: scale.max, interval: scale.step },
    series: [
      ...(hasBand ? lines.flatMap(bandData) : []),
      ...lines.map(({ key, own }) => ({ id: key, data: dotted(own) })),
      ...(rest === undefined ? [] : [{ id: restId, data: [...rest.own] }]),
    ],
  }
}

/** Whether the areas of a chart lie upon each other; else each is filled down to zero, and seen through. */
export function isPile({ chart, marks }: Pick<Content, 'chart' | 'marks'>): boolean {
  return marks.length > 1 && chart.grouping !== 'plain'
}

function styleOf(figure: AreaFigure, at: number, look: Look): LineSeriesOption {
  const bands = figure.hasBand ? 2 * figure.lines.length : 0
  if (at < bands) return bandStyle(figure.lines[at >> 1], at % 2 === 1, look)
  const line = figure.lines[at - bands]
  const color = line?.color.mark ?? look.rest.mark
  const opacity = (line ?? figure.rest)?.isDimmed ? dimmedOpacity : 1
  const common = { type: 'line' as const, showSymbol: false, silent: true, animation: false }
  if (figure.isStacked) {
    return {
      ...common,
      stack: 'areas',
      // What is below zero is stacked downwards.
      stackStrategy: 'samesign',
      lineStyle: { ...edgeOf(look), join: 'round' },
      itemStyle: fillOf(line?.color ?? look.rest),
      areaStyle: { color, opacity },
    }
  }
  const stroke = strokeOf(line?.color ?? look.rest, look)
  return {
    ...common,
    ...dotStyle(line, look),
    lineStyle: { width: 2, color: stroke, opacity, cap: 'round', join: 'round' },
    areaStyle: { color, opacity: soloOpacity * opacity },
  }
}

// The next area covers one half of it: 1 px of paper stays between the two, or the outline.
function edgeOf({ paper, ink, outlineWidth }: Look) {
  return outlineWidth > 0 ? { color: ink, width: 2 * outlineWidth } : { color: paper, width: 2 }
}

// All areas of a stack have points at the same times: ECharts stacks nothing else.
function timesOf(from: number, to: number, windowMs: number): readonly number[] {
  const stepMs = pointMs(windowMs)
  const first = Math.floor(from / stepMs)
  const count = Math.floor(to / stepMs) - first + 1
  return Array.from({ length: count }, (_, at) => Math.min(to, (first + at + 1) * stepMs - bucketMs))
}

// A value holds until the next one, or until its series fell silent.
function valuesOf({ ring, isSilent }: Mark, times: readonly number[]): Values {
  const first = times[0] ?? 0
  const { points } = courseOf({ ring }, first)
  const last = points.at(-1)?.[0] ?? first
  let at = 0
  let held: number | null = null
  return times.map((time) => {
    for (; at < points.length && (points[at]?.[0] ?? time) <= time; at++) held = points[at]?.[1] ?? null
    return isSilent && time > last ? null : held
  })
}

function sumOf(all: readonly Values[]): Values {
  const [first = []] = all
  return first.map((_, at) =>
    all.reduce<number | null>((sum, values) => {
      const value = values[at] ?? null
      return value === null ? sum : (sum ?? 0) + value
    }, null),
  )
}

// What has no value while another has is as thick as nothing; where none has, all are interrupted.
function stacked(all: readonly Values[]): readonly { readonly own: Values; readonly edge: Values }[] {
  const length = all[0]?.length ?? 0
  const above = new Array<number>(length).fill(0)
  const below = new Array<number>(length).fill(0)
  const isEmpty = Array.from({ length }, (_, at) => all.every((values) => (values[at] ?? null) === null))
  return all.map((values) => {
    const own = values.map((value, at) => (isEmpty[at] ? null : (value ?? 0)))
    const edge = own.map((value, at) => {
      if (value === null) return null
      const pile = value < 0 ? below : above
      pile[at] = (pile[at] ?? 0) + value
      return pile[at] ?? 0
    })
    return { own, edge }
  })
}

function pointsOf(times: readonly number[], values: Values): readonly Point[] {
  return times.map((time, at): Point => [time, values[at] ?? null])
}

// An area is read by its height: zero is always in view.
function reachOfEdges(
  areas: readonly { readonly points: readonly Point[] }[],
  solo: readonly Course[],
): readonly [least: number, greatest: number] {
  const [low, high] = reachOf(solo) ?? [0, 0]
  let [least, greatest] = [Math.min(0, low), Math.max(0, high)]
  for (const { points } of areas) {
    for (const [, value] of points) {
      least = Math.min(least, value ?? 0)
      greatest = Math.max(greatest, value ?? 0)
    }
  }
  return [least, greatest]
}

// Of what fell silent the words stay where it ended.
function endOf(points: readonly Point[]): number | null {
  return points.findLast(([, value]) => value !== null)?.[1] ?? null
}

function topOf(areas: readonly { readonly points: readonly Point[] }[]): number {
  const ends = areas.map(({ points }) => endOf(points) ?? 0)
  const top = Math.max(0, ...ends)
  return top > 0 ? top : Math.min(0, ...ends)
}
