// Owns the lives of the file: the mark of a clean stop is the last thing written, and erased before anything else is.

import type { Database } from 'libsql'
import { prepare } from './prepared.ts'

/** Begins a life, or goes on with the one that was ended cleanly; returns its number. `isNew` begins one in any case. */
export function beginLife(db: Database, isNew: boolean): number {
  const file = prepare<{ life: number; is_clean: number }>(db, 'SELECT life, is_clean FROM file').get()
  const { life, is_clean: isClean } = file ?? { life: 0, is_clean: 0 }
  const now = isClean === 1 && !isNew ? life : life + 1
  prepare(db, 'UPDATE file SET life = ?, is_clean = 0').run(now)
  return now
}

/** Ends a life cleanly: everything that was shown is in the file. */
export function endLife(db: Database): void {
  db.exec('UPDATE file SET is_clean = 1')
}

/** Writes to the file without changing it, in the transaction that runs: to see whether the disk takes anything. */
export function touch(db: Database): void {
  // SQLite writes no page whose bytes stay as they were at each step.
  db.exec('UPDATE file SET is_clean = 1; UPDATE file SET is_clean = 0')
}
