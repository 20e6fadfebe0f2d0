// Owns the area chart: one course filled down to zero, or several stacked upon each other, and its ECharts option.

import type { LineSeriesOption } from 'echarts/charts'
import type { Series } from '../state.ts'
import { type Band, courseOf, type Gap, gapsOf, hasWidth, type Point, pointMs, reachOf } from './course.ts'
import { type PlacedLimit, placedLimits, reachWith } from './limits.ts'
import { bandData, bandStyle, dotStyle, dotted, type Line } from './line.ts'
import { type Content, dimmedOpacity, type Mark, membersOf, partedMarks, totalOf } from './mark.ts'
import { fillOf, type Look, strokeOf } from './palette.ts'
import { type HeldScale, holdScale, scaleOf } from './scale.ts'
import { type EdgeBand, edgeBands, layerOf, type Stacked, stacked, stackTimes, summed } from './stack.ts'
import { valueWidth } from './text-width.ts'
import { heightOf, labelPx, spread, type TimeOption, timeAxes, timePlot, timeWindow } from './time-plot.ts'
import { stepsOf } from './unit.ts'
import type { Box, View } from './view.ts'

/** An area: `points` are its upper edge (its lower one, below zero), `own` its values, which ECharts stacks. */
export interface Area extends Line {
  readonly own: readonly Point[]
}

/** What all categories without a colour of their own are together. */
export interface AreaRest extends Stacked {
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
  /** Whether the only area has a band of its least and greatest. */
  readonly hasBand: boolean
  /** Between what the outer edges of a stack may have been, where they are not told exactly. */
  readonly edges: readonly EdgeBand[]
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
  const times = stackTimes(from, to, view.windowMs)
  const layers = isStacked ? layersOf(drawn, folded, times, view) : []
  const rows = stacked(layers, times)
  const edges = edgeBands(layers, times)
  const solo = isStacked ? [] : drawn.map((mark) => courseOf(mark, from, pointMs(view.windowMs), view.until))
  const areas = isStacked ? rows : solo.map(({ points }) => ({ own: points, points }))
  const reach = reachWith(reachOfEdges(areas, [...solo, ...edges]), limits)
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
    edges,
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
export function areaData({ lines, rest, hasBand, edges, from, to, scale }: AreaFigure) {
  return {
    xAxis: { min: from, max: to },
    yAxis: { min: scale.min, max: scale.max, interval: scale.step },
    series: [
      ...(hasBand ? lines.flatMap(bandData) : []),
      ...lines.map(({ key, own }) => ({ id: key, data: dotted(own) })),
      ...(rest === undefined ? [] : [{ id: restId, data: dotted(rest.own) }]),
      ...edges.flatMap(bandData),
    ],
  }
}

// What has no colour of its own lies outermost, as one.
function layersOf(drawn: readonly Mark[], folded: readonly Mark[], times: readonly number[], { windowMs }: View) {
  const layer = (mark: Mark) => layerOf(mark, times, windowMs)
  return [...drawn.map(layer), ...(folded.length === 0 ? [] : [summed(folded.map(layer))])]
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
  const areas = bands + figure.lines.length + Number(figure.rest !== undefined)
  if (at >= areas) return edgeStyle(figure.edges[(at - areas) >> 1], (at - areas) % 2 === 1, look)
  if (figure.isStacked) {
    return {
      ...common,
      ...dotStyle(line ?? restLine(figure.rest, look), look),
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

function restLine(rest: AreaRest | undefined, { rest: color }: Look) {
  return rest && { key: restId, points: rest.points, color, isDimmed: rest.isDimmed }
}

// Over the areas, and seen through: they are still told apart below it.
function edgeStyle(edge: EdgeBand | undefined, isSpan: boolean, look: Look): LineSeriesOption {
  const color = { mark: look.ink, text: look.ink }
  return bandStyle(edge && { key: edge.key, points: edge.greatest, color, isDimmed: false }, isSpan, look)
}

// The next area covers one half of it: 1 px of paper stays between the two, or the outline.
function edgeOf({ paper, ink, outlineWidth }: Look) {
  return outlineWidth > 0 ? { color: ink, width: 2 * outlineWidth } : { color: paper, width: 2 }
}

// An area is read by its height: zero is always in view.
function reachOfEdges(
  areas: readonly { readonly points: readonly Point[] }[],
  bands: readonly Band[],
): readonly [least: number, greatest: number] {
  const [low, high] = reachOf(bands) ?? [0, 0]
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
