// Owns when the text over a chart follows what is drawn: no more often than it can be read. What it says is the bodies'.

import type { Drawn } from './drawn.ts'
import { summaryOf } from './summary.ts'

// Text that changes more often than this cannot be read.
const leastTextMs = 250
const leastSummaryMs = 5_000

/** What is written over one chart, and said of it. */
export class Writing {
  #written: Drawn | undefined
  #summary = ''
  #writtenAt = Number.NEGATIVE_INFINITY
  #summaryAt = Number.NEGATIVE_INFINITY

  /** The last figure but for what came too fast to be read. */
  get written(): Drawn | undefined {
    return this.#written
  }

  /** The values in one sentence. */
  get summary(): string {
    return this.#summary
  }

  /** Writes at the next drawing, however soon that is: the reader has changed something. */
  hurry(): void {
    this.#writtenAt = Number.NEGATIVE_INFINITY
    this.#summaryAt = Number.NEGATIVE_INFINITY
  }

  /** Something was drawn, at a monotonic time (ms). */
  follow(drawn: Drawn | undefined, now: number): void {
    const isOther = this.#written?.figure.kind !== drawn?.figure.kind
    if (isOther || now - this.#writtenAt >= leastTextMs) {
      this.#written = drawn
      this.#writtenAt = now
    }
    if (drawn !== undefined && (isOther || now - this.#summaryAt >= leastSummaryMs)) {
      this.#summary = summaryOf(drawn.figure, drawn.view.locale)
      this.#summaryAt = now
    }
  }
}
