// Owns what time it is at the server, measured by question and answer; it asks nothing.

import type { Platform } from './platform.ts'

// Enough to outlast a burst of delay, few enough to follow a clock that was set.
const rememberedMeasurements = 8

/** The server's clock, as far as a client can know it: the answer that took the least time says most (RFC 5905). */
export class ServerClock {
  readonly #platform: Platform
  readonly #measured: { readonly offsetMs: number; readonly roundTripMs: number }[] = []
  #offsetMs = 0

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** Unix ms by the server's clock; by our own until something was measured. */
  now(): number {
    return Math.round(this.#platform.now() + this.#offsetMs)
  }

  /** Takes an answer that has just come: when the question was sent (by our clock), and the time that it tells. */
  measure(sentAt: number, serverTime: number): { readonly roundTripMs: number } {
    const roundTripMs = Math.max(0, this.#platform.now() - sentAt)
    this.#measured.push({ offsetMs: serverTime - (sentAt + roundTripMs / 2), roundTripMs })
    if (this.#measured.length > rememberedMeasurements) this.#measured.shift()
    const best = this.#measured.reduce((a, b) => (b.roundTripMs <= a.roundTripMs ? b : a))
    this.#offsetMs = best.offsetMs
    return { roundTripMs }
  }
}
