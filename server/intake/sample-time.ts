// Owns whether a sample's time may be true, and the words for it when not.

import { limits } from '@chartroom/shared'

const units = [
  { name: 'seconds', ms: 1_000 },
  { name: 'microseconds', ms: 1e-3 },
  { name: 'nanoseconds', ms: 1e-6 },
]

const spans = [
  { name: 'days', ms: 86_400_000 },
  { name: 'h', ms: 3_600_000 },
  { name: 'min', ms: 60_000 },
  { name: 's', ms: 1_000 },
]

/** Why a time cannot be a sample's; undefined when it can: whole Unix ms, at most 60 s ahead and 30 days old. */
export function whyNotTime(time: unknown, now: number): string | undefined {
  if (typeof time !== 'number') return 'must be Unix milliseconds, a whole number'
  if (Number.isSafeInteger(time) && isTaken(time, now)) return undefined
  const unit = units.find(({ ms }) => isTaken(time * ms, now))
  if (unit !== undefined) return `looks like ${unit.name}: send Unix milliseconds, now ${now}`
  if (!Number.isInteger(time) || time < 0) return 'must be Unix milliseconds, a whole number'
  return time > now
    ? `is ${span(time - now)} ahead of the server's clock, which says ${now}; at most 60 s ahead is taken`
    : `is ${span(now - time)} old by the server's clock, which says ${now}; at most 30 days are taken`
}

function isTaken(time: number, now: number): boolean {
  return time <= now + limits.maxSampleAheadMs && time >= now - limits.maxSampleAgeMs
}

function span(ms: number): string {
  const unit = spans.find((one) => ms >= 2 * one.ms)
  return unit === undefined ? `${ms} ms` : `${Math.floor(ms / unit.ms)} ${unit.name}`
}
