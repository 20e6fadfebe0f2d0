// Owns the heat map: its rows, which past falls into which cell, the step of its colour, and its ECharts option.

import type { HeatmapSeriesOption } from 'echarts/charts'
import type { GridComponentOption, VisualMapComponentOption } from 'echarts/components'
import type { ComposeOption } from 'echarts/core'
import { bucketMs } from '../ring.ts'
import type { Series } from '../state.ts'
import { courseOf } from './course.ts'
import { type Content, dimmedOpacity, type Mark, membersOf } from './mark.ts'
import type { Look } from './palette.ts'
import { type HeldScale, holdScale, lineReach, type Scale, scaleOf } from './scale.ts'
import { textWidth } from './text-width.ts'
import { stepsOf } from './unit.ts'
import type { Box, View } from './view.ts'

/** A cell: the value of its time that is farthest from zero, so that no spike is hidden, when that was (Unix ms), and its colour's place in the ramp. */
export interface HeatCell {
  readonly column: number
  readonly time: number
  readonly value: number
  readonly step: number
}

/** A row: `y` is its middle in the chart's px; a time without a value has no cell. */
export interface HeatRow extends Mark {
  readonly y: number
  readonly cells: readonly HeatCell[]
}

export interface HeatFigure {
  readonly kind: 'heat'
  readonly unit: string | undefined
  /** All there are, those without room too. */
  readonly members: readonly Series[]
  readonly rows: readonly HeatRow[]
  /** How many categories found no room. */
  readonly hiddenCount: number
  readonly columns: number
  readonly cellMs: number
  /** The borders of the window, Unix ms. */
  readonly from: number
  readonly to: number
  readonly plot: Box
  /** The key to the colours has a line of its own: beside the times it would take the room of half of them. */
  readonly isKeyBelow: boolean
  readonly scale: HeldScale
  /** Values below zero are land, where the zero is the shore. */
  readonly ramp: 'depth' | 'landToSea'
}

type HeatOption = ComposeOption<HeatmapSeriesOption | GridComponentOption | VisualMapComponentOption>
type Peak = Omit<HeatCell, 'step'>

const steps = 7
const minPitchPx = 16
const maxPitchPx = 44
const leastCellPx = 8
const belowPx = 30
const abovePx = 6
// A plot of less width has its key to the colours below the times, where its rows leave the height for that.
const keyBeside = { widthPx: 440, heightPx: 140 }
const keyPx = 18
const labelPx = 12
const labelGapPx = 10
const maxGutterShare = 0.35
const fineSteps = 10
const cellsMs = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600].map((seconds) => seconds * bucketMs)

/** Lays out a row for each mark; where there is no room for all, for those with the greatest values of the window. */
export function heatFigure({ marks, unit, min, max }: Content, view: View): HeatFigure {
  const left = gutterOf(marks, view)
  const width = Math.max(1, view.width - left)
  const isKeyBelow = width < keyBeside.widthPx && view.height >= keyBeside.heightPx
  const plotHeight = Math.max(1, view.height - belowPx - abovePx - (isKeyBelow ? keyPx : 0))
  const time = timesOf(width, view)
  const hot = hottest(marks, time.from, Math.max(1, Math.floor(plotHeight / minPitchPx)))
  const shown = hot.map((mark) => ({ mark, peaks: peaksOf(mark, time) }))
  const values = shown.flatMap(({ peaks }) => peaks.map(({ value }) => value))
  const ramp = values.some((value) => value < 0) ? 'landToSea' : 'depth'
  const scale = holdScale(view.held, scaleOfValues(values, unit, ramp, min, max), view.now)
  const pitchPx = Math.min(maxPitchPx, plotHeight / Math.max(1, shown.length))
  return {
    kind: 'heat',
    unit,
    members: membersOf(marks),
    rows: shown.map(({ mark, peaks }, row) => ({
      ...mark,
      y: abovePx + (row + 0.5) * pitchPx,
      cells: peaks.map((peak) => ({ ...peak, step: stepOf(peak.value, scale) })),
    })),
    hiddenCount: marks.length - shown.length,
    ...time,
    plot: { left, top: abovePx, width, height: pitchPx * shown.length },
    isKeyBelow,
    scale,
    ramp,
  }
}

/** The column in which a moment (Unix ms) falls, within the window. */
export function columnOf({ from, cellMs, columns }: HeatFigure, time: number): number {
  return Math.max(0, Math.min(columns - 1, Math.floor((time - from) / cellMs)))
}

/** The full option of a heat map. */
export function heatOption(figure: HeatFigure, look: Look, view: View): HeatOption {
  const { plot, ramp } = figure
  const { xAxis, yAxis, series } = heatData(figure)
  const bare = { type: 'category' as const, axisLine: off, axisTick: off, axisLabel: off, splitLine: off }
  return {
    grid: {
      left: plot.left,
      top: plot.top,
      right: view.width - plot.left - plot.width,
      bottom: view.height - plot.top - plot.height,
      outerBoundsMode: 'none',
    },
    xAxis: { ...bare, ...xAxis },
    yAxis: { ...bare, inverse: true, ...yAxis },
    visualMap: {
      show: false,
      type: 'piecewise',
      categories: Array.from({ length: steps + look.stale.length }, (_, step) => String(step)),
      dimension: 3,
      inRange: { color: [...look[ramp], ...staleRamp(look)] },
    },
    series: series.map((cells) => ({
      ...cells,
      type: 'heatmap' as const,
      animation: false,
      silent: true,
      cursor: 'default',
      // Half of a border lies within each of two cells.
      itemStyle: { borderColor: look.paper, borderWidth: 1, borderRadius: 1 },
    })),
  }
}

