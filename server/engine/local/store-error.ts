// Owns what a disk may refuse, and how it is said.

import { StorageError } from '../storage-error.ts'

/** Why a file cannot be opened or written; `no_folder`: there is no place for it. */
export type StoreProblem = 'full' | 'read_only' | 'busy' | 'broken' | 'no_folder'

/** The file does not take it; the message is for whoever runs the server. */
export class StoreError extends StorageError {
  readonly problem: StoreProblem

  constructor(problem: StoreProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StoreError'
    this.problem = problem
  }
}

/** What a problem is in our words, for whoever asks for the server's health: what SQLite says of it is for the log. */
export const problemWords: Readonly<Record<StoreProblem, string>> = {
  full: 'The disk is full.',
  read_only: 'The file cannot be written.',
  busy: 'Another process has this data open.',
  broken: 'The file cannot be used.',
  no_folder: 'There is no folder for the data.',
}

/** What SQLite's own error means. Codes: https://www.sqlite.org/rescode.html */
export function storeErrorOf(error: unknown): StoreError {
  const problem = problemOf(error instanceof Error && 'code' in error ? String(error.code) : '')
  if (problem !== 'broken') return new StoreError(problem, problemWords[problem], { cause: error })
  const detail = error instanceof Error ? error.message : String(error)
  return new StoreError(problem, `The file cannot be used: ${detail}.`, { cause: error })
}

function problemOf(code: string): StoreProblem {
  if (code.startsWith('SQLITE_FULL')) return 'full'
  if (code.startsWith('SQLITE_READONLY')) return 'read_only'
  return code.startsWith('SQLITE_BUSY') ? 'busy' : 'broken'
}
