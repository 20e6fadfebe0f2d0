// Owns the evidence of a pin: value, share, rank in a state, at a moment of its window; it stores nothing.

import { encodeCursor } from './cursor.ts'
import type { Evidence, PinDraft } from './pin.ts'
import { bucketMs } from './ring.ts'
import { cursorOf, type GroupState, type Series } from './state.ts'

/**
 * The numbers that a pin points at: of `pin.time` where it names a moment that the window still holds, else of the
 * present. Undefined when the group has no such metric or category. A pin on a metric with several categories that
 * names none has the sum as its value, and neither share nor rank.
 */
export function evidenceOf(state: GroupState, pin: PinDraft): Evidence | undefined {
  const all = [...state.series.values()].filter((series) => series.definition.metric === pin.metric)
  const pinned = pin.category === undefined ? all : all.filter((series) => series.category === pin.category)
  const [first] = pinned
  if (first === undefined) return undefined
  const value = total(pinned, pin.time)
  const others = all.map((series) => valueAt(series, pin.time)).filter((other) => other !== null)
  const isOne = pinned.length === 1 && value !== null
  return {
    value,
    share: isOne ? shareOf(value, others) : null,
    rank: isOne ? 1 + others.filter((other) => other > value).length : null,
    of: others.length,
    time: pin.time ?? first.time,
    cursor: encodeCursor(cursorOf(state)),
  }
}

function total(all: readonly Series[], time: number | undefined): number | null {
  let sum: number | null = null
  for (const series of all) {
    const value = valueAt(series, time)
    if (value !== null) sum = (sum ?? 0) + value
  }
  return sum
}

// A share has a meaning only where the parts make a whole.
function shareOf(value: number, parts: readonly number[]): number | null {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  return whole > 0 && parts.every((part) => part >= 0) ? value / whole : null
}

function valueAt(series: Series, time: number | undefined): number | null {
  if (time === undefined || time >= series.time) return series.value
  const { ring } = series
  const index = Math.floor(time / bucketMs)
  const position = ring.positionFrom(index * bucketMs)
  const exact = ring.at(position)
  const bucket = exact?.index === index ? exact : ring.at(position - 1)
  return bucket === undefined ? series.value : bucket.last
}
