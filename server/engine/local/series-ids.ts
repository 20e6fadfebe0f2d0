// Owns the numbers under which groups and series are kept in the history's tables; no sample is here.

import type { Database } from 'libsql'
import { type Blob, prepare } from './prepared.ts'

const hourMs = 3_600_000

/**
 * A group without a name was deleted: its rows go in small steps, and a new one may have its name. `rolled` is the last
 * of its raw rows that the tiers hold. A key is bytes: libsql cuts a text at the character 0 that keys have. `newest`
 * is a time (Unix ms, by the hour) before which all samples of the series are. No number is ever used twice.
 */
export const seriesIdsSchema = `
CREATE TABLE history_groups (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT UNIQUE,
  rolled INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE history_series (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_id INTEGER NOT NULL,
  key BLOB NOT NULL,
  newest INTEGER NOT NULL,
  UNIQUE (group_id, key)
) STRICT;
CREATE INDEX history_series_by_age ON history_series (newest);
`

/** A group as the tables know it. */
export interface StoredGroup {
  readonly id: number
  readonly rolled: number
}

/** A series as the tables know it. */
export interface SeriesId {
  readonly id: number
  readonly key: string
}

/** The series that a query asks for: of one metric, of the keys behind one, at most so many. */
export interface SeriesFilter {
  readonly metric?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

interface Known {
  readonly id: number
  newest: number
}

/** The ids of groups and series, and those that were written to lately by heart. */
export class SeriesIds {
  readonly #known = new Map<string, { readonly id: number; readonly series: Map<string, Known> }>()
  readonly #statements: ReturnType<typeof statementsOf>

  constructor(db: Database) {
    this.#statements = statementsOf(db)
  }

  /** A group that was written to and not deleted. */
  find(group: string): StoredGroup | undefined {
    return this.#statements.group.get(group)
  }

  /** The id of a group, which is made when it is new. */
  group(name: string): number {
    return this.#knownGroup(name).id
  }

  /** The id of a series of a group, made when it is new; `newest` (Unix ms) is the time of its latest sample now. */
  series(group: string, key: string, newest: number): number {
    const { id, series } = this.#knownGroup(group)
    const hour = (Math.floor(newest / hourMs) + 1) * hourMs
    const known = series.get(key)
    if (known === undefined) return this.#addSeries(id, series, key, hour)
    if (hour > known.newest) {
      this.#statements.age.run(hour, known.id)
      known.newest = hour
    }
    return known.id
  }

  /** Series of a group, ordered by their keys. */
  list(groupId: number, { metric, after, limit }: SeriesFilter): SeriesId[] {
    // Of one metric are its own key, and those in which the character 0 follows it.
    const least = bytesOf(after === undefined ? (metric ?? '') : `${after}\u0000`)
    const end = metric === undefined ? null : bytesOf(`${metric}\u0001`)
    return [...this.#statements.list.rows(groupId, least, end, limit)].map(({ id, key }) => ({ id, key: textOf(key) }))
  }

  /** Remembers up to where the raw rows of a group are in the tiers. */
  setRolled(groupId: number, rolled: number): void {
    this.#statements.rolled.run(rolled, groupId)
  }

  /** How far the raw rows of a group are in the tiers; undefined when it was deleted. */
  rolledOf(groupId: number): number | undefined {
    return this.#statements.live.get(groupId)?.rolled
  }

  /** Takes a group's name away. */
  remove(group: string): void {
    this.#statements.unname.run(group)
    this.forget()
  }

  /** A deleted group of which something is left. */
  removed(): number | undefined {
    return this.#statements.removed.get()?.id
  }

  /** Lets a series of a deleted group go. */
  drop(seriesId: number): void {
    this.#statements.drop.run(seriesId)
  }

  /** Lets a deleted group go. */
  dropGroup(groupId: number): void {
    this.#statements.dropGroup.run(groupId)
  }

  /** Lets some series go that have no sample since a time (Unix ms); false when there are none. */
  dropOld(since: number, limit: number): boolean {
    const { changes } = this.#statements.dropOld.run(since, limit)
    if (changes > 0) this.forget()
    return changes > 0
  }

  /** Knows nothing by heart any more. */
  forget(): void {
    this.#known.clear()
  }

  #knownGroup(name: string) {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const id = this.find(name)?.id ?? this.#statements.addGroup.run(name).id
    const series = new Map<string, Known>()
    for (const row of this.#statements.all.rows(id)) series.set(textOf(row.key), { id: row.id, newest: row.newest })
    const fresh = { id, series }
    this.#known.set(name, fresh)
    return fresh
  }

  #addSeries(groupId: number, series: Map<string, Known>, key: string, newest: number): number {
    const { id } = this.#statements.addSeries.run(groupId, bytesOf(key), newest)
    series.set(key, { id, newest })
    return id
  }
}

function statementsOf(db: Database) {
  return {
    group: prepare<StoredGroup>(db, 'SELECT id, rolled FROM history_groups WHERE name = ?'),
    live: prepare<{ rolled: number }>(db, 'SELECT rolled FROM history_groups WHERE id = ? AND name IS NOT NULL'),
    removed: prepare<{ id: number }>(db, 'SELECT id FROM history_groups WHERE name IS NULL LIMIT 1'),
    addGroup: prepare(db, 'INSERT INTO history_groups (name) VALUES (?)'),
    unname: prepare(db, 'UPDATE history_groups SET name = NULL WHERE name = ?'),
    rolled: prepare(db, 'UPDATE history_groups SET rolled = ? WHERE id = ?'),
    dropGroup: prepare(db, 'DELETE FROM history_groups WHERE id = ?'),
    addSeries: prepare(db, 'INSERT INTO history_series (group_id, key, newest) VALUES (?, ?, ?)'),
    age: prepare(db, 'UPDATE history_series SET newest = ? WHERE id = ?'),
    all: prepare<{ id: number; key: Blob; newest: number }>(
      db,
      'SELECT id, key, newest FROM history_series WHERE group_id = ?',
    ),
    list: prepare<{ id: number; key: Blob }>(
      db,
      `SELECT id, key FROM history_series WHERE group_id = ?1 AND key >= ?2 AND (?3 IS NULL OR key < ?3)
       ORDER BY key LIMIT ?4`,
    ),
    drop: prepare(db, 'DELETE FROM history_series WHERE id = ?'),
    dropOld: prepare(
      db,
      'DELETE FROM history_series WHERE id IN (SELECT id FROM history_series WHERE newest < ? LIMIT ?)',
    ),
  }
}

// A name may begin with what would be a byte order mark elsewhere.
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

function bytesOf(key: string): Uint8Array {
  return Buffer.from(key)
}

function textOf(key: Blob): string {
  return utf8.decode(key)
}
