// Owns how a statement is prepared and bound; which tables there are is not its own.

import type { Database } from 'libsql'

/** What SQLite takes. */
export type Bound = number | string | Uint8Array | null

/** A blob as it comes back: `get` gives another kind than the rest. `new Uint8Array` takes both. */
export type Blob = Uint8Array | ArrayBuffer

/** A statement whose rows are `Row`s: the names and types of the columns that its SQL selects. */
export interface Prepared<Row> {
  /** The id of the row that was inserted, and how many were changed. */
  run(...values: Bound[]): { readonly id: number; readonly changes: number }
  get(...values: Bound[]): Row | undefined
  /** To be read to the end: until then the statement stays open. */
  rows(...values: Bound[]): Iterable<Row>
}

/** Prepares a statement once for many uses. */
export function prepare<Row = never>(db: Database, sql: string): Prepared<Row> {
  const statement = db.prepare<[Bound[]]>(sql)
  // The values go as one array: a Buffer or a null alone would be taken for named parameters.
  return {
    run(...values) {
      const { lastInsertRowid, changes } = statement.run(values)
      return { id: Number(lastInsertRowid), changes }
    },
    get: (...values) => statement.get(values) as Row | undefined, // the columns that the SQL selects
    rows: (...values) => statement.iterate(values) as Iterable<Row>, // the columns that the SQL selects
  }
}
