// Owns what a disk may refuse, and how it is said.

import { StorageError } from '../storage-error.ts'

/** Why a file cannot be opened or written. */
export type StoreProblem = 'full' | 'read_only' | 'busy' | 'broken'

/** The file does not take it; the message is for whoever runs the server. */
export class StoreError extends StorageError {
  readonly problem: StoreProblem

  constructor(problem: StoreProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.problem = problem
  }
}

/** What SQLite's own error means. Codes: https://www.sqlite.org/rescode.html */
export function storeErrorOf(error: unknown): StoreError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const detail = error instanceof Error ? error.message : String(error)
  if (code.startsWith('SQLITE_FULL')) return new StoreError('full', 'The disk is full.', { cause: error })
  if (code.startsWith('SQLITE_READONLY')) {
    return new StoreError('read_only', 'The file cannot be written.', { cause: error })
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new StoreError('busy', 'Another process has this data open.', { cause: error })
  }
  return new StoreError('broken', `The file cannot be used: ${detail}.`, { cause: error })
}
