// Owns how several statements become one: all of them or none.

import type { Database } from 'libsql'

/** Does the work in a transaction of its own; what the work throws takes everything back. */
export function inTransaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const done = work()
    db.exec('COMMIT')
    return done
  } catch (error) {
    // A full disk makes SQLite roll back by itself.
    if (db.inTransaction) db.exec('ROLLBACK')
    throw error
  }
}
