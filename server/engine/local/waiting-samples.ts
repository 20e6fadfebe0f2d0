// Owns samples that wait to be written, in columns from the start: an object for each, a second long, costs the garbage
// collector more than all that is done with it. Which of them wait, and how many may, is unwritten.ts's.

import type { Recorded } from '@chartroom/shared'
import type { SampleColumns } from './stored.ts'

const leastRoom = 64

/** Samples in the order in which they came. */
export class WaitingSamples {
  /** Of each series by its number, where it stands in `#keys`. */
  readonly #seats = new Map<number, number>()
  readonly #numbers: number[] = []
  readonly #keys: string[] = []
  #at: Uint32Array
  #times: Float64Array
  #values: Float64Array
  #revisions: Float64Array
  #length = 0

  /** With room for so many; there will be more where it is needed. Most groups have none that wait, and take none. */
  constructor(room = 0) {
    this.#at = new Uint32Array(room)
    this.#times = new Float64Array(room)
    this.#values = new Float64Array(room)
    this.#revisions = new Float64Array(room)
  }

  get length(): number {
    return this.#length
  }

  /** The keys of their series. */
  get keys(): readonly string[] {
    return this.#keys
  }

  /** Takes what was recorded; of what is behind the first so many, only which series it is of. */
  record(recorded: readonly Recorded[], count = recorded.length): void {
    this.#makeRoom(count)
    for (const [at, { n, key, time, value, revision }] of recorded.entries()) {
      if (at < count) this.#put(n, key, time, value ?? Number.NaN, revision ?? 0)
      else this.#seat(n, key)
    }
  }

  /** Takes others; of what is behind the first so many, only which series it is of. */
  take(others: WaitingSamples, count = others.length): void {
    this.#makeRoom(count)
    for (let at = 0; at < count; at++) {
      const seat = others.#at[at] ?? 0
      const [n = 0, key = ''] = [others.#numbers[seat], others.#keys[seat]]
      this.#put(n, key, others.#times[at] ?? 0, others.#values[at] ?? Number.NaN, others.#revisions[at] ?? 0)
    }
    for (const [n, seat] of others.#seats) this.#seat(n, others.#keys[seat] ?? '')
  }

  /** Others with the same samples, and room for so many more. */
  copy(more: number): WaitingSamples {
    const copy = new WaitingSamples(this.#length + more)
    const { at, times, values, revisions } = this.columns()
    copy.#at.set(at)
    copy.#times.set(times)
    copy.#values.set(values)
    copy.#revisions.set(revisions)
    copy.#length = this.#length
    for (const [n, seat] of this.#seats) copy.#seat(n, this.#keys[seat] ?? '')
    return copy
  }

  /** The samples as they go to the store, which may keep them. */
  columns(): SampleColumns {
    const length = this.#length
    return {
      keys: this.#keys,
      at: this.#at.subarray(0, length),
      times: this.#times.subarray(0, length),
      values: this.#values.subarray(0, length),
      revisions: this.#revisions.subarray(0, length),
    }
  }

  #put(n: number, key: string, time: number, value: number, revision: number): void {
    const at = this.#length++
    this.#at[at] = this.#seat(n, key)
    this.#times[at] = time
    this.#values[at] = value
    this.#revisions[at] = revision
  }

  #seat(n: number, key: string): number {
    const known = this.#seats.get(n)
    if (known !== undefined) return known
    const seat = this.#keys.push(key) - 1
    this.#numbers.push(n)
    this.#seats.set(n, seat)
    return seat
  }

  #makeRoom(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#at.length) return
    const room = Math.max(needed, 2 * this.#at.length, leastRoom)
    this.#at = larger(this.#at, new Uint32Array(room))
    this.#times = larger(this.#times, new Float64Array(room))
    this.#values = larger(this.#values, new Float64Array(room))
    this.#revisions = larger(this.#revisions, new Float64Array(room))
  }
}

function larger<T extends Uint32Array | Float64Array>(small: T, large: T): T {
  large.set(small)
  return large
}
