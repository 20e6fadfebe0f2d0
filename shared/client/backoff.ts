// Owns how long to wait before coming back: full jitter, longer with each failure. It waits for nothing.

// DESIGN.md, "Reconnect": min(20 s, 500 ms + rand(0, 500 ms * 2^n)).
const baseMs = 500
const maxMs = 20_000
// From here on the cap decides; without an end, 2^n would become Infinity.
const maxExponent = 10

/** The next delay of a client that lost its server. */
export class Backoff {
  readonly #random: () => number
  #failures = 0

  constructor(random: () => number) {
    this.#random = random
  }

  /** The delay before the next attempt, whole ms; each call counts as one more failure. */
  next(): number {
    const spreadMs = baseMs * 2 ** Math.min(this.#failures, maxExponent)
    this.#failures++
    return Math.min(maxMs, Math.round(baseMs + this.#random() * spreadMs))
  }

  /** Begins anew, after a connection that was stable. */
  reset(): void {
    this.#failures = 0
  }
}
