// Owns what the lines of a chart say at a moment, and where: what a cross-hair reads. It draws nothing.

import { momentOf, type Place } from './anchor.ts'
import type { Point } from './course.ts'
import type { Line } from './line.ts'
import type { TimeFigure } from './option.ts'
import type { CategoryColor } from './palette.ts'
import { spread } from './time-plot.ts'

/** The value of one line at a moment, its place on the line, and the middle of its words, in the chart's px. */
export interface Reading extends Place {
  readonly key: string
  readonly value: number
  readonly color: CategoryColor
  readonly wordsY: number
}

/** What the lines say at a moment (Unix ms): a value holds until the next one; one that has none is left out. */
export function readingsAt(figure: TimeFigure, time: number): readonly Reading[] {
  const read = figure.lines.flatMap((line) => {
    const value = valueThen(figure, line, time)
    return value === null ? [] : [{ key: line.key, value, color: line.color, ...momentOf(figure, line, time) }]
  })
  const ys = spread(
    read.map(({ y }) => y),
    figure.plot,
  )
  return read.map((reading, at) => ({ ...reading, wordsY: ys[at] ?? reading.y }))
}

function valueThen(figure: TimeFigure, line: Line, time: number): number | null {
  const points: readonly Point[] = figure.kind === 'area' ? ownOf(figure, line.key) : line.points
  const at = points.findLastIndex(([t]) => t <= time)
  const isOver = line.isSilent && at === points.length - 1 && time > (points[at]?.[0] ?? time)
  return isOver ? null : (points[at]?.[1] ?? null)
}

// What is stacked stands at its edge, and says its own.
function ownOf(figure: Extract<TimeFigure, { kind: 'area' }>, key: string): readonly Point[] {
  return figure.lines.find((area) => area.key === key)?.own ?? []
}
