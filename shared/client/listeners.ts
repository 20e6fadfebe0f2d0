// Owns a list of listeners: added, undone, told; one that throws hurts no other. It does not know what they hear.

import type { Platform, Undo } from './platform.ts'

/** Who listens to one kind of event. */
export class Listeners<Heard extends readonly unknown[]> {
  readonly #platform: Platform
  readonly #entries = new Set<{ readonly listener: (...heard: Heard) => void }>()

  constructor(platform: Platform) {
    this.#platform = platform
  }

  /** Adds a listener; the same function twice is told twice. */
  add(listener: (...heard: Heard) => void): Undo {
    const entry = { listener }
    this.#entries.add(entry)
    return () => {
      this.#entries.delete(entry)
    }
  }

  /** Tells all that listen now. What one throws comes out of a timer, where the host reports it. */
  tell(...heard: Heard): void {
    for (const entry of [...this.#entries]) {
      // It may have been undone by one that was told before it.
      if (!this.#entries.has(entry)) continue
      try {
        entry.listener(...heard)
      } catch (error) {
        this.#platform.setTimer(() => {
          throw error
        }, 0)
      }
    }
  }
}
