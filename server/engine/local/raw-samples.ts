// Owns the samples as they came, one row for each group and write; which series their ids mean is series-ids.ts's.

import type { Database } from 'libsql'
import type { Tier } from '../bucket-width.ts'
import { KeptSince, slackMs } from './kept-since.ts'
import { type Blob, prepare } from './prepared.ts'

const table = 'raw_samples'

/** A row is never changed; `oldest` and `newest` are times of its samples, Unix ms. No id is ever used twice. */
export const rawSamplesSchema = `
CREATE TABLE ${table} (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id INTEGER NOT NULL,
  oldest INTEGER NOT NULL,
  newest INTEGER NOT NULL,
  samples BLOB NOT NULL
) STRICT;
CREATE INDEX raw_samples_of_group ON ${table} (group_id);
CREATE INDEX raw_samples_by_age ON ${table} (newest);
`

/** Samples side by side: Unix ms, values (NaN: a gap), revisions that showed them (0: late), and ids of series. */
export interface PackedSamples {
  readonly times: Float64Array
  readonly values: Float64Array
  readonly revisions: Float64Array
  readonly series: Uint32Array
}

/** The samples of one write. */
export interface RawRow extends PackedSamples {
  readonly id: number
}

interface StoredRow {
  readonly id: number
  readonly samples: Blob
}

const [doubleBytes, idBytes] = [Float64Array.BYTES_PER_ELEMENT, Uint32Array.BYTES_PER_ELEMENT]
const sampleBytes = 3 * doubleBytes + idBytes

/** The finest tier: the samples as they came, of which every width can be made. */
export class RawSamples implements Tier {
  readonly widthMs = 1_000
  readonly keepMs: number
  readonly #kept: KeptSince
  readonly #statements: ReturnType<typeof statementsOf>

  constructor(db: Database, keepMs: number) {
    this.keepMs = keepMs
    this.#kept = new KeptSince(db, table)
    this.#statements = statementsOf(db)
  }

  /** The time (Unix ms) since which no sample was let go. */
  get keptSince(): number {
    return this.#kept.time
  }

  /** Adds the samples of a write; returns the row's id. */
  add(groupId: number, samples: PackedSamples): number {
    const [oldest, newest] = rangeOf(samples.times)
    return this.#statements.add.run(groupId, oldest, newest, packed(samples)).id
  }

  /** The id of the row that was added last; 0 when it is gone. */
  lastId(): number {
    return this.#statements.lastId.get()?.id ?? 0
  }

  /** The rows of a group behind one, as they came. */
  *after(groupId: number, id: number, limit = Number.MAX_SAFE_INTEGER): Generator<RawRow> {
    for (const row of this.#statements.after.rows(groupId, id, limit)) yield unpacked(row)
  }

  /** The rows of a group that may have samples of `from <= t < to` (Unix ms), as they came. */
  *between(groupId: number, from: number, to: number): Generator<RawRow> {
    for (const row of this.#statements.between.rows(groupId, from, to)) yield unpacked(row)
  }

  /** The groups that have rows which are not in the tiers. */
  pendingGroups(): number[] {
    return [...this.#statements.pending.rows()].map(({ id }) => id)
  }

  /** Deletes some rows that are in the tiers, and too old to be kept beside them; returns how many. */
  dropOld(nowMs: number, limit: number): number {
    const since = nowMs - this.keepMs - slackMs
    const { changes } = this.#statements.dropOld.run(since, limit)
    if (changes > 0) this.#kept.raise(since)
    return changes
  }

  /** Deletes some rows of a group; returns how many. */
  dropOf(groupId: number, limit: number): number {
    return this.#statements.dropOf.run(groupId, limit).changes
  }
}

function statementsOf(db: Database) {
  return {
    add: prepare(db, 'INSERT INTO raw_samples (group_id, oldest, newest, samples) VALUES (?, ?, ?, ?)'),
    lastId: prepare<{ id: number | null }>(db, 'SELECT max(id) AS id FROM raw_samples'),
    after: prepare<StoredRow>(
      db,
      'SELECT id, samples FROM raw_samples WHERE group_id = ? AND id > ? ORDER BY id LIMIT ?',
    ),
    between: prepare<StoredRow>(
      db,
      'SELECT id, samples FROM raw_samples WHERE group_id = ? AND newest >= ? AND oldest < ? ORDER BY id',
    ),
    pending: prepare<{ id: number }>(
      db,
      `SELECT id FROM history_groups AS g WHERE name IS NOT NULL
       AND EXISTS (SELECT 1 FROM raw_samples WHERE group_id = g.id AND id > g.rolled)`,
    ),
    dropOld: prepare(
      db,
      `DELETE FROM raw_samples WHERE id IN (
         SELECT r.id FROM raw_samples AS r JOIN history_groups AS g ON g.id = r.group_id
         WHERE r.newest < ? AND r.id <= g.rolled LIMIT ?)`,
    ),
    dropOf: prepare(db, 'DELETE FROM raw_samples WHERE id IN (SELECT id FROM raw_samples WHERE group_id = ? LIMIT ?)'),
  }
}

function rangeOf(times: Float64Array): [oldest: number, newest: number] {
  let [oldest, newest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const time of times) {
    if (time < oldest) oldest = time
    if (time > newest) newest = time
  }
  return [oldest, newest]
}

function packed({ times, values, revisions, series }: PackedSamples): Uint8Array {
  const { length } = times
  const bytes = new ArrayBuffer(length * sampleBytes)
  for (const [part, column] of [times, values, revisions].entries()) {
    new Float64Array(bytes, part * length * doubleBytes, length).set(column)
  }
  new Uint32Array(bytes, 3 * length * doubleBytes, length).set(series)
  return new Uint8Array(bytes)
}

function unpacked({ id, samples }: StoredRow): RawRow {
  const bytes = new Uint8Array(samples)
  const length = bytes.length / sampleBytes
  const column = (part: number) => new Float64Array(bytes.buffer, part * length * doubleBytes, length)
  const series = new Uint32Array(bytes.buffer, 3 * length * doubleBytes, length)
  return { id, times: column(0), values: column(1), revisions: column(2), series }
}
