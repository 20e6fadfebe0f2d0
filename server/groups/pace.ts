// Owns when the next push of one pace is due. It is pure: it is told the time and starts nothing.

import { limits } from '@chartroom/shared'

/** What changed: numbers and edits wait for the pace, a new annotation does not, and who is here is told on the way. */
export type Changed = 'numbers' | 'annotation' | 'people'

/**
 * The clock of one pace of one group. After a quiet time a change goes at once, or 20 ms later where several came in a
 * row the time before, so that what arrives together goes together; what follows waits for the pace; an annotation ends
 * the wait (50 ms from the first) and the pace starts anew. Telling who is here does not, or each visitor would make the
 * numbers of a steady producer late from then on. One push at a time: a slow one stretches the pace.
 */
export class Pace {
  readonly paceMs: number
  /** When the last push of an update began, and when the last of any. */
  #updatedAt = Number.NEGATIVE_INFINITY
  #startedAt = Number.NEGATIVE_INFINITY
  #updateDueAt = Number.POSITIVE_INFINITY
  #peopleDueAt = Number.POSITIVE_INFINITY
  #isPushing = false
  /** When the first of the last changes in a row came, whether another did, and how long such a first one waits. */
  #firstAt = Number.NEGATIVE_INFINITY
  #hasCompany = false
  #gatherMs = 0

  constructor(paceMs: number) {
    this.paceMs = paceMs
  }

  /** When the next push is due (ms, by the clock that is handed in); undefined when none is, or while one runs. */
  get dueAt(): number | undefined {
    const dueAt = Math.min(this.#updateDueAt, this.#peopleDueAt)
    return this.#isPushing || dueAt === Number.POSITIVE_INFINITY ? undefined : dueAt
  }

  changed(now: number, what: Changed): void {
    if (what !== 'people') this.#noteCompany(now)
    const paced = Math.max(now + this.#gatherMs, this.#updatedAt + this.paceMs)
    switch (what) {
      case 'numbers':
        this.#updateDueAt = Math.min(this.#updateDueAt, paced)
        break
      case 'annotation':
        this.#updateDueAt = Math.min(this.#updateDueAt, paced, now + limits.annotationGatherMs)
        break
      case 'people':
        this.#peopleDueAt = Math.min(this.#peopleDueAt, Math.max(now + limits.gatherMs, this.#startedAt + this.paceMs))
        break
      default:
        what satisfies never
    }
  }

  /**
   * A push begins; what changes from now on is for the next. True when an update is due in it: else it only tells who
   * is here, and the update keeps its time.
   */
  begin(now: number): boolean {
    const hasUpdate = this.#updateDueAt <= now
    this.#startedAt = now
    this.#peopleDueAt = Number.POSITIVE_INFINITY
    this.#isPushing = true
    if (hasUpdate) {
      this.#updatedAt = now
      this.#updateDueAt = Number.POSITIVE_INFINITY
    }
    return hasUpdate
  }

  /** The push has ended. */
  end(): void {
    this.#isPushing = false
  }

  // A producer is as it was: who sends one thing at a time need not wait for a second, who sends several is waited for.
  #noteCompany(now: number): void {
    if (now - this.#firstAt < limits.gatherMs) {
      this.#hasCompany = true
      return
    }
    this.#gatherMs = this.#hasCompany ? limits.gatherMs : 0
    this.#firstAt = now
    this.#hasCompany = false
  }
}
