// Owns whose turn it is among many who could go on at once: few do in each turn of the event loop, so that others are
// served in between. What they do then is theirs.

import type { Clock } from '../groups/rounds.ts'

// An answer over HTTP takes 0.2 ms, and who was answered asks again at once: so a turn stays below 5 ms. With a slice of a
// round at once another request waited for 28 to 38 ms of CPU beside 1,000 polls (p99), and waits for 17 to 20 now.
const atOnce = 16

/** Turns of the event loop, taken in the order in which they were asked for. */
export class Turns {
  readonly #clock: Pick<Clock, 'yieldTo'>
  readonly #waiting: (() => void)[] = []
  #isGoing = false

  constructor(clock: Pick<Clock, 'yieldTo'>) {
    this.#clock = clock
  }

  /** Resolves when it is one's turn. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
      this.#goOn()
    })
  }

  #goOn(): void {
    if (this.#isGoing || this.#waiting.length === 0) return
    this.#isGoing = true
    this.#clock.yieldTo(() => {
      this.#isGoing = false
      for (const resolve of this.#waiting.splice(0, atOnce)) resolve()
      this.#goOn()
    })
  }
}
