// Owns a history in a database of its own, and the samples that a test puts into it; buckets by hand beside it.

import Database from 'libsql'
import type { HistoryRows } from '../../server/engine/history-rows.ts'
import { createHistory, type History, type HistoryKeep, historySchema } from '../../server/engine/local/history.ts'
import type { SampleColumns } from '../../server/engine/local/stored.ts'

/** A sample of a series at a time (Unix ms); null is a gap. */
export interface TestSample {
  readonly key: string
  readonly time: number
  readonly value: number | null
  readonly revision?: number
}

/** A bucket in words. */
export interface TestBucket {
  readonly time: number
  readonly last: number | null
  readonly least: number | null
  readonly greatest: number | null
  readonly mean: number | null
  readonly count: number
}

const [minuteMs, hourMs] = [60_000, 3_600_000]

/** Shorter than anybody would keep, so that a test can outlive it. */
export const shortKeep: HistoryKeep = { rawMs: minuteMs, tensMs: 20 * minuteMs, minutesMs: 5 * hourMs }

/** A history in memory. */
export class HistoryFile {
  readonly db = new Database(':memory:')
  history: History
  readonly #keep: HistoryKeep

  constructor(keep: HistoryKeep = shortKeep) {
    this.#keep = keep
    this.db.exec(historySchema)
    this.history = createHistory(this.db, keep)
  }

  /** The same file, opened by another process. */
  reopen(): void {
    this.history = createHistory(this.db, this.#keep)
  }

  add(group: string, ...samples: TestSample[]): void {
    this.db.exec('BEGIN')
    this.history.add(group, columnsOf(samples))
    this.db.exec('COMMIT')
  }

  /** A write that fails after the history had its part. */
  addInVain(group: string, ...samples: TestSample[]): void {
    this.db.exec('BEGIN')
    this.history.add(group, columnsOf(samples))
    this.db.exec('ROLLBACK')
  }

  rollUpAll(): void {
    while (this.history.rollUp()) {}
  }

  trimAll(nowMs: number): void {
    while (this.history.trim(nowMs)) {}
  }

  /** The buckets of each series between two times, however many answers they take. */
  buckets(group: string, bucketMs: number, from: number, to: number, metric?: string): Map<string, TestBucket[]> {
    const found = new Map<string, TestBucket[]>()
    let after: string | undefined
    do {
      const rest = { ...(metric === undefined ? {} : { metric }), ...(after === undefined ? {} : { after }) }
      const rows = this.history.query({ group, from, to, buckets: 1, bucketMs, ...rest })
      for (const { key, points } of rows.series) found.set(key, readPoints(rows, points))
      after = rows.after
    } while (after !== undefined)
    return found
  }

  /** How many rows a table has. */
  rowsOf(table: string): number {
    return Number(Object.values(this.db.prepare(`SELECT count(*) AS n FROM ${table}`).get([]) ?? {})[0])
  }
}

/** Samples as the store hands them on. */
export function columnsOf(samples: readonly TestSample[]): SampleColumns {
  const keys = [...new Set(samples.map(({ key }) => key))]
  return {
    keys,
    at: Uint32Array.from(samples, ({ key }) => keys.indexOf(key)),
    times: Float64Array.from(samples, ({ time }) => time),
    values: Float64Array.from(samples, ({ value }) => value ?? Number.NaN),
    revisions: Float64Array.from(samples, ({ revision = 1 }) => revision),
  }
}

/** Points in words. */
export function readPoints({ start, bucketMs }: Pick<HistoryRows, 'start' | 'bucketMs'>, points: Float64Array) {
  const buckets: TestBucket[] = []
  const plain = (number: number | undefined) => (number === undefined || Number.isNaN(number) ? null : number)
  for (let at = 0; at < points.length; at += 6) {
    const [index = 0, last, least, greatest, mean, count = 0] = points.subarray(at, at + 6)
    const values = { last: plain(last), least: plain(least), greatest: plain(greatest), mean: plain(mean) }
    buckets.push({ time: start + index * bucketMs, ...values, count })
  }
  return buckets
}

/** The buckets of samples, told in the order in which they came, as anybody would reckon them. */
export function bucketsByHand(
  samples: readonly TestSample[],
  bucketMs: number,
  from: number,
  to: number,
): Map<string, TestBucket[]> {
  const start = Math.floor(from / bucketMs) * bucketMs
  const end = Math.ceil(to / bucketMs) * bucketMs
  const inside = samples.filter(({ time }) => time >= start && time < end)
  const found = new Map<string, TestBucket[]>()
  for (const key of new Set(inside.map((sample) => sample.key))) {
    const own = inside.filter((sample) => sample.key === key)
    const times = [...new Set(own.map(({ time }) => Math.floor(time / bucketMs) * bucketMs))].sort((a, b) => a - b)
    found.set(
      key,
      times.map((time) =>
        bucketByHand(
          time,
          own.filter((one) => one.time >= time && one.time < time + bucketMs),
        ),
      ),
    )
  }
  return found
}

function bucketByHand(time: number, samples: readonly TestSample[]): TestBucket {
  const values = samples.flatMap(({ value }) => (value === null ? [] : [value + 0]))
  const newest = Math.max(...samples.map((sample) => sample.time))
  const last = samples.filter((sample) => sample.time === newest).at(-1)?.value ?? null
  const sum = values.reduce((total, value) => total + value, 0)
  const isGap = values.length === 0
  return {
    time,
    last: last === null ? null : last + 0,
    least: isGap ? null : Math.min(...values),
    greatest: isGap ? null : Math.max(...values),
    mean: isGap ? null : sum / values.length,
    count: values.length,
  }
}
