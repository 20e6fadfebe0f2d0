// Owns how often something may happen: at once, and then at most once in so many ms. What happens is its maker's.

/** Text that changes more often than this cannot be read, ms. */
export const leastTextMs = 250

/** Calls `act` when asked to, at most once in `everyMs`; what was asked in between is one call at its end. */
export class Throttle {
  readonly #act: () => void
  readonly #everyMs: number
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAsked = false

  constructor(act: () => void, everyMs: number) {
    this.#act = act
    this.#everyMs = everyMs
  }

  call(): void {
    this.#isAsked = true
    if (this.#timer === undefined) this.#run()
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#isAsked = false
  }

  #run(): void {
    this.#timer = undefined
    if (!this.#isAsked) return
    this.#isAsked = false
    this.#timer = setTimeout(() => this.#run(), this.#everyMs)
    this.#act()
  }
}
