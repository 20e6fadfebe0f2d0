// Owns a row of buckets in one typed array, oldest first: their cells, and where one is. What goes in is ring.ts's.

/** A bucket's cells, side by side; START and WIDTH are whole seconds, and NaN is no value. */
export const [START, WIDTH, LAST, LEAST, GREATEST, REVISION] = [0, 1, 2, 3, 4, 5]

/** The cells of one bucket, in their order. */
export type Cells = readonly [
  start: number,
  width: number,
  last: number,
  least: number,
  greatest: number,
  revision: number,
]

const stride = 6
const firstAllocated = 8
const growth = 1.5

/** Buckets in the order of their start. */
export class Buckets {
  #cells = new Float64Array(firstAllocated * stride)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** NaN where there is no such bucket. */
  cell(position: number, field: number): number {
    return position >= 0 && position < this.#length
      ? (this.#cells[position * stride + field] ?? Number.NaN)
      : Number.NaN
  }

  at(position: number): Cells {
    const cell = (field: number) => this.cell(position, field)
    return [cell(START), cell(WIDTH), cell(LAST), cell(LEAST), cell(GREATEST), cell(REVISION)]
  }

  set(position: number, field: number, value: number): void {
    this.#cells[position * stride + field] = value
  }

  /** Where the last second of a bucket ends. */
  end(position: number): number {
    return this.cell(position, START) + this.cell(position, WIDTH)
  }

  /** The position of the first bucket that does not begin before this second. */
  find(start: number): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.cell(middle, START) < start) low = middle + 1
      else high = middle
    }
    return low
  }

  insert(position: number, bucket: Cells): void {
    if ((this.#length + 1) * stride > this.#cells.length) this.#grow()
    this.#cells.copyWithin((position + 1) * stride, position * stride, this.#length * stride)
    this.#cells.set(bucket, position * stride)
    this.#length++
  }

  /** Puts a bucket in the place of an earlier one. */
  move(from: number, to: number): void {
    if (from !== to) this.#cells.copyWithin(to * stride, from * stride, (from + 1) * stride)
  }

  /** Lets the buckets of these positions go, the second one's not. */
  remove(from: number, to: number): void {
    if (from >= to) return
    this.#cells.copyWithin(from * stride, to * stride, this.#length * stride)
    this.#length -= to - from
  }

  #grow(): void {
    const larger = new Float64Array(Math.ceil((this.#cells.length / stride) * growth) * stride)
    larger.set(this.#cells)
    this.#cells = larger
  }
}
