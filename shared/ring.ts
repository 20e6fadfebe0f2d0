// Owns the past of one series in buckets: last, least, greatest. It reads no clock and knows no series.

import { Buckets, type Cells, GREATEST, LAST, LEAST, REVISION, START, WIDTH } from './buckets.ts'
import { limits } from './limits.ts'
import { type Extremes, Recent } from './recent.ts'

/** The width of a bucket, ms. Borders are whole seconds of Unix time, so that a sliding window never shimmers. */
export const bucketMs = 1_000

/** Seconds that stay as they are; what is older is put together, or goes. */
const fine = limits.windowMs / bucketMs
// Moving the array on every bucket would cost 36 KB a second for each series: the old is looked at by the quarter.
const slack = fine / 4
/** How wide old buckets become: the finest of these with which there are no more than a day has minutes. */
const coarsest = 60
const coarseWidths = [5, 10, 15, 30, coarsest]
const maxCoarse = 1_440
// The revision of a bucket in which there are late samples only.
const neverShown = 0

/**
 * One bucket: its index (`index * bucketMs` is its start, Unix ms), its width (more than `bucketMs` where it is old, or
 * was told so), last value (`null`: a gap), least and greatest.
 */
export interface Bucket {
  readonly index: number
  readonly widthMs: number
  readonly last: number | null
  readonly least: number | null
  readonly greatest: number | null
}

/** What an update or a window says of a bucket. `widthMs` is `bucketMs` where it is not said. */
export interface Told {
  readonly last: number | null
  readonly least: number | null
  readonly greatest: number | null
  readonly widthMs?: number
}

/** A past that is read in buckets, oldest first: that of a series, or what was made of it. */
export interface Past {
  readonly length: number
  at(position: number): Bucket | undefined
  positionFrom(time: number): number
  /** The least and the greatest value from a time (Unix ms) on; undefined where there is none. */
  extremesFrom(time: number): Extremes | undefined
}

/**
 * The past of one series, `reachMs` back from its newest: the last 15 minutes by the second, what is older in wider
 * buckets. Buckets without a sample take no room.
 */
export class Ring implements Past {
  readonly #recent = new Recent()
  readonly #buckets = new Buckets()
  /** The second before which everything is as wide as it becomes. */
  #thinned = Number.NEGATIVE_INFINITY
  #reach: number

  constructor(reachMs: number = limits.windowMs) {
    this.#reach = secondsOf(reachMs)
  }

  /** How many buckets there are. */
  get length(): number {
    return this.#buckets.length
  }

  /** Reaches further back from now on, or less far. */
  reachBack(reachMs: number): void {
    this.#reach = secondsOf(reachMs)
  }

  /**
   * Takes a sample (`null` is a gap) at a Unix time in ms. A late one finds its bucket too, but never becomes the
   * `last` of it; `revision` is the one that showed the sample, or undefined when it changed nothing visible.
   */
  add(time: number, value: number | null, revision?: number): void {
    const cell = pack(value)
    this.#put(time, 1, cell, cell, cell, revision)
  }

  /** Takes what an update or a window says of a moment. */
  merge(time: number, { last, least, greatest, widthMs = bucketMs }: Told, revision: number): void {
    const width = Math.max(1, Math.ceil(widthMs / bucketMs))
    this.#put(time, width, pack(last), pack(least), pack(greatest), revision)
  }

