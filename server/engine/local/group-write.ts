// Owns what is written of one group at a time: its head, and the rows of what changed. When, and what becomes of it, is
// local-group.ts's.

import type { GroupState, Prepared } from '@chartroom/shared'
import type { Append } from '../engine.ts'
import type { HolderChanges } from '../holders.ts'
import type { GroupWrite, StoredHead, StoredKey, StoredSeries } from './stored.ts'
import { rowsOf, type Taken } from './unwritten.ts'
import { WaitingSamples } from './waiting-samples.ts'

/** A change that was prepared, with the key by which it was asked for. */
export interface Keyed {
  readonly append: Pick<Append, 'key'>
  readonly prepared: Prepared
}

/** What is written of a group. */
export interface Writing {
  readonly changes: readonly Keyed[]
  readonly holders: HolderChanges
  readonly taken: Taken | undefined
}

/** The rows of a writing at a time (Unix ms). `name` is the key of the group, `head` what it counts then. */
export function groupWriteOf(
  name: string,
  state: GroupState,
  head: Omit<StoredHead, 'floor' | 'board' | 'boardAt'>,
  { changes, holders, taken }: Writing,
  now: number,
): GroupWrite {
  const rows = rowsOf(state, taken === undefined ? [] : [...taken.samples.keys, ...taken.removed])
  const removals = [...(taken?.removals ?? [])]
  const annotations = []
  let { board, boardAt } = state
  for (const { effect, cursor } of changes.map(({ prepared }) => prepared)) {
    if (effect.type === 'annotation') annotations.push(effect.annotation)
    if (effect.type === 'board') [board, boardAt] = [effect.board, cursor.revision]
    if (effect.type !== 'batch') continue
    for (const n of effect.removed) removals.push([n, cursor.revision] as const)
    for (const [key, { definition, ...rest }] of effect.series) {
      rows.set(key, definition === undefined ? undefined : { key, definition, ...rest })
    }
  }
  return {
    group: name,
    head: { ...head, floor: state.floor, board, boardAt },
    series: [...rows.values()].filter((row): row is StoredSeries => row !== undefined),
    removedKeys: [...rows].filter(([, row]) => row === undefined).map(([key]) => key),
    removals,
    annotations,
    keys: changes.flatMap((one) => keyOf(one, now)),
    holders: holders.held,
    lostHolders: holders.lost,
    ...samplesOf(changes, taken),
  }
}

// What was taken stays as it is: it is put back when it could not be written.
function samplesOf(changes: readonly Keyed[], taken: Taken | undefined): Pick<GroupWrite, 'samples'> {
  const recorded = changes.flatMap(({ prepared: { effect } }) => (effect.type === 'batch' ? [effect.recorded] : []))
  const more = recorded.reduce((sum, { length }) => sum + length, 0)
  const samples = taken?.samples.copy(more) ?? new WaitingSamples(more)
  for (const each of recorded) samples.record(each)
  return samples.length === 0 ? {} : { samples: samples.columns() }
}

function keyOf({ append: { key }, prepared: { effect } }: Keyed, at: number): StoredKey[] {
  if (key === undefined) return []
  const annotation = effect.type === 'annotation' || effect.type === 'none' ? effect.annotation : undefined
  return [{ key, at, ...(annotation === undefined ? {} : { annotation: annotation.id }) }]
}
