// Owns which pace a client asks for; the server keeps the clocks.

import { limits } from '../limits.ts'

/** A pace that the protocol has, ms. */
export type PaceMs = (typeof limits.pacesMs)[number]

const slowestMs: PaceMs = 60_000

/** The pace to ask for when somebody wants an update this often, ms: the next one that is not faster. */
export function paceFor(ms: number): PaceMs {
  return limits.pacesMs.find((paceMs) => paceMs >= ms) ?? slowestMs
}

/** The next slower pace, for a link that did not drain; the slowest stays. */
export function slowerPace(ms: number): PaceMs {
  return limits.pacesMs.find((paceMs) => paceMs > ms) ?? slowestMs
}
