// Owns the texts of annotations in the file, and that words which are taken back leave it. Whose they are, and in which
// order, is annotation-rows.ts's.
//
// When a row of SQLite grows, shrinks or goes, its page may be divided or joined with another, and what stood in the
// page stays there as unused bytes, even with secure_delete (tried: of words taken back from rows that grew, 2 in 1,000).
// So a text never changes its size: another one is written over it and filled up with blanks, or behind all others.

import { type RunName, runNames } from '@chartroom/shared'
import type { Database } from 'libsql'
import { prepare } from './prepared.ts'

/** The tables of texts. Of the logs the oldest go again and again, so they do not stand among the talk. */
export const textsSchema = runNames.map(
  (run) => `CREATE TABLE ${tableOf(run)} (row INTEGER PRIMARY KEY, text TEXT NOT NULL);`,
)

/** SQL for the text of the annotation `a`, to be read by `textOf`. */
export const textOfA = `CASE a.run ${runNames
  .map((run, number) => `WHEN ${number} THEN (SELECT text FROM ${tableOf(run)} WHERE row = a.text_row)`)
  .join(' ')} END`

/** The texts of one run. */
export class TextRows {
  readonly #insert
  readonly #size
  readonly #overwrite
  readonly #delete

  constructor(db: Database, run: RunName) {
    const table = tableOf(run)
    this.#insert = prepare(db, `INSERT INTO ${table} (text) VALUES (?)`)
    this.#size = prepare<{ bytes: number }>(
      db,
      `SELECT length(CAST(text AS BLOB)) AS bytes FROM ${table} WHERE row = ?`,
    )
    this.#overwrite = prepare(db, `UPDATE ${table} SET text = ? WHERE row = ?`)
    this.#delete = prepare(db, `DELETE FROM ${table} WHERE row = ?`)
  }

  /** Writes a new text; returns its row. */
  add(text: string): number {
    return this.#insert.run(JSON.stringify(text)).id
  }

  /** Writes a text over that of a row, of which nothing is left; returns the row where it stands now. */
  replace(row: number, text: string): number {
    const bytes = this.#size.get(row)?.bytes ?? 0
    const written = JSON.stringify(text)
    const excess = bytes - Buffer.byteLength(written)
    if (excess >= 0) {
      this.#overwrite.run(written + ' '.repeat(excess), row)
      return row
    }
    this.blank(row)
    return this.add(text)
  }

  /** Takes the text of a row back; the row stays, as large as it was. */
  blank(row: number): void {
    this.replace(row, '')
  }

  /** Deletes a row. */
  drop(row: number): void {
    this.#delete.run(row)
  }
}

/** What was read as `textOfA`. */
export function textOf(written: string): string {
  return JSON.parse(written) as string // as `add` wrote it
}

function tableOf(run: RunName): string {
  return `${run}_texts`
}
