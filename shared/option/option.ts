// Owns the one way from a chart and the state of its group to what is drawn: the figure, then ECharts' option of it.

import type { Chart } from '../kind.ts'
import type { GroupState, Series } from '../state.ts'
import { type AreaFigure, areaData, areaFigure, areaOption, isPile } from './area.ts'
import { type BarFigure, barFigure, judgedBars } from './bar.ts'
import { barData, barOption } from './bar-option.ts'
import { type GaugeFigure, gaugeData, gaugeFigure, gaugeOption } from './gauge.ts'
import { type HeatFigure, heatData, heatFigure, heatOption } from './heat.ts'
import { type Judged, levelOf, type Passed } from './limits.ts'
import { hasDots, type LineFigure, lineData, lineFigure, lineOption } from './line.ts'
import { type Content, contentOf, partedMarks, totalOf, wholeOf } from './mark.ts'
import { type NumberFigure, numberFigure } from './number.ts'
import type { Look } from './palette.ts'
import { type Parted, partedOf } from './parts.ts'
import { type PieFigure, pieData, pieFigure, pieOption } from './pie.ts'
import { isOf, type Spot } from './spot.ts'
import { type TableFigure, tableFigure } from './table.ts'
import type { View } from './view.ts'

/** What ECharts draws. */
export type CanvasFigure = LineFigure | AreaFigure | BarFigure | PieFigure | GaugeFigure | HeatFigure

/** A chart with lines over time. */
export type TimeFigure = LineFigure | AreaFigure

/** A chart whose width is time. */
export type TimedFigure = TimeFigure | HeatFigure

/** A chart whose names stand beside it, each of which its reader may leave out. */
export type NamedFigure = LineFigure | AreaFigure | PieFigure | BarFigure

/** What a chart shows at a moment: its numbers, names, colours and places in px, whoever draws them. */
export type Figure = (CanvasFigure | NumberFigure | TableFigure) & Standing

/** How a chart stands. */
export interface Standing {
  /** The worst threshold that it has passed. */
  readonly passed?: Passed | undefined
}

/** Whether ECharts draws a figure; the others are text. */
export function isOnCanvas(figure: Figure): figure is CanvasFigure {
  return figure.kind !== 'number' && figure.kind !== 'table'
}

/** Whether a figure has lines over time, on which there are moments and ranges. */
export function isOverTime(figure: Figure): figure is TimeFigure {
  return figure.kind === 'line' || figure.kind === 'area'
}

/** Whether the width of a figure is time, so that it can be zoomed into. */
export function isTimed(figure: Figure): figure is TimedFigure {
  return isOverTime(figure) || figure.kind === 'heat'
}

/** Whether the names of a figure are its legend. */
export function isNamed(figure: Figure): figure is NamedFigure {
  return isOverTime(figure) || figure.kind === 'pie' || (figure.kind === 'bar' && figure.parts.length > 0)
}

/** By which key a series of a figure is left out: its own, or that of its part. */
export function legendKeyOf(figure: NamedFigure, series: Series): string {
  if (figure.kind !== 'bar') return series.key
  return [...figure.rows, ...figure.hidden].find((mark) => mark.key === series.key)?.part ?? series.key
}

/** Whether the reader left out what a spot points at. */
export function isLeftOut(figure: Figure, spot: Spot): boolean {
  return isNamed(figure) && figure.hidden.some(({ series }) => isOf(spot, series))
}

/**
 * What a chart of a group shows: undefined while the group has no series of its metrics. It reads no clock, touches
 * nothing, and gives equal figures for equal arguments; `optionOf` makes an ECharts option of it.
 */
export function figureOf(chart: Chart, state: GroupState, look: Look, view: View): Figure | undefined {
  const content = contentOf(chart, state, look, view)
  if (content.marks.length === 0) return undefined
  const parted = chart.kind === 'bar' ? partedOf(content, state, look) : undefined
  const passed = levelOf(chart, judgedOf(content, parted, view))
  return { ...kindFigureOf(content, parted, look, view), passed }
}

