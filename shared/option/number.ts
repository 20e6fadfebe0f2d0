// Owns the single number: its value, what it was a window ago, and the course between. The page writes and draws it.

import { bucketMs } from '../ring.ts'
import type { Series } from '../state.ts'
import { courseOf, type Point, pointMs } from './course.ts'
import { categoriesOf, type Mark, measuredOf, totalOf } from './mark.ts'
import { formatQuantity } from './quantity.ts'
import { textWidth } from './text-width.ts'
import type { View } from './view.ts'

export interface NumberFigure {
  readonly kind: 'number'
  readonly unit: string | undefined
  readonly categories: readonly string[]
  readonly value: number | null
  readonly isSilent: boolean
  /** What the value was when the window began; undefined where that is not known. */
  readonly before: number | undefined
  /** Where the number is written to an end, its unit included, px from the body's left edge. */
  readonly endX: number
  /** The values of the window, where there is one series only. */
  readonly course: readonly Point[]
}

// How much later than the window's begin its first value may be.
const lateShare = 0.05

/** The sum of the marks, and the course of the only one. */
export function numberFigure(marks: readonly Mark[], view: View): NumberFigure {
  const [mark] = marks
  const only = marks.length === 1 ? mark?.series : undefined
  return {
    kind: 'number',
    unit: measuredOf(marks).unit,
    categories: categoriesOf(marks),
    value: totalOf(marks),
    endX: endOf(totalOf(marks), measuredOf(marks).unit, view),
    isSilent: marks.every(({ isSilent }) => isSilent),
    before: only && valueBefore(only, view),
    course: only === undefined ? [] : courseOf(only, view.now - view.windowMs, pointMs(view.windowMs)).points,
  }
}

// As style/chart-card.css has it: 32 px digits, and the unit 4 px behind them in 14 px.
function endOf(value: number | null, unit: string | undefined, { locale }: View): number {
  const { number, unit: behind } = formatQuantity(value, unit, locale)
  return textWidth(number, 32) + (behind === '' ? 0 : 4 + textWidth(behind, 14))
}

function valueBefore({ ring }: Series, { now, windowMs }: View): number | undefined {
  const start = now - windowMs
  const after = ring.positionFrom(start + 1)
  const next = ring.at(after)
  const isNear = next !== undefined && next.index * bucketMs <= start + windowMs * lateShare
  return (ring.at(after - 1) ?? (isNear ? next : undefined))?.last ?? undefined
}
