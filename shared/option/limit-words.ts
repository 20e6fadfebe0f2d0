// Owns where the words of a limit stand at its line over a chart of time, so that they cover no mark. It writes none.

import type { Point } from './course.ts'
import type { TimeFigure } from './option.ts'
import { heightOf } from './time-plot.ts'

/** At which end of its line, and on which side of it, the words of a limit stand. */
export interface WordsPlace {
  readonly isAtEnd: boolean
  readonly isBelow: boolean
}

// In the order in which they are liked.
const places: readonly WordsPlace[] = [
  { isAtEnd: false, isBelow: false },
  { isAtEnd: false, isBelow: true },
  { isAtEnd: true, isBelow: false },
  { isAtEnd: true, isBelow: true },
]
const lineHeightPx = 17

/** Where words of this width (px) cover nothing beside a limit's line (px from the chart's top); else the first place. */
export function limitWordsPlace(figure: TimeFigure, linePx: number, widthPx: number): WordsPlace {
  return places.find((place) => isFree(figure, linePx, widthPx, place)) ?? { isAtEnd: false, isBelow: false }
}

function isFree(figure: TimeFigure, linePx: number, widthPx: number, { isAtEnd, isBelow }: WordsPlace): boolean {
  const { plot, from, to } = figure
  const [top, bottom] = isBelow ? [linePx, linePx + lineHeightPx] : [linePx - lineHeightPx, linePx]
  if (bottom > plot.top + plot.height) return false
  const spanMs = ((to - from) * widthPx) / plot.width
  const [start, end] = isAtEnd ? [to - spanMs, to] : [from, from + spanMs]
  return drawnBetween(figure, start, end).every(([high, low]) => low < top || high > bottom)
}

/** From where to where each mark reaches between two times, px from the chart's top. */
function drawnBetween(
  figure: TimeFigure,
  start: number,
  end: number,
): readonly (readonly [high: number, low: number])[] {
  const { plot, scale, kind } = figure
  return figure.lines.flatMap(({ points, least, greatest }) => {
    const all = [points, least, greatest].flatMap((part) => valuesBetween(part, start, end))
    if (all.length === 0) return []
    // An area is filled down to zero.
    const values = kind === 'area' ? [0, ...all] : all
    const ys = values.map((value) => heightOf(value, plot, scale))
    return [[Math.min(...ys), Math.max(...ys)] as const]
  })
}

// The points on both sides too: between them the line goes through.
function valuesBetween(points: readonly Point[], start: number, end: number): readonly number[] {
  const first = points.findLastIndex(([time]) => time <= start)
  const last = points.findIndex(([time]) => time >= end)
  const within = points.slice(Math.max(0, first), last < 0 ? points.length : last + 1)
  return within.flatMap(([, value]) => value ?? [])
}
