// Owns the words of annotations: what a search finds, and that words which were taken back are gone from it.

import type { Database } from 'libsql'
import { isPrefix, termsOf } from '../terms.ts'
import { type AnnotationRow, annotationColumns, annotationOf, pageOf } from './annotation-rows.ts'
import { prepare } from './prepared.ts'
import type { StoredPage } from './stored.ts'

/**
 * The table of words, which has no texts of its own: what leaves it is told the text that it was put in with, so a
 * migration must fill it anew when `termsOf` changes. The terms are ready: `ascii` divides them at spaces only.
 * Its group is a word of its own, so that a search of one group does not read the others.
 */
export const wordsSchema = `
CREATE VIRTUAL TABLE words USING fts5(in_group, terms, content = '', columnsize = 0, tokenize = 'ascii');
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);
`

/** The words of all groups, by the rows of their annotations. */
export class WordRows {
  readonly #insert
  readonly #delete
  readonly #find

  constructor(db: Database) {
    this.#insert = prepare(db, 'INSERT INTO words (rowid, in_group, terms) VALUES (?, ?, ?)')
    this.#delete = prepare(db, "INSERT INTO words (words, rowid, in_group, terms) VALUES ('delete', ?, ?, ?)")
    // In a group rows grow with ids, so that the newest are found first, and the rest is never read.
    this.#find = prepare<AnnotationRow>(
      db,
      `SELECT ${annotationColumns} FROM words JOIN annotations a ON a.row = words.rowid
       WHERE words MATCH ? AND words.rowid < ? ORDER BY words.rowid DESC LIMIT ?`,
    )
  }

  /** Puts the words of a text in. */
  add(group: number, row: number, text: string): void {
    const terms = termsOf(text)
    if (terms.length > 0) this.#insert.run(row, groupTerm(group), terms.join(' '))
  }

  /** Takes the words of a text out, which was put in for this row. */
  drop(group: number, row: number, text: string): void {
    const terms = termsOf(text)
    if (terms.length > 0) this.#delete.run(row, groupTerm(group), terms.join(' '))
  }

  /** Those that have every phrase, of the rows below one, newest first. */
  search(group: number, phrases: readonly (readonly string[])[], beforeRow: number, limit: number): StoredPage {
    if (phrases.length === 0) return { annotations: [], before: 0 }
    const query = `in_group : "${groupTerm(group)}" AND terms : (${phrases.map(matchOf).join(' AND ')})`
    return pageOf([...this.#find.rows(query, beforeRow, limit + 1)].map(annotationOf), limit)
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
