// Owns the rows of keys that were done: an annotation's lives as long as the annotation, others 24 hours.

import { limits } from '@chartroom/shared'
import type { Database } from 'libsql'
import { prepare } from './prepared.ts'
import type { StoredKey } from './stored.ts'

interface Row {
  key: string
  annotation: number | null
  at: number
}

// As many as memory remembers of a group.
const inMemory = 10_000

/** The keys of all groups. */
export class KeyRows {
  readonly #put
  readonly #find
  readonly #recent
  readonly #forget
  readonly #deleteOf
  readonly #deleteSome

  constructor(db: Database) {
    this.#put = prepare(
      db,
      'INSERT INTO keys (group_id, key, annotation, at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET annotation = excluded.annotation, at = excluded.at',
    )
    this.#find = prepare<Row>(db, 'SELECT key, annotation, at FROM keys WHERE group_id = ? AND key = ?')
    this.#recent = prepare<Row>(
      db,
      'SELECT key, annotation, at FROM keys WHERE group_id = ? AND at > ? ORDER BY at DESC LIMIT ?',
    )
    this.#forget = prepare(
      db,
      `DELETE FROM keys WHERE (group_id, key) IN (
         SELECT group_id, key FROM keys WHERE annotation IS NULL AND at <= ? LIMIT ?)`,
    )
    this.#deleteOf = prepare(db, 'DELETE FROM keys WHERE group_id = ? AND annotation = ?')
    this.#deleteSome = prepare(
      db,
      'DELETE FROM keys WHERE (group_id, key) IN (SELECT group_id, key FROM keys WHERE group_id = ? LIMIT ?)',
    )
  }

  put(group: number, { key, annotation, at }: StoredKey): void {
    this.#put.run(group, key, annotation ?? null, at)
  }

  find(group: number, key: string): StoredKey | undefined {
    const row = this.#find.get(group, key)
    return row === undefined ? undefined : read(row)
  }

  /** Those since a time (Unix ms), oldest first; the newest of them when they are many. */
  recent(group: number, since: number): StoredKey[] {
    return [...this.#recent.rows(group, since, inMemory)].map(read).reverse()
  }

  /** Forgets some that are too old at a time (Unix ms); returns how many. */
  forgetOld(now: number, limit: number): number {
    return this.#forget.run(now - limits.keyMs, limit).changes
  }

  dropOf(group: number, annotation: number): void {
    this.#deleteOf.run(group, annotation)
  }

  /** Drops some of a group; returns how many. */
  dropSome(group: number, limit: number): number {
    return this.#deleteSome.run(group, limit).changes
  }
}

function read({ key, annotation, at }: Row): StoredKey {
  return annotation === null ? { key, at } : { key, annotation, at }
}
