// Owns a board as somebody wrote it: what it says, and the places of what no board has. Putting it is the engine's.

import { accept, type BoardDraft, boardDraft, decodeValue, pointerStep, type Result } from '@chartroom/shared'

/** A board that was read. */
export interface BoardBody {
  readonly board: BoardDraft
  /** The places, as JSON pointers, of what no board has: not wrong, and most often a slip of the pen. */
  readonly ignored: readonly string[]
}

// What a board that was read or put has besides, and what tells an editor how to check the file.
const silent = new Set(['revision', 'author', 'ignored', '$schema'])

/** Reads a board from what its JSON says. */
export function boardBodyOf(said: unknown): Result<BoardBody> {
  const board = decodeValue(boardDraft, said)
  return board.ok ? accept({ board: board.value, ignored: ignoredIn(said, board.value) }) : board
}

function ignoredIn(said: unknown, taken: unknown, place = ''): string[] {
  if (typeof said !== 'object' || said === null || typeof taken !== 'object' || taken === null) return []
  return Object.entries(said).flatMap(([name, value]) => {
    const pointer = place + pointerStep(name)
    if (Object.hasOwn(taken, name)) return ignoredIn(value, Reflect.get(taken, name), pointer)
    return silent.has(name) ? [] : [pointer]
  })
}
