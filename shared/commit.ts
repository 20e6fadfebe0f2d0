// Owns commit: a change takes the next revision of its group at once, or is refused whole. Who must store it first
// prepares and performs it in two steps.

import type { Accepted, Change } from './change.ts'
import { Draft } from './draft.ts'
import { accept, type Result } from './fault.ts'
import { perform } from './perform.ts'
import type { GroupState } from './state.ts'

/** Makes a change happen to a group at a time (Unix ms); `epoch` names the group's first life, as in `Draft.prepare`. */
export function commit(state: GroupState, change: Change, time: number, epoch: string): Result<Accepted> {
  const prepared = new Draft(state).prepare(change, time, epoch)
  return prepared.ok ? accept(perform(state, prepared.value)) : prepared
}