  /** The bucket at a position, oldest first. */
  at(position: number): Bucket | undefined {
    if (position < 0 || position >= this.#buckets.length) return undefined
    return {
      index: this.#cell(position, START),
      widthMs: this.#cell(position, WIDTH) * bucketMs,
      last: unpack(this.#cell(position, LAST)),
      least: unpack(this.#cell(position, LEAST)),
      greatest: unpack(this.#cell(position, GREATEST)),
    }
  }

  /** The position of the first bucket that does not begin before this time (Unix ms). */
  positionFrom(time: number): number {
    return this.#buckets.find(Math.ceil(time / bucketMs))
  }

  extremesFrom(time: number): Extremes | undefined {
    let [least, greatest] = [Number.NaN, Number.NaN]
    for (let position = this.positionFrom(time); position < this.length; position++) {
      least = lesser(least, this.#cell(position, LEAST))
      greatest = greater(greatest, this.#cell(position, GREATEST))
    }
    return Number.isNaN(least) ? undefined : { least, greatest }
  }

  /** The buckets that begin at or after this time (Unix ms), oldest first. */
  *from(time: number): Generator<Bucket> {
    for (let position = this.positionFrom(time); position < this.length; position++) {
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
    for (let position = this.positionFrom(start); position < this.length; ) {
      const index = Math.floor((this.#cell(position, START) * bucketMs - start) / width)
      const end = (start + (index + 1) * width) / bucketMs
      let [last, least, greatest] = [Number.NaN, Number.NaN, Number.NaN]
      for (; position < this.length && this.#cell(position, START) < end; position++) {
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
    for (let position = this.length - 1; position >= 0; position--) {
      const shownAt = this.#cell(position, REVISION)
      if (shownAt === neverShown) continue
      if (shownAt <= revision) break
      // A comparison with NaN, an all-gap bucket, is false.
      if (this.#cell(position, LEAST) < least) least = this.#cell(position, LEAST)
      if (this.#cell(position, GREATEST) > greatest) greatest = this.#cell(position, GREATEST)
    }
    return least <= greatest ? { least, greatest } : undefined
  }

  /** Lets every bucket go that begins at or after this time (Unix ms); one that lies across it ends there. */
  cut(time: number): void {
    const position = this.positionFrom(time)
    this.#buckets.remove(position, this.length)
    const start = Math.ceil(time / bucketMs)
    if (this.#buckets.end(position - 1) > start) {
      this.#buckets.set(position - 1, WIDTH, start - this.#cell(position - 1, START))
    }
    this.#thinned = Math.min(this.#thinned, start)
  }

  /** Keeps a bucket that was cut at a time (Unix ms), where its extremes are no more to be seen up to it. */
  keep(bucket: Bucket, cutAt: number): void {
    const { index, widthMs, last, least, greatest } = bucket
    let [low, high] = [Number.NaN, Number.NaN]
    for (let at = this.positionFrom(cutAt); at < this.length && this.#cell(at, START) <= index; at++) {
      low = lesser(low, this.#cell(at, LEAST))
      high = greater(high, this.#cell(at, GREATEST))
    }
    const isSeen = least === null || greatest === null || (low <= least && high >= greatest)
    if (isSeen || index * bucketMs < cutAt) return
    this.#place(index, widthMs / bucketMs, pack(last), pack(least), pack(greatest), neverShown, false)
  }

  // Without a revision it is late: it shows nothing.
  #put(time: number, width: number, last: number, least: number, greatest: number, revision: number | undefined): void {
    const start = Math.floor(time / bucketMs)
    if (revision === undefined) {
      this.#place(start, width, last, least, greatest, neverShown, false)
      return
    }
    this.#recent.add(revision, least, greatest)
    this.#place(start, width, last, least, greatest, revision, true)
  }

  // Its cells are handed over one by one: samples come by the hundred thousand a second, and an array is garbage.
  #place(
    start: number,
    width: number,
    last: number,
    least: number,
    greatest: number,
    revision: number,
    isShown: boolean,
  ): void {
    if (start <= this.#newest - this.#reach) return
    const position = start >= this.#newest ? this.length : this.#buckets.find(start + 1)
    if (start < this.#buckets.end(position - 1)) this.#join(position - 1, last, least, greatest, revision, isShown)
    else this.#insert(position, [start, width, last, least, greatest, revision])
  }

  get #newest(): number {
    return this.length === 0 ? Number.NEGATIVE_INFINITY : this.#cell(this.length - 1, START)
  }

  #join(position: number, last: number, least: number, greatest: number, revision: number, isShown: boolean): void {
    if (isShown) this.#buckets.set(position, LAST, last)
    this.#buckets.set(position, LEAST, lesser(this.#cell(position, LEAST), least))
    this.#buckets.set(position, GREATEST, greater(this.#cell(position, GREATEST), greatest))
    this.#buckets.set(position, REVISION, Math.max(this.#cell(position, REVISION), revision))
  }

  #insert(position: number, bucket: Cells): void {
    this.#buckets.insert(position, bucket)
    // By fixed borders, so that it depends on the newest alone what is thin, and not on when it was looked at.
    const border = Math.floor((this.#newest - fine) / slack) * slack
    if (border <= this.#thinned) return
    this.#buckets.remove(0, this.#buckets.find(border - (this.#reach - fine) + 1))
    this.#thin(border)
    this.#thinned = border
  }

  // Puts together what is old: the seconds of one wider bucket, each as wide as its own samples reach.
  #thin(border: number): void {
    const end = this.#buckets.find(border)
    const width = coarseWidths.find((wide) => this.#reach / wide <= maxCoarse) ?? coarsest
    let kept = Math.max(0, this.#buckets.find(this.#thinned) - 1)
    for (let position = kept + 1; position < end; position++) {
      const start = this.#cell(position, START)
      if (this.#cell(kept, START) >= Math.floor(start / width) * width) {
        this.#buckets.set(kept, WIDTH, this.#buckets.end(position) - this.#cell(kept, START))
        const [, , last, least, greatest, revision] = this.#buckets.at(position)
        this.#join(kept, last, least, greatest, revision, true)
      } else {
        kept++
        this.#buckets.move(position, kept)
      }
    }
    this.#buckets.remove(kept + 1, end)
  }

  #cell(position: number, field: number): number {
    return this.#buckets.cell(position, field)
  }
}

// The last 15 minutes are there in any case.
function secondsOf(reachMs: number): number {
  return Math.max(fine, Math.ceil(reachMs / bucketMs))
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
