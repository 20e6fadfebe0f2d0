// Owns one tier: the buckets of one width, in blocks of 60 to a row; what is rolled into it, and when, is not its own.

import type { Database } from 'libsql'
import type { Tier } from '../bucket-width.ts'
import { Buckets } from '../buckets.ts'
import { KeptSince, slackMs } from './kept-since.ts'
import { type Blob, prepare } from './prepared.ts'

// So many buckets fit a page of the file, and a day of one series is read in a few rows.
const bucketsInBlock = 60
/** What a tier is: its table, the width of its buckets, and how long they are kept. */
export interface TierOptions {
  readonly table: string
  readonly widthMs: number
  readonly keepMs: number
}

/** The table of a tier. A block is so many buckets, counted from the beginning of Unix time. */
export function blockTierSchema(table: string): string {
  return `
CREATE TABLE ${table} (
  id INTEGER PRIMARY KEY,
  series INTEGER NOT NULL,
  block INTEGER NOT NULL,
  buckets BLOB NOT NULL,
  UNIQUE (series, block)
) STRICT;
CREATE INDEX ${table}_by_age ON ${table} (block);
`
}

/** One tier of the history. */
export class BlockTier implements Tier {
  readonly widthMs: number
  readonly keepMs: number
  readonly #blockMs: number
  readonly #kept: KeptSince
  readonly #statements: ReturnType<typeof statementsOf>

  constructor(db: Database, { table, widthMs, keepMs }: TierOptions) {
    this.widthMs = widthMs
    this.#blockMs = widthMs * bucketsInBlock
    this.keepMs = keepMs
    this.#kept = new KeptSince(db, table)
    this.#statements = statementsOf(db, table)
  }

  /** The time (Unix ms) since which no bucket was let go. */
  get keptSince(): number {
    return this.#kept.time
  }

  /** The number of the block that a time (Unix ms) is in. */
  blockAt(time: number): number {
    return Math.floor(time / this.#blockMs)
  }

  /** How many blocks such a time touches. */
  blocksIn(from: number, to: number): number {
    return this.blockAt(to - 1) - this.blockAt(from) + 1
  }

  /** Puts into a block what of these buckets begins in it; its width must be a multiple of theirs. */
  merge(series: number, block: number, buckets: Buckets): void {
    const row = this.#statements.read.get(series, block)
    const merged = new Buckets(this.widthMs, row && new Uint8Array(row.buckets))
    merged.take(buckets, block * this.#blockMs, (block + 1) * this.#blockMs)
    this.#statements.write.run(series, block, merged.encoded())
  }

  /** The blocks of a series that hold a time `from <= t < to` (Unix ms), oldest first. */
  *between(series: number, from: number, to: number): Generator<Buckets> {
    for (const { buckets } of this.#statements.between.rows(series, this.blockAt(from), this.blockAt(to - 1))) {
      yield new Buckets(this.widthMs, new Uint8Array(buckets))
    }
  }

  /** Deletes some blocks that are too old; returns how many. */
  dropOld(nowMs: number, limit: number): number {
    const first = this.blockAt(nowMs - this.keepMs - slackMs)
    const { changes } = this.#statements.dropOld.run(first, limit)
    if (changes > 0) this.#kept.raise(first * this.#blockMs)
    return changes
  }

  /** Deletes some blocks of a series; returns how many. */
  dropOf(series: number, limit: number): number {
    return this.#statements.dropOf.run(series, limit).changes
  }
}

function statementsOf(db: Database, table: string) {
  return {
    read: prepare<{ buckets: Blob }>(db, `SELECT buckets FROM ${table} WHERE series = ? AND block = ?`),
    write: prepare(
      db,
      `INSERT INTO ${table} (series, block, buckets) VALUES (?, ?, ?)
       ON CONFLICT (series, block) DO UPDATE SET buckets = excluded.buckets`,
    ),
    between: prepare<{ buckets: Blob }>(
      db,
      `SELECT buckets FROM ${table} WHERE series = ? AND block BETWEEN ? AND ? ORDER BY block`,
    ),
    dropOld: prepare(db, `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE block < ? LIMIT ?)`),
    dropOf: prepare(db, `DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE series = ? LIMIT ?)`),
  }
}