function kindFigureOf(
  content: Content,
  parted: Parted | undefined,
  look: Look,
  view: View,
): CanvasFigure | NumberFigure | TableFigure {
  const { kind } = content.chart
  switch (kind) {
    case 'number':
      return numberFigure(content, view)
    case 'line':
      return lineFigure(content, view)
    case 'area':
      return areaFigure(content, view)
    case 'bar':
      return barFigure(content, parted, look, view)
    case 'pie':
      return pieFigure(content, look, view)
    case 'gauge':
      return gaugeFigure(content, look, view)
    case 'table':
      return tableFigure(content, view)
    case 'heat':
      return heatFigure(content, view)
    default:
      return kind satisfies never
  }
}

// What is shown as one is judged as one.
function judgedOf(content: Content, parted: Parted | undefined, view: View): readonly Judged[] {
  const { kind } = content.chart
  const hasLegend = kind === 'line' || kind === 'area' || kind === 'pie'
  const shown = hasLegend ? partedMarks(content.marks, view).shown : content.marks
  if (kind === 'bar') return judgedBars(content, parted, view)
  // A mean hides the worst of those it is made of: each of them is judged.
  const isSum = (kind === 'number' || kind === 'gauge') && wholeOf(shown).as === 'sum'
  const isOne = isSum || (kind === 'area' && isPile(content)) || shown.length === 1
  return isOne ? [{ value: totalOf(shown), isSilent: shown.every(({ isSilent }) => isSilent) }] : shown
}

/** The full ECharts option of a figure. It writes no text of a group, and nothing in it reacts to the pointer. */
export function optionOf(figure: CanvasFigure, look: Look, view: View) {
  const motion = {
    animation: view.motionMs > 0 || (figure.kind === 'bar' && (view.reorderMs ?? 0) > 0),
    animationDuration: 0,
    animationDurationUpdate: view.motionMs,
    animationEasingUpdate: 'cubicOut' as const,
  }
  return { ...motion, backgroundColor: 'transparent', ...kindOptionOf(figure, look, view) }
}

/** What to merge into the option of an earlier figure of equal structure: its data, and the borders of its axes. */
export function dataOf(figure: CanvasFigure) {
  switch (figure.kind) {
    case 'line':
      return lineData(figure)
    case 'area':
      return areaData(figure)
    case 'bar':
      return barData(figure)
    case 'pie':
      return pieData(figure)
    case 'gauge':
      return gaugeData(figure)
    case 'heat':
      return heatData(figure)
    default:
      return figure satisfies never
  }
}

/** All of a figure's option that `dataOf` does not carry, as a text: while it is equal, merging is enough. */
export function structureOf(figure: CanvasFigure, look: Look, view: View): string {
  const { theme, contrast, hasPatterns } = look
  const { width, height, locale, motionMs, reorderMs } = view
  return JSON.stringify([theme, contrast, hasPatterns, width, height, locale, motionMs, reorderMs, partsOf(figure)])
}

function partsOf(figure: CanvasFigure): readonly unknown[] {
  switch (figure.kind) {
    case 'line': {
      const { kind, unit, plot, hasBand, lines } = figure
      return [kind, unit, plot, hasBand, lines.map((line) => [line.key, line.color.mark, line.isDimmed, hasDots(line)])]
    }
    case 'area': {
      const { kind, unit, plot, hasBand, rest, lines } = figure
      const parts = lines.map((line) => [line.key, line.color.mark, line.isDimmed, hasDots(line)])
      const edges = figure.edges.map(({ key, greatest }) => [key, hasDots({ points: greatest })])
      return [kind, unit, plot, hasBand, figure.isStacked, rest?.isDimmed, parts, edges]
    }
    case 'bar':
      return [
        figure.kind,
        figure.unit,
        figure.plot,
        figure.barPx,
        figure.hasAxis,
        figure.isUpright,
        figure.grouping,
        figure.slots.length,
        figure.parts,
        figure.rest !== undefined,
      ]
    case 'pie':
      return [figure.kind]
    case 'gauge':
      return [figure.kind, figure.color]
    case 'heat':
      return [figure.kind, figure.plot, figure.columns, figure.rows.length, figure.ramp]
    default:
      return figure satisfies never
  }
}

function kindOptionOf(figure: CanvasFigure, look: Look, view: View) {
  switch (figure.kind) {
    case 'line':
      return lineOption(figure, look, view)
    case 'area':
      return areaOption(figure, look, view)
    case 'bar':
      return barOption(figure, look, view)
    case 'pie':
      return pieOption(figure, look, view)
    case 'gauge':
      return gaugeOption(figure, look)
    case 'heat':
      return heatOption(figure, look, view)
    default:
      return figure satisfies never
  }
}
