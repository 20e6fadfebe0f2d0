// Owns the change that puts a whole board, for tests that do not care how one came to it.

import type { BoardDraft, Change } from '../../shared/index.ts'

/** The change of a group's board to this one; `null`: as if nobody had arranged it. */
export function arrangeTo(board: BoardDraft | null, name = 'ann'): Change {
  return { type: 'arrange', edits: [{ type: 'replace', board }], name }
}
