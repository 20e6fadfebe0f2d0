// Owns what a chart holds its values to: its target and thresholds, and which of them is passed. It draws nothing.

import type { Level, Threshold } from '../board.ts'
import type { Chart } from '../kind.ts'

/** A value that a chart marks: where somebody wants to be, or a border and how bad it is to pass it. */
export interface Limit {
  readonly at: number
  readonly level: Level | 'target'
  /** What it is called, where somebody said. */
  readonly word: string | undefined
}

/** A limit on the axis of values, px from the chart's left or top edge. */
export interface PlacedLimit extends Limit {
  readonly px: number
}

/** The worst threshold that a chart passes, and by which of its marks. */
export interface Passed<M extends Judged = Judged> {
  readonly level: Level
  readonly threshold: Threshold
  readonly mark: M
}

/** What can pass a threshold. What fell silent passes none: nobody knows where it is now. */
export interface Judged {
  /** Undefined for a chart's only value, or what all are together. */
  readonly name?: string | undefined
  readonly value: number | null
  readonly isSilent: boolean
}

// A limit so many times as far from zero as the values would press them flat: then it is not in view.
const farthest = 5

/** The limits of a chart, its target last. */
export function limitsOf({ target, thresholds = [] }: Pick<Chart, 'target' | 'thresholds'>): readonly Limit[] {
  const borders = thresholds.map(({ at, level = 'warn', word }): Limit => ({ at, level, word }))
  return target === undefined ? borders : [...borders, { at: target, level: 'target', word: undefined }]
}

/** The least and greatest that an axis should hold: its values, and the limits that are not absurdly far from them. */
export function reachWith(
  [least, greatest]: readonly [number, number],
  limits: readonly Limit[],
): readonly [number, number] {
  const size = Math.max(Math.abs(least), Math.abs(greatest))
  const near = limits.map(({ at }) => at).filter((at) => size === 0 || Math.abs(at) <= farthest * size)
  return [Math.min(least, ...near), Math.max(greatest, ...near)]
}

/** The limits that lie on an axis, each at its place. */
export function placedLimits(
  limits: readonly Limit[],
  { min, max }: { readonly min: number; readonly max: number },
  pxOf: (value: number) => number,
): readonly PlacedLimit[] {
  return limits.filter(({ at }) => at >= min && at <= max).map((limit) => ({ ...limit, px: pxOf(limit.at) }))
}

/**
 * The worst threshold that one of these marks has passed: a critical one before a warning, then the one that is hardest
 * to pass, by the mark that went farthest. Undefined while none is passed; to stand on a border is not to pass it.
 */
export function levelOf<M extends Judged>(
  { thresholds = [] }: Pick<Chart, 'thresholds'>,
  marks: readonly M[],
): Passed<M> | undefined {
  let worst: Passed<M> | undefined
  for (const threshold of thresholds) {
    for (const mark of marks) {
      if (!isPast(threshold, mark)) continue
      const passed = { level: threshold.level ?? 'warn', threshold, mark }
      if (worst === undefined || isWorse(passed, worst)) worst = passed
    }
  }
  return worst
}

function isPast({ at, when }: Threshold, { value, isSilent }: Judged): boolean {
  if (value === null || isSilent) return false
  return when === 'below' ? value < at : value > at
}

function isWorse(one: Passed, other: Passed): boolean {
  if (one.level !== other.level) return one.level === 'crit'
  return farOf(one) !== farOf(other) ? farOf(one) > farOf(other) : byOf(one) > byOf(other)
}

// Above 500 is farther than above 400; below 5 is farther than below 10.
function farOf({ threshold: { at, when } }: Passed): number {
  return when === 'below' ? -at : at
}

function byOf({ threshold: { at }, mark: { value } }: Passed): number {
  return Math.abs((value ?? at) - at)
}
