// Owns when the next push of one pace is due. It is pure: it is told the time and starts nothing.

import { limits } from '@chartroom/shared'

/**
 * The clock of one pace of one group. After a quiet time a change goes at once (20 ms, so that what arrives together
 * goes together); what follows waits for the pace; an annotation ends the wait (50 ms from the first) and the pace
 * starts anew. One push at a time: a slow one stretches the pace.
 */
export class Pace {
  readonly paceMs: number
  #startedAt = Number.NEGATIVE_INFINITY
  #dueAt: number | undefined
  #isPushing = false

  constructor(paceMs: number) {
    this.paceMs = paceMs
  }

  /** When the next push is due (ms, by the clock that is handed in); undefined when none is, or while one runs. */
  get dueAt(): number | undefined {
    return this.#isPushing ? undefined : this.#dueAt
  }

  /** Something changed. `isUrgent`: a new annotation, which does not wait for the pace. */
  changed(now: number, isUrgent: boolean): void {
    const paced = Math.max(now + limits.gatherMs, this.#startedAt + this.paceMs)
    const due = isUrgent ? Math.min(paced, now + limits.annotationGatherMs) : paced
    this.#dueAt = Math.min(this.#dueAt ?? due, due)
  }

  /** A push begins; what changes from now on is for the next. */
  begin(now: number): void {
    this.#startedAt = now
    this.#dueAt = undefined
    this.#isPushing = true
  }

  /** The push has ended. */
  end(): void {
    this.#isPushing = false
  }
}
