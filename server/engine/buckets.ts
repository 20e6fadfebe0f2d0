// Owns the buckets of one series at one width, oldest first; it knows no series, no table and no clock.

const [INDEX, COUNT, SUM, LEAST, GREATEST, LAST, LAST_TIME] = [0, 1, 2, 3, 4, 5, 6]
const stride = 7
const bucketBytes = stride * Float64Array.BYTES_PER_ELEMENT
const firstAllocated = 8

/** What was at a time: NaN where there was no value. */
export interface Bucket {
  readonly count: number
  readonly sum: number
  readonly least: number
  readonly greatest: number
  readonly last: number
}

/** The fields of a point that `points` tells. */
export const pointFields = 6

/**
 * Buckets that samples and other buckets are put into, in any order: last (of the greatest time; of equal times the one
 * that came later), least, greatest, sum and count. A gap (NaN) counts in `last` only.
 */
export class Buckets {
  readonly widthMs: number
  #cells: Float64Array
  #length: number

  /** `bytes` are what `encoded` gave. */
  constructor(widthMs: number, bytes?: Uint8Array) {
    this.widthMs = widthMs
    this.#length = bytes === undefined ? 0 : bytes.length / bucketBytes
    this.#cells = new Float64Array(Math.max(firstAllocated, this.#length) * stride)
    if (bytes !== undefined) new Uint8Array(this.#cells.buffer).set(bytes)
  }

  /** How many buckets there are. */
  get length(): number {
    return this.#length
  }

  /** Takes a sample at a time (Unix ms); NaN is a gap. */
  add(time: number, value: number): void {
    // Adding 0 makes a minus zero plain, which JSON has not.
    const plain = value + 0
    const isGap = Number.isNaN(plain)
    this.#put(Math.floor(time / this.widthMs), isGap ? 0 : 1, isGap ? 0 : plain, plain, plain, plain, time)
  }

  /** Takes what is known of the time from one moment on (Unix ms), which lies in one bucket. */
  put(time: number, { count, sum, least, greatest, last }: Bucket): void {
    this.#put(Math.floor(time / this.widthMs), count, sum, least, greatest, last, time)
  }

  /** When each of its buckets begins (Unix ms), oldest first. */
  *starts(): Generator<number> {
    for (let position = 0; position < this.#length; position++) yield this.#cell(position, INDEX) * this.widthMs
  }

  /** Takes buckets of a width of which this one is a multiple, where they begin in `from <= t < to` (Unix ms). */
  take(other: Buckets, from: number, to: number): void {
    for (let position = 0; position < other.#length; position++) {
      const start = other.#cell(position, INDEX) * other.widthMs
      if (start >= from && start < to) this.#take(Math.floor(start / this.widthMs), other, position)
    }
  }

  /** `[index, last, least, greatest, mean, count]` of each bucket, counted from `start` (Unix ms, a border). */
  points(start: number): Float64Array {
    const points = new Float64Array(this.#length * pointFields)
    for (let position = 0; position < this.#length; position++) {
      const at = position * pointFields
      points[at] = this.#cell(position, INDEX) - start / this.widthMs
      points[at + 1] = this.#cell(position, LAST)
      points[at + 2] = this.#cell(position, LEAST)
      points[at + 3] = this.#cell(position, GREATEST)
      points[at + 4] = this.#cell(position, SUM) / this.#cell(position, COUNT)
      points[at + 5] = this.#cell(position, COUNT)
    }
    return points
  }

  /** The buckets as bytes, in this machine's order of them. */
  encoded(): Buffer {
    return Buffer.from(this.#cells.buffer, 0, this.#length * bucketBytes)
  }

  #take(index: number, other: Buckets, position: number): void {
    this.#put(
      index,
      other.#cell(position, COUNT),
      other.#cell(position, SUM),
      other.#cell(position, LEAST),
      other.#cell(position, GREATEST),
      other.#cell(position, LAST),
      other.#cell(position, LAST_TIME),
    )
  }

  #put(
    index: number,
    count: number,
    sum: number,
    least: number,
    greatest: number,
    last: number,
    lastTime: number,
  ): void {
    const position = this.#seat(index)
    const at = position * stride
    const cells = this.#cells
    cells[at + COUNT] = this.#cell(position, COUNT) + count
    cells[at + SUM] = this.#cell(position, SUM) + sum
    cells[at + LEAST] = lesser(this.#cell(position, LEAST), least)
    cells[at + GREATEST] = greater(this.#cell(position, GREATEST), greatest)
    if (lastTime < this.#cell(position, LAST_TIME)) return
    cells[at + LAST] = last
    cells[at + LAST_TIME] = lastTime
  }

  // The position of a bucket, which is made when it is not there. Nearly always it is the last, or one behind it.
  #seat(index: number): number {
    const end = this.#length
    const newest = end === 0 ? Number.NEGATIVE_INFINITY : this.#cell(end - 1, INDEX)
    if (index === newest) return end - 1
    const position = index > newest ? end : this.#find(index)
    if (position < end && this.#cell(position, INDEX) === index) return position
    if ((end + 1) * stride > this.#cells.length) this.#grow()
    this.#cells.copyWithin((position + 1) * stride, position * stride, end * stride)
    this.#cells.set([index, 0, 0, Number.NaN, Number.NaN, Number.NaN, Number.NEGATIVE_INFINITY], position * stride)
    this.#length++
    return position
  }

  #grow(): void {
    const larger = new Float64Array(this.#cells.length * 2)
    larger.set(this.#cells)
    this.#cells = larger
  }

  #find(index: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#cell(middle, INDEX) < index) low = middle + 1
      else high = middle
    }
    return low
  }

  #cell(position: number, field: number): number {
    return this.#cells[position * stride + field] ?? Number.NaN
  }
}

function lesser(a: number, b: number): number {
  return b < a || Number.isNaN(a) ? b : a
}

function greater(a: number, b: number): number {
  return b > a || Number.isNaN(a) ? b : a
}
