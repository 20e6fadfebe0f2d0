// Owns the single number: its value, what it was a window ago, and the course between. The page writes and draws it.

import type { Series } from '../state.ts'
import { type Course, courseOf, pointMs, valueBefore } from './course.ts'
import type { Limit } from './limits.ts'
import { type Content, membersOf, type Whole, wholeOf } from './mark.ts'
import { formatQuantity } from './quantity.ts'
import { textWidth } from './text-width.ts'
import type { View } from './view.ts'

export interface NumberFigure {
  readonly kind: 'number'
  readonly unit: string | undefined
  readonly members: readonly Series[]
  readonly value: number | null
  /** How the value was made of several series; undefined where there is one. */
  readonly whole: Whole | undefined
  readonly isSilent: boolean
  /** What the value was when the window began; undefined where that is not known. */
  readonly before: number | undefined
  /** Where the number is written to an end, its unit included, px from the body's left edge. */
  readonly endX: number
  /** The past of the window, where there is one series only. */
  readonly course: Course
  readonly limits: readonly Limit[]
}

const empty: Course = { points: [], least: [], greatest: [] }

/** The marks as one number, and the course of the only one. */
export function numberFigure({ marks, unit, limits }: Content, view: View): NumberFigure {
  const only = marks.length === 1 ? marks[0] : undefined
  const whole = wholeOf(marks)
  return {
    kind: 'number',
    unit,
    members: membersOf(marks),
    value: whole.value,
    whole: only === undefined ? whole : undefined,
    endX: endOf(whole.value, unit, view),
    isSilent: marks.every(({ isSilent }) => isSilent),
    before: only && valueBefore(only, view.now, view.windowMs),
    course: only === undefined ? empty : courseOf(only, view.now - view.windowMs, pointMs(view.windowMs)),
    limits,
  }
}

// As style/chart-card.css has it: 32 px digits, and the unit 4 px behind them in 14 px; and larger in this proportion.
function endOf(value: number | null, unit: string | undefined, { locale, numberPx = 32 }: View): number {
  const { number, unit: behind } = formatQuantity(value, unit, locale)
  return textWidth(number, numberPx) + (behind === '' ? 0 : (numberPx / 32) * (4 + textWidth(behind, 14)))
}