/** The steps of what fell silent, from little to much. */
export function staleRamp({ stale }: Look): readonly string[] {
  return [...stale].reverse()
}

/** What changes in a heat map with its values and with time. */
export function heatData({ rows, columns, ramp }: HeatFigure) {
  return {
    xAxis: { data: Array.from({ length: columns }, (_, column) => String(column)) },
    yAxis: { data: rows.map(({ key }) => key) },
    series: [
      {
        id: 'cells',
        data: rows.flatMap(({ cells, isDimmed, isSilent }, row) =>
          cells.map(({ column, value, step }) => ({
            value: [column, row, value, isSilent ? steps + staleStepOf(step, ramp) : step],
            ...(isDimmed ? { itemStyle: { opacity: dimmedOpacity } } : {}),
          })),
        ),
      },
    ],
  }
}

const off = { show: false }

function gutterOf(marks: readonly Mark[], { width }: View): number {
  const widest = Math.max(0, ...marks.map(({ name }) => textWidth(name, labelPx)))
  return Math.round(Math.min(widest + labelGapPx, width * maxGutterShare))
}

// The window moves by whole cells at round times, or each value would wander from cell to cell.
function timesOf(
  width: number,
  { now, windowMs, until = now }: View,
): Pick<HeatFigure, 'columns' | 'cellMs' | 'from' | 'to'> {
  const cellMs = cellsMs.find((ms) => (width * ms) / windowMs >= leastCellPx) ?? windowMs
  const columns = Math.ceil(windowMs / cellMs)
  const to = (Math.floor(until / cellMs) + 1) * cellMs
  return { columns, cellMs, from: to - columns * cellMs, to }
}

// A value holds until the next one, or until its series fell silent.
function peaksOf(
  { ring, isSilent }: Mark,
  { columns, cellMs, from, to }: Pick<HeatFigure, 'columns' | 'cellMs' | 'from' | 'to'>,
): readonly Peak[] {
  const { points, least, greatest } = courseOf({ ring }, from)
  const last = isSilent ? (points.at(-1)?.[0] ?? from) : to
  const peaks: Peak[] = []
  let at = 0
  let held: number | null = null
  for (let column = 0; column < columns; column++) {
    const start = from + column * cellMs
    for (; at < points.length && (points[at]?.[0] ?? to) < start; at++) held = points[at]?.[1] ?? null
    let peak: Peak | undefined
    for (; at < points.length && (points[at]?.[0] ?? to) < start + cellMs; at++) {
      const [time, value] = points[at] ?? [start, null]
      held = value
      const far = farthest(least[at]?.[1] ?? null, greatest[at]?.[1] ?? null)
      if (far !== null && (peak === undefined || Math.abs(far) >= Math.abs(peak.value)))
        peak = { column, time, value: far }
    }
    const isHeld = held !== null && start <= last
    if (peak !== undefined) peaks.push(peak)
    else if (isHeld && held !== null) peaks.push({ column, time: start, value: held })
  }
  return peaks
}

function farthest(low: number | null, high: number | null): number | null {
  return low !== null && high !== null && Math.abs(low) > Math.abs(high) ? low : high
}

// By value who is in, by appearance where: rows that changed places could not be followed.
function hottest(marks: readonly Mark[], from: number, room: number): readonly Mark[] {
  if (marks.length <= room) return marks
  const heat = new Map(marks.map((mark) => [mark, mark.ring.extremesFrom(from)?.greatest ?? mark.value ?? -Infinity]))
  const kept = new Set([...marks].sort((a, b) => (heat.get(b) ?? 0) - (heat.get(a) ?? 0)).slice(0, room))
  return marks.filter((mark) => kept.has(mark))
}

function scaleOfValues(
  values: readonly number[],
  unit: string | undefined,
  ramp: HeatFigure['ramp'],
  min: number | undefined,
  max: number | undefined,
): Scale {
  if (values.length === 0) return scaleOf(0, 1)
  const [least, greatest] = [values.reduce(lesser), values.reduce(greater)]
  if (ramp === 'landToSea') {
    const far = scaleOf(0, Math.max(-least, greatest), stepsOf(unit), fineSteps)
    return { ...far, min: -far.max }
  }
  const [low, high] = lineReach(least, greatest)
  return scaleOf(Math.min(low, min ?? low), Math.max(high, max ?? high), stepsOf(unit), fineSteps)
}

// The first step of a depth is nothing alone: what is little is not none.
function stepOf(value: number, { min, max }: Scale): number {
  if (min === 0) return value <= 0 ? 0 : Math.min(steps - 1, 1 + Math.floor((value / max) * (steps - 1)))
  return Math.max(0, Math.min(steps - 1, Math.floor(((value - min) / (max - min)) * steps)))
}

// Three greys for seven steps; how far from zero is told, and not on which side.
function staleStepOf(step: number, ramp: HeatFigure['ramp']): number {
  return ramp === 'depth' ? Math.floor((step * 3) / steps) : Math.min(2, Math.abs(step - 3))
}

function lesser(one: number, other: number): number {
  return Math.min(one, other)
}

function greater(one: number, other: number): number {
  return Math.max(one, other)
}
