// Owns the rows of who holds which name in which group; for how long is holders.ts's.

import type { Database } from 'libsql'
import { prepare } from './prepared.ts'
import type { StoredHolder } from './stored.ts'

interface Row {
  canonical: string
  person: string
  used_at: number
  name: string
  asked: string
}

/** The holders of all groups. */
export class HolderRows {
  readonly #put
  readonly #delete
  readonly #of
  readonly #deleteOf

  constructor(db: Database) {
    this.#put = prepare(
      db,
      'INSERT OR REPLACE INTO holders (group_id, canonical, person, used_at, name, asked) VALUES (?, ?, ?, ?, ?, ?)',
    )
    this.#delete = prepare(db, 'DELETE FROM holders WHERE group_id = ? AND canonical = ?')
    this.#of = prepare<Row>(
      db,
      'SELECT canonical, person, used_at, name, asked FROM holders WHERE group_id = ? ORDER BY used_at',
    )
    this.#deleteOf = prepare(db, 'DELETE FROM holders WHERE group_id = ?')
  }

  put(group: number, { canonical, person, usedAt, name, asked }: StoredHolder): void {
    this.#put.run(group, canonical, person, usedAt, name, asked)
  }

  drop(group: number, canonical: string): void {
    this.#delete.run(group, canonical)
  }

  /** The longest unused first. */
  of(group: number): StoredHolder[] {
    return [...this.#of.rows(group)].map(({ used_at: usedAt, ...rest }) => ({ ...rest, usedAt }))
  }

  removeGroup(group: number): void {
    this.#deleteOf.run(group)
  }
}
