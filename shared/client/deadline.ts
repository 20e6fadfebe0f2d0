// Owns liveness by the wall clock: something must be heard in time, however late timers fire. It closes nothing.

import type { Platform, Undo } from './platform.ts'

/**
 * A deadline that each sign of life moves on. The timer only looks at the clock: in a background tab it may come a
 * minute late, and after a sleep much later.
 */
export class Deadline {
  readonly #platform: Platform
  readonly #onMissed: () => void
  #withinMs = 0
  #until = 0
  #cancel: Undo = () => {}

  constructor(platform: Platform, onMissed: () => void) {
    this.#platform = platform
    this.#onMissed = onMissed
  }

  /** Expects a sign of life within this, ms, from now on and after each. */
  start(withinMs: number): void {
    this.#withinMs = withinMs
    this.extend()
    this.#wait()
  }

  /** A sign of life came. The timer stays as it is, so that this is cheap for each frame. */
  extend(): void {
    this.#until = this.#platform.now() + this.#withinMs
  }

  /** Expects the next sign of life within this, ms: a question was asked. */
  shorten(withinMs: number): void {
    this.#until = Math.min(this.#until, this.#platform.now() + withinMs)
    this.#wait()
  }

  stop(): void {
    this.#cancel()
  }

  #wait(): void {
    this.#cancel()
    this.#cancel = this.#platform.setTimer(() => this.#look(), Math.max(0, this.#until - this.#platform.now()))
  }

  // A host that stood still runs its timers first, and hands over then what came meanwhile: that is heard before it is
  // missed.
  #look(): void {
    this.#cancel = this.#platform.setTimer(() => {
      if (this.#platform.now() >= this.#until) this.#onMissed()
      else this.#wait()
    }, 0)
  }
}
