// Owns how a length of time is cut for reading: which units, and how many of each; the words for them are the catalogue's.

/** A length of time in its largest fitting unit, rounded down: what somebody says of an age. */
export interface Age {
  readonly count: number
  readonly unit: 'second' | 'minute' | 'hour' | 'day'
}

const minuteMs = 60_000
const hourMs = 3_600_000
const dayMs = 86_400_000

/** The age of something, in the one unit that matters. */
export function ageOf(ms: number): Age {
  if (ms < minuteMs) return { count: Math.max(0, Math.floor(ms / 1_000)), unit: 'second' }
  if (ms < hourMs) return { count: Math.floor(ms / minuteMs), unit: 'minute' }
  if (ms < dayMs) return { count: Math.floor(ms / hourMs), unit: 'hour' }
  return { count: Math.floor(ms / dayMs), unit: 'day' }
}

/** How long a window is: minutes below an hour, and hours from there on, also 24. */
export function lengthOf(ms: number): Age {
  return ms < hourMs
    ? { count: Math.round(ms / minuteMs), unit: 'minute' }
    : { count: Math.round(ms / hourMs), unit: 'hour' }
}

/** Seconds as they are written: tenths below one, of which the first counts as begun, and whole ones above. */
export function secondsOf(ms: number): string {
  return ms < 950 ? Math.max(0.1, ms / 1_000).toFixed(1) : String(Math.round(ms / 1_000))
}

/** Whole seconds that are left, never 0 while something is left. */
export function countdownOf(ms: number): number {
  return Math.max(0, Math.ceil(ms / 1_000))
}
