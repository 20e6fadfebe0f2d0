// A clock that stands still until a test moves it: timers run in the order of their times.

import type { Clock } from '../../server/groups/rounds.ts'

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** A clock whose time (ms) only `advance` moves. */
export class FakeClock implements Clock {
  #now = 0
  readonly #timers = new Set<Timer>()
  #yielded: (() => void)[] = []

  readonly now = (): number => this.#now

  readonly setTimer = (run: () => void, ms: number): (() => void) => {
    const timer = { at: this.#now + ms, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  readonly yieldTo = (run: () => void): void => {
    this.#yielded.push(run)
  }

  /** Runs what was yielded to so far: one turn of the event loop. */
  turn(): void {
    const runs = this.#yielded
    this.#yielded = []
    for (const run of runs) run()
  }

  /** Moves the time on, and runs every timer that comes due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      this.turn()
    }
    this.#now = end
  }

  /** How many timers wait: none, once everything is closed. */
  get waiting(): number {
    return this.#timers.size
  }

  #next(end: number): Timer | undefined {
    let next: Timer | undefined
    for (const timer of this.#timers) if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer
    return next
  }
}
