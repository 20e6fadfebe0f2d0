// Chance that can be had again: the same seed says the same. FAULT_SEED chooses it, otherwise the clock; it is printed.

/** A row of random numbers. */
export class Chance {
  readonly seed: number
  #state: number

  constructor(seed: number) {
    this.seed = seed
    this.#state = seed
  }

  /** 0 to 1, without 1: mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  /** A whole number, both ends included. */
  between(least: number, greatest: number): number {
    return least + Math.floor(this.next() * (greatest - least + 1))
  }

  /** True in so many of a hundred cases. */
  inHundred(cases: number): boolean {
    return this.next() * 100 < cases
  }
}

/** The chance of one test, its seed printed. */
export function chanceOf(test: string): Chance {
  const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1_000_000)
  process.stdout.write(`${test}: FAULT_SEED=${seed}\n`)
  return new Chance(seed)
}
