// Owns the last few changes of one series by revision: what lets its extremes be told exactly. Older ones are ring.ts's.

// As many as fall into one second at the fastest pace a producer keeps up over HTTP; each costs 24 bytes.
const capacity = 32
const [REVISION, LEAST, GREATEST] = [0, 1, 2]
const stride = 3

/** The least and the greatest of some values. */
export interface Extremes {
  readonly least: number
  readonly greatest: number
}

/** The last changes of one series. */
export class Recent {
  readonly #cells = new Float64Array(capacity * stride)
  #count = 0

  /** Takes what a revision showed; NaN is a gap. */
  add(revision: number, least: number, greatest: number): void {
    const at = (this.#count % capacity) * stride
    this.#cells[at + REVISION] = revision
    this.#cells[at + LEAST] = least
    this.#cells[at + GREATEST] = greatest
    this.#count++
  }

  /** Whether everything shown after a revision is still here. */
  reaches(revision: number): boolean {
    return this.#count <= capacity || this.#cell(this.#count, REVISION) <= revision
  }

  /** The extremes of what was shown after a revision; undefined when nothing was. */
  extremesSince(revision: number): Extremes | undefined {
    let least = Number.POSITIVE_INFINITY
    let greatest = Number.NEGATIVE_INFINITY
    const oldest = Math.max(0, this.#count - capacity)
    for (let at = this.#count - 1; at >= oldest && this.#cell(at, REVISION) > revision; at--) {
      // A comparison with NaN, a gap, is false.
      if (this.#cell(at, LEAST) < least) least = this.#cell(at, LEAST)
      if (this.#cell(at, GREATEST) > greatest) greatest = this.#cell(at, GREATEST)
    }
    return least <= greatest ? { least, greatest } : undefined
  }

  #cell(at: number, field: number): number {
    return this.#cells[(at % capacity) * stride + field] ?? Number.NaN
  }
}
