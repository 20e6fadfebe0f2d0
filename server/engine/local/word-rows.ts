// Owns the words of annotations: what a search finds, and that words which were taken back are gone from it.

import type { Annotation } from '@chartroom/shared'
import type { Database } from 'libsql'
import { isPrefix, termsOf } from '../terms.ts'
import { pageOf } from './annotation-rows.ts'
import { prepare } from './prepared.ts'
import type { StoredPage } from './stored.ts'

/** The words of all groups, by the rows of their annotations. */
export class WordRows {
  readonly #insert
  readonly #delete
  readonly #find

  constructor(db: Database) {
    this.#insert = prepare(db, 'INSERT INTO words (rowid, in_group, terms) VALUES (?, ?, ?)')
    this.#delete = prepare(db, 'DELETE FROM words WHERE rowid = ?')
    // In a group rows grow with ids, so that the newest are found first, and the rest is never read.
    this.#find = prepare<{ body: string }>(
      db,
      `SELECT a.body AS body FROM words JOIN annotations a ON a.row = words.rowid
       WHERE words MATCH ? AND words.rowid < ? ORDER BY words.rowid DESC LIMIT ?`,
    )
  }

  put(group: number, row: number, text: string, isNew: boolean): void {
    if (!isNew) this.#delete.run(row)
    const terms = termsOf(text)
    if (terms.length > 0) this.#insert.run(row, groupTerm(group), terms.join(' '))
  }

  drop(row: number): void {
    this.#delete.run(row)
  }

  /** Those that have every phrase, of the rows below one, newest first. */
  search(group: number, phrases: readonly (readonly string[])[], beforeRow: number, limit: number): StoredPage {
    if (phrases.length === 0) return { annotations: [], before: 0 }
    const query = `in_group : "${groupTerm(group)}" AND terms : (${phrases.map(matchOf).join(' AND ')})`
    const rows = [...this.#find.rows(query, beforeRow, limit + 1)]
    return pageOf(
      rows.map(({ body }) => JSON.parse(body) as Annotation), // as AnnotationRows wrote it
      limit,
    )
  }
}

function groupTerm(group: number): string {
  return `g${group}`
}

// Terms are letters and digits only, so nothing in them ends the quotes.
function matchOf(phrase: readonly string[]): string {
  const isOpen = isPrefix(phrase.at(-1) ?? '')
  return `"${phrase.join(' ')}"${isOpen ? ' *' : ''}`
}
