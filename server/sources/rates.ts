// Owns how counters become rates: bytes in and out of several devices, added up; it reads no counter and no clock.

/** What went in and what went out: bytes since the device came, or bytes a second. */
export interface Flow {
  readonly in: number
  readonly out: number
}

/**
 * Remembers the counters of the last look: each call answers with the bytes a second since then, of all devices
 * together; `clockMs` is monotonic. A device counts from its second look on, and not where its counter began anew.
 */
export function createRates(): (devices: ReadonlyMap<string, Flow>, clockMs: number) => Flow | undefined {
  let before: ReadonlyMap<string, Flow> = new Map()
  let beforeMs = Number.NaN
  return (devices, clockMs) => {
    const seconds = (clockMs - beforeMs) / 1_000
    const known = [...devices].flatMap(([name, now]) => difference(before.get(name), now) ?? [])
    before = devices
    beforeMs = clockMs
    if (known.length === 0 || !(seconds > 0)) return undefined
    return {
      in: known.reduce((sum, flow) => sum + flow.in, 0) / seconds,
      out: known.reduce((sum, flow) => sum + flow.out, 0) / seconds,
    }
  }
}

function difference(before: Flow | undefined, now: Flow): Flow | undefined {
  if (before === undefined || now.in < before.in || now.out < before.out) return undefined
  return { in: now.in - before.in, out: now.out - before.out }
}
