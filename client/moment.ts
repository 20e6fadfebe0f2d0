// Owns the moment that the reader points at on one of a group's time charts, so that all of them show it. It draws nothing.

/** The moment under the cross-hair. */
export class Moment {
  readonly #listeners = new Set<() => void>()
  #time: number | undefined

  /** Unix ms; undefined while nobody points at a moment. */
  get time(): number | undefined {
    return this.#time
  }

  /** Points at a moment, or at none. */
  point(time: number | undefined): void {
    if (time === this.#time) return
    this.#time = time
    for (const listener of [...this.#listeners]) listener()
  }

  /** Calls the listener when another moment is pointed at; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
