// Owns how a part of the page comes that is not there from the beginning: asked for when it is wanted, and not twice.

const parts = new Set<Part<unknown>>()
let areAllWanted = false

/** A part of the page. When it does not come, the page says so, and reloading brings it: it is not asked for again. */
export class Part<Made> {
  readonly #bring: () => Promise<Made>
  readonly #listeners = new Set<() => void>()
  #coming: Promise<void> | undefined
  #made: Made | undefined

  /** `bring` imports what the part is made of. */
  constructor(bring: () => Promise<Made>) {
    this.#bring = bring
    parts.add(this)
    if (areAllWanted) void this.come()
  }

  /** What it is made of; when it is not here, it is asked for, and the listener is called as soon as it is. */
  here(listener: () => void): Made | undefined {
    if (this.#made === undefined) {
      this.#listeners.add(listener)
      void this.come()
    }
    return this.#made
  }

  /** Whether it is here, of what only has to be loaded: as `here`. */
  isHere(listener: () => void): boolean {
    return this.here(listener) !== undefined
  }

  /** Asks for it. Resolves when it is here, or will not come. */
  come(): Promise<void> {
    this.#coming ??= this.#arrive()
    return this.#coming
  }

  async #arrive(): Promise<void> {
    try {
      this.#made = await this.#bring()
    } catch {
      // Said by the page, in words, for whatever does not come.
      return
    }
    for (const listener of this.#listeners) listener()
    this.#listeners.clear()
  }
}

/** Asks for all parts, also of parts that come now: a server that has another build later takes nothing away from the page. */
export function bringAll(): void {
  areAllWanted = true
  for (const part of parts) void part.come()
}
