// Owns how a moment is written in an address: as Unix ms, as ISO 8601, or as a time back from now.

const unitsMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** What a moment must be, for whoever wrote something else. */
export const momentRule = 'must be Unix milliseconds, an ISO 8601 time with its zone, or a time back from now like -15m'

/** The moment (Unix ms) that a text means at a time `now`; undefined when it means none. */
export function readMoment(text: string, now: number): number | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  const [, count, unit = ''] = /^-(\d{1,9})([smhd])$/.exec(text) ?? []
  if (count !== undefined) return Math.max(0, now - Number(count) * (unitsMs[unit] ?? 0))
  return readIso(text)
}

// A day alone is its beginning in UTC. Without a zone a time of day would be that of the server's clock.
function readIso(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[ +-]\d\d:\d\d))?$/.test(text)) return undefined
  if (!isDay(text.slice(0, 10))) return undefined
  // In an address a plus is a space.
  const time = Date.parse(text.replace(' ', '+').replace(',', '.'))
  return time >= 0 ? time : undefined
}

// Date.parse takes the 30th of February for the 2nd of March.
function isDay(text: string): boolean {
  const time = Date.parse(text)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}
