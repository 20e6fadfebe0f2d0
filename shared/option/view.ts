// Owns what a chart must know of the place where it is drawn; it knows no chart.

import type { HeldOrder, Sort } from './order.ts'
import type { Locale } from './quantity.ts'
import type { HeldScale } from './scale.ts'
import type { Spot } from './spot.ts'

/** The place where a chart is drawn. Sizes are in CSS px, times in ms, `now` is Unix time by the server's clock. */
export interface View {
  readonly now: number
  /** How far a line reaches back. */
  readonly windowMs: number
  /** When a line ends, Unix ms, where the reader looks at a part of the past; `now` where not. */
  readonly until?: number | undefined
  readonly width: number
  readonly height: number
  readonly locale: Locale
  /** How large a number that stands alone is written, px; 32 where nobody said. */
  readonly numberPx?: number | undefined
  /** How long a mark takes to its new value; 0: none. */
  readonly motionMs: number
  /** How long a mark takes to another place among the others; 0 or not said: none. */
  readonly reorderMs?: number | undefined
  /** The scale of the same chart when it was last drawn, so that the axis stands still. */
  readonly held?: HeldScale | undefined
  /** By what a table is sorted; by value where nobody said. */
  readonly sort?: Sort | undefined
  /** The order of the same table or bars when they were last drawn, so that they stand still. */
  readonly order?: HeldOrder | undefined
  /** The keys of the series that the reader wants to be left out. */
  readonly hidden?: ReadonlySet<string> | undefined
  /** What is being chosen: the other marks are dimmed. */
  readonly chosen?: Spot | undefined
}

/** A rectangle in the chart's own px. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * How long marks move at a pace: shorter than the pace, so that they arrive before the next value. 0 where updates
 * come faster than 300 ms, or where the reader wants no motion.
 */
export function motionMs(paceMs: number, isReduced: boolean): number {
  return isReduced || paceMs < 300 ? 0 : Math.min(300, 0.8 * paceMs)
}
