// Owns the evidence of a pin: value, share, rank in a state, at a moment of its window; it stores nothing.

import { encodeCursor } from './cursor.ts'
import type { Evidence, PinDraft } from './pin.ts'
import { type Bucket, bucketMs, type Ring } from './ring.ts'
import { cursorOf, type GroupState, type Series } from './state.ts'

/**
 * The numbers that a pin points at: of `pin.time` where it names a moment that the window still holds, else of the
 * present; of a range of one series its least value, and when that was. Undefined when the group has no such metric or
 * category. `ringOf` says where the past of a series stands, when not with itself. A pin on a metric with several categories that names none has the sum as its value, and neither share nor
 * rank.
 */
export function evidenceOf(
  state: GroupState,
  pin: PinDraft,
  ringOf: RingOf = ({ ring }) => ring,
): Evidence | undefined {
  const all = [...state.series.values()].filter((series) => series.definition.metric === pin.metric)
  const pinned = pin.category === undefined ? all : all.filter((series) => series.category === pin.category)
  if (pinned.length === 0) return undefined
  const present = Math.max(...pinned.map((series) => series.time))
  const least = leastIn(pinned, pin, ringOf)
  const asked = least?.time ?? pin.time
  const moment = isHeld(pinned, asked, present, ringOf) ? asked : undefined
  const value = least?.value ?? sumOf(valuesAt(pinned, moment, ringOf))
  const isOne = pinned.length === 1 && value !== null
  // The pinned one stands among the others with the value that it is shown with, be it the least of a second.
  const rest = all.filter((series) => !pinned.includes(series))
  const values = isOne ? [value, ...valuesAt(rest, moment, ringOf)] : valuesAt(all, moment, ringOf)
  return {
    value,
    share: isOne ? shareOf(value, values) : null,
    rank: isOne ? 1 + values.filter((other) => other > value).length : null,
    of: values.length,
    time: least?.time ?? moment ?? present,
    cursor: encodeCursor(cursorOf(state)),
  }
}

/** Where the past of a series stands. */
export type RingOf = (series: Series) => Ring

interface Least {
  readonly value: number
  readonly time: number
}

// Undefined for a moment, for several series at once, and for a range that the window holds nothing of.
function leastIn(pinned: readonly Series[], { time, timeEnd }: PinDraft, ringOf: RingOf): Least | undefined {
  const [series] = pinned
  if (series === undefined || pinned.length > 1 || time === undefined || timeEnd === undefined) return undefined
  let least: Least | undefined
  for (const bucket of ringOf(series).from(Math.floor(time / bucketMs) * bucketMs)) {
    const start = bucket.index * bucketMs
    if (start > timeEnd) break
    if (bucket.least !== null && (least === undefined || bucket.least < least.value)) {
      least = { value: bucket.least, time: Math.max(start, time) }
    }
  }
  return least
}

// Null also where the sum is too great for a number: JSON could not tell it.
function sumOf(values: readonly number[]): number | null {
  const sum = values.reduce((total, value) => total + value, 0)
  return values.length > 0 && Number.isFinite(sum) ? sum : null
}

// A share has a meaning only where the parts make a whole.
function shareOf(value: number, parts: readonly number[]): number | null {
  const whole = sumOf(parts)
  return whole !== null && whole > 0 && parts.every((part) => part >= 0) ? value / whole : null
}

function valuesAt(all: readonly Series[], moment: number | undefined, ringOf: RingOf): number[] {
  return all.map((series) => valueAt(series, moment, ringOf)).filter((value) => value !== null)
}

function valueAt(series: Series, moment: number | undefined, ringOf: RingOf): number | null {
  if (moment === undefined || moment >= series.time) return series.value
  return bucketAt(ringOf(series), moment)?.last ?? null
}

function isHeld(
  pinned: readonly Series[],
  moment: number | undefined,
  present: number,
  ringOf: RingOf,
): moment is number {
  if (moment === undefined || moment >= present) return false
  return pinned.some((series) => bucketAt(ringOf(series), moment) !== undefined)
}

// What was shown at a moment is the last bucket that does not begin after it.
function bucketAt(ring: Ring, moment: number): Bucket | undefined {
  const after = (Math.floor(moment / bucketMs) + 1) * bucketMs
  return ring.at(ring.positionFrom(after) - 1)
}
