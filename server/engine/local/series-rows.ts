// Owns the rows of series with their present values, and of the numbers that are gone.

import { type Definition, limits, seriesKey } from '@chartroom/shared'
import type { Database } from 'libsql'
import { prepare } from './prepared.ts'
import type { StoredRemoval, StoredSeries } from './stored.ts'

// No key is read from its column: libsql cuts a text at the character 0, which keys have.
interface Row {
  definition: string
  defined_at: number
  value: number | null
  value_at: number
  time: number
}

/** The series of all groups. */
export class SeriesRows {
  readonly #put
  readonly #delete
  readonly #of
  readonly #deleteOf
  readonly #remember
  readonly #forget
  readonly #removals
  readonly #deleteRemovals

  constructor(db: Database) {
    this.#put = prepare(
      db,
      `INSERT INTO series (group_id, key, definition, defined_at, value, value_at, time) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET definition = excluded.definition, defined_at = excluded.defined_at,
         value = excluded.value, value_at = excluded.value_at, time = excluded.time`,
    )
    this.#delete = prepare(db, 'DELETE FROM series WHERE group_id = ? AND key = ?')
    this.#of = prepare<Row>(db, 'SELECT definition, defined_at, value, value_at, time FROM series WHERE group_id = ?')
    this.#deleteOf = prepare(db, 'DELETE FROM series WHERE group_id = ?')
    this.#remember = prepare(db, 'INSERT OR IGNORE INTO removals (group_id, revision, n) VALUES (?, ?, ?)')
    this.#forget = prepare(
      db,
      `DELETE FROM removals WHERE group_id = ?1 AND revision < (
         SELECT revision FROM removals WHERE group_id = ?1 ORDER BY revision DESC LIMIT 1 OFFSET ?2)`,
    )
    this.#removals = prepare<{ n: number; revision: number }>(
      db,
      'SELECT n, revision FROM removals WHERE group_id = ? ORDER BY revision DESC, n DESC LIMIT ?',
    )
    this.#deleteRemovals = prepare(db, 'DELETE FROM removals WHERE group_id = ?')
  }

  put(group: number, { key, definition, definedAt, value, valueAt, time }: StoredSeries): void {
    this.#put.run(group, key, JSON.stringify(definition), definedAt, value, valueAt, time)
  }

  drop(group: number, key: string): void {
    this.#delete.run(group, key)
  }

  /** In the order of their numbers, which is that in which they came. */
  of(group: number): StoredSeries[] {
    return [...this.#of.rows(group)].map(seriesOf).sort((a, b) => a.definition.n - b.definition.n)
  }

  rememberRemovals(group: number, removals: readonly StoredRemoval[]): void {
    for (const [n, revision] of removals) this.#remember.run(group, revision, n)
    if (removals.length > 0) this.#forget.run(group, limits.rememberedChanges)
  }

  /** Oldest first. */
  removalsOf(group: number): StoredRemoval[] {
    return [...this.#removals.rows(group, limits.rememberedChanges)]
      .map(({ n, revision }) => [n, revision] as const)
      .reverse()
  }

  removeGroup(group: number): void {
    this.#deleteOf.run(group)
    this.#deleteRemovals.run(group)
  }
}

function seriesOf({ definition: written, defined_at: definedAt, value, value_at: valueAt, time }: Row): StoredSeries {
  const definition = JSON.parse(written) as Definition // as `put` wrote it
  return { key: seriesKey(definition.metric, definition.labels), definition, definedAt, value, valueAt, time }
}
