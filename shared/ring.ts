// Owns the last buckets of one series at fixed borders: last, least, greatest; it reads no clock and knows no series.

import { limits } from './limits.ts'
import { type Extremes, Recent } from './recent.ts'

/** The width of a bucket, ms. Borders are whole seconds of Unix time, so that a sliding window never shimmers. */
export const bucketMs = 1_000

const capacity = limits.windowMs / bucketMs
const firstAllocated = 8
// A bucket's fields, side by side in one typed array.
const [INDEX, LAST, LEAST, GREATEST, REVISION] = [0, 1, 2, 3, 4]
const stride = 5
// The revision of a bucket in which there are late samples only.
const neverShown = 0

/** One bucket: its index (`index * bucketMs` is its start, Unix ms), last value (`null`: a gap), least and greatest. */
export interface Bucket {
  readonly index: number
  readonly last: number | null
  readonly least: number | null
  readonly greatest: number | null
}

/** The last 15 minutes of one series. Buckets without a sample take no room. */
export class Ring {
  readonly #recent = new Recent()
  #cells = new Float64Array(firstAllocated * stride)
  #length = 0

  /** How many buckets there are. */
  get length(): number {
    return this.#length
  }

  /**
   * Takes a sample (`null` is a gap) at a Unix time in ms. A late one finds its bucket too, but never becomes the
   * `last` of it; `revision` is the one that showed the sample, or undefined when it changed nothing visible.
   */
  add(time: number, value: number | null, revision?: number): void {
    this.#put(Math.floor(time / bucketMs), value, value, value, revision, revision === undefined)
  }

  /** Takes what an update or a window says of a moment: its last, least and greatest value. */
  merge(time: number, last: number | null, least: number | null, greatest: number | null, revision: number): void {
    this.#put(Math.floor(time / bucketMs), last, least, greatest, revision, false)
  }

  /** The bucket at a position, oldest first. */
  at(position: number): Bucket | undefined {
    if (position < 0 || position >= this.#length) return undefined
    return {
      index: this.#cell(position, INDEX),
      last: unpack(this.#cell(position, LAST)),
      least: unpack(this.#cell(position, LEAST)),
      greatest: unpack(this.#cell(position, GREATEST)),
    }
  }

  /** The position of the first bucket that does not begin before this time (Unix ms). */
  positionFrom(time: number): number {
    return this.#find(Math.ceil(time / bucketMs))
  }

  /** The buckets that begin at or after this time (Unix ms), oldest first. */
  *from(time: number): Generator<Bucket> {
    for (let position = this.positionFrom(time); position < this.#length; position++) {
      const bucket = this.at(position)
      if (bucket !== undefined) yield bucket
    }
  }

  /**
   * The buckets from a time on (Unix ms), put together into wider ones (`width`, ms) that are counted from there:
   * `[index, last, least, greatest, ...]`, oldest first.
   */
  points(start: number, width: number): (number | null)[] {
    const points: (number | null)[] = []
    for (let position = this.positionFrom(start); position < this.#length; ) {
      const index = Math.floor((this.#cell(position, INDEX) * bucketMs - start) / width)
      const end = (start + (index + 1) * width) / bucketMs
      let [last, least, greatest] = [Number.NaN, Number.NaN, Number.NaN]
      for (; position < this.#length && this.#cell(position, INDEX) < end; position++) {
        last = this.#cell(position, LAST)
        least = lesser(least, this.#cell(position, LEAST))
        greatest = greater(greatest, this.#cell(position, GREATEST))
      }
      points.push(index, unpack(last), unpack(least), unpack(greatest))
    }
    return points
  }

  /**
   * The least and the greatest value shown after a revision; undefined when none was. Exact for the last changes;
   * before them it reaches to the border of the bucket in which that revision fell, so that no extreme is ever lost.
   */
  extremesSince(revision: number): Extremes | undefined {
    if (this.#recent.reaches(revision)) return this.#recent.extremesSince(revision)
    let least = Number.POSITIVE_INFINITY
    let greatest = Number.NEGATIVE_INFINITY
    for (let position = this.#length - 1; position >= 0; position--) {
      const shownAt = this.#cell(position, REVISION)
      if (shownAt === neverShown) continue
      if (shownAt <= revision) break
      // A comparison with NaN, an all-gap bucket, is false.
      if (this.#cell(position, LEAST) < least) least = this.#cell(position, LEAST)
      if (this.#cell(position, GREATEST) > greatest) greatest = this.#cell(position, GREATEST)
    }
    return least <= greatest ? { least, greatest } : undefined
  }

  /** Lets every bucket go that begins at or after this time (Unix ms). */
  cut(time: number): void {
    this.#length = this.positionFrom(time)
  }

  #put(
    index: number,
    last: number | null,
    least: number | null,
    greatest: number | null,
    revision: number | undefined,
    isLate: boolean,
  ): void {
    const newest = this.#length === 0 ? Number.NEGATIVE_INFINITY : this.#cell(this.#length - 1, INDEX)
    if (revision !== undefined) this.#recent.add(revision, pack(least), pack(greatest))
    if (index <= newest - capacity) return
    const position = index > newest ? this.#length : this.#find(index)
    if (position === this.#length || this.#cell(position, INDEX) !== index) {
      this.#insert(position, index, pack(last), pack(least), pack(greatest), revision ?? neverShown)
      this.#forget()
      return
    }
    if (!isLate) this.#set(position, LAST, pack(last))
    this.#set(position, LEAST, lesser(this.#cell(position, LEAST), pack(least)))
    this.#set(position, GREATEST, greater(this.#cell(position, GREATEST), pack(greatest)))
    if (revision !== undefined) this.#set(position, REVISION, revision)
  }

  #insert(position: number, ...bucket: [number, number, number, number, number]): void {
    if ((this.#length + 1) * stride > this.#cells.length) this.#grow()
    this.#cells.copyWithin((position + 1) * stride, position * stride, this.#length * stride)
    this.#cells.set(bucket, position * stride)
    this.#length++
  }

  #grow(): void {
    const larger = new Float64Array(this.#cells.length * 2)
    larger.set(this.#cells)
    this.#cells = larger
  }

  // Moving the array on every bucket would cost 36 KB a second for each series: old buckets go by the quarter.
  #forget(): void {
    const oldest = this.#cell(this.#length - 1, INDEX) - capacity
    const slack = capacity / 4
    if (this.#cell(0, INDEX) > oldest - slack) return
    const keep = this.#find(oldest + 1)
    this.#cells.copyWithin(0, keep * stride, this.#length * stride)
    this.#length -= keep
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

  #set(position: number, field: number, value: number): void {
    this.#cells[position * stride + field] = value
  }
}

// Adding 0 makes a minus zero plain, which JSON has not.
function pack(value: number | null): number {
  return value === null ? Number.NaN : value + 0
}

function unpack(cell: number): number | null {
  return Number.isNaN(cell) ? null : cell
}

function lesser(a: number, b: number): number {
  if (Number.isNaN(a)) return b
  return b < a ? b : a
}

function greater(a: number, b: number): number {
  if (Number.isNaN(a)) return b
  return b > a ? b : a
}
