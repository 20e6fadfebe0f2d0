// Owns when something is said: at most so often, and all that changed since it was said last. It has no timer of its own.

import type { Words } from '../words/words.ts'
import type { Glance } from './glance.ts'
import { sentencesOf } from './sentences.ts'

/** How often something is said at most, ms: issue 5. */
export const leastPauseMs = 10_000

/** Who tells a listener what changed; nothing is said of what was there when it began. */
export class Teller {
  readonly #now: () => number
  #before: Glance
  #saidAt: number

  /** `now` is monotonic, in ms. */
  constructor(now: () => number, begin: Glance) {
    this.#now = now
    this.#before = begin
    this.#saidAt = now()
  }

  /** What to say now; undefined while it is too early, or when nothing changed. To be asked again and again. */
  tell(present: () => Glance, words: Words): string | undefined {
    if (this.#now() - this.#saidAt < leastPauseMs) return undefined
    const glance = present()
    const sentences = sentencesOf(this.#before, glance, words)
    if (sentences.length === 0) return undefined
    this.#before = glance
    this.#saidAt = this.#now()
    return sentences.join(' ')
  }
}
