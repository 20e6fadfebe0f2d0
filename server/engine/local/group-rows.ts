// Owns the rows of groups: where each stands, and their list. What is in a group has rows of its own.

import type { Database } from 'libsql'
import { prepare } from './prepared.ts'
import type { StoredHead, StoredSummary } from './stored.ts'

/** The groups of the file. */
export class GroupRows {
  readonly #find
  readonly #insert
  readonly #update
  readonly #delete
  readonly #list
  readonly #beginningWith

  constructor(db: Database) {
    this.#find = prepare<{ id: number; head: string }>(db, 'SELECT id, head FROM groups WHERE name = ?')
    this.#insert = prepare(db, 'INSERT INTO groups (name, head, annotations) VALUES (?, ?, ?)')
    this.#update = prepare(db, 'UPDATE groups SET head = ?, annotations = annotations + ? WHERE id = ?')
    this.#delete = prepare(db, 'DELETE FROM groups WHERE id = ?')
    this.#list = prepare<{ name: string; head: string; annotations: number; series: number }>(
      db,
      `SELECT name, head, annotations, (SELECT count(*) FROM series WHERE group_id = groups.id) AS series FROM groups`,
    )
    this.#beginningWith = prepare<{ name: string }>(
      db,
      'SELECT name FROM groups WHERE substr(name, 1, length(?1)) = ?1',
    )
  }

  idOf(group: string): number | undefined {
    return this.#find.get(group)?.id
  }

  headOf(group: string): StoredHead | undefined {
    const row = this.#find.get(group)
    return row === undefined ? undefined : (JSON.parse(row.head) as StoredHead) // as `put` wrote it
  }

  /** The id of a group that somebody wrote to, made when it is new. */
  open(group: string, head: StoredHead): number {
    return this.idOf(group) ?? this.#insert.run(group, JSON.stringify(head), 0).id
  }

  /** Says where a group stands now, and how many more annotations its talk has. */
  put(id: number, head: StoredHead, annotations: number): void {
    this.#update.run(JSON.stringify(head), annotations, id)
  }

  remove(id: number): void {
    this.#delete.run(id)
  }

  /** The names that begin with a text. */
  beginningWith(text: string): string[] {
    return [...this.#beginningWith.rows(text)].map(({ name }) => name)
  }

  list(): StoredSummary[] {
    return [...this.#list.rows()].map(({ name, head, annotations, series }) => {
      const { life, epoch, revision, time } = JSON.parse(head) as StoredHead // as `put` wrote it
      return { group: name, life, epoch, revision, time, series, annotations }
    })
  }
}
