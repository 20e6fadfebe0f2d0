// Owns the times since which nothing was let go, one of each tier; what is let go, and when, is the tiers' own.

import type { Database } from 'libsql'
import { prepare } from './prepared.ts'

/** So much longer than asked everything is kept, ms: so that the first bucket of all that is kept is whole. */
export const slackMs = 60_000

/** `since` (Unix ms) never goes back, also when more is to be kept than before: what is gone is gone. */
export const keptSinceSchema = `
CREATE TABLE history_kept (tier TEXT PRIMARY KEY, since INTEGER NOT NULL) STRICT;
`

/** The beginning of a tier. */
export class KeptSince {
  readonly #tier: string
  readonly #statements: ReturnType<typeof statementsOf>

  constructor(db: Database, tier: string) {
    this.#tier = tier
    this.#statements = statementsOf(db)
  }

  /** Unix ms; 0 before anything was let go. */
  get time(): number {
    return this.#statements.read.get(this.#tier)?.since ?? 0
  }

  /** Says that what is older than this (Unix ms) may be gone. */
  raise(since: number): void {
    this.#statements.raise.run(this.#tier, since)
  }
}

function statementsOf(db: Database) {
  return {
    read: prepare<{ since: number }>(db, 'SELECT since FROM history_kept WHERE tier = ?'),
    raise: prepare(
      db,
      `INSERT INTO history_kept (tier, since) VALUES (?, ?)
       ON CONFLICT (tier) DO UPDATE SET since = max(since, excluded.since)`,
    ),
  }
}
