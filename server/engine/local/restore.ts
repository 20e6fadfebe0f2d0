// Owns how a group that comes from the disk stands in memory again; in another life than it was written in, it begins a
// new epoch.

import { addSeries, Draft, definitionBytes, type GroupState, limits, type Prepared, perform } from '@chartroom/shared'
import type { KeptGroup } from '../kept.ts'
import type { SampleColumns, StoredGroupState } from './stored.ts'

// More revisions than one life can have shown and lost: they were shown within about a second, and even bare batches
// come slower than this.
const lostRevisions = 100_000

/** Fills an empty group. `life` is this run's; what begins a new epoch is returned, so that it is written. */
export function restore(
  kept: KeptGroup,
  stored: StoredGroupState,
  life: number,
  epoch: string,
  now: number,
): Prepared | undefined {
  fill(kept, stored)
  if (stored.head.life === life) return undefined
  const { state } = kept
  // A life may have shown the group and ended before it wrote even that it had begun.
  state.revision += lostRevisions * (life - stored.head.life)
  const prepared = new Draft(state).prepare({ type: 'renew', epoch }, now, epoch)
  if (!prepared.ok) throw new Error(`A new epoch was refused: ${prepared.refusal.message}`)
  perform(state, prepared.value)
  return prepared.value
}

function fill({ state, keys, holders }: KeptGroup, stored: StoredGroupState): void {
  const { life: _life, ...head } = stored.head
  Object.assign(state, head)
  state.floor = Math.max(state.floor, floorOf(stored.removals), floorOf(stored.changed))
  for (const { definition, definedAt, value, valueAt, time } of stored.series) {
    Object.assign(addSeries(state, definition, definedAt), { value, valueAt, time })
    state.definitionBytes += definitionBytes(definition)
  }
  for (const [n, revision] of stored.removals) state.removals.set(n, revision)
  for (const [id, revision] of stored.changed) state.changed.set(id, revision)
  for (const annotation of stored.aside) state.aside.set(annotation.id, annotation)
  state.talk.extend(stored.talk, stored.talkEarlier)
  state.logs.extend(stored.logs, stored.logsEarlier)
  for (const { key, annotation, at } of stored.keys) {
    keys.remember(key, annotation === undefined ? {} : { annotation }, at)
  }
  holders.restore(stored.holders)
  fillRings(state, stored.samples)
}

// Of as many as are remembered, what was before the oldest may be forgotten since the head was last written.
function floorOf(remembered: readonly (readonly [number, number])[]): number {
  return remembered.length < limits.rememberedChanges ? 0 : (remembered[0]?.[1] ?? 0)
}

function fillRings(state: GroupState, { keys, at, times, values, revisions }: SampleColumns): void {
  const rings = keys.map((key) => state.series.get(key)?.ring)
  for (const [row, time] of times.entries()) {
    const value = values[row] ?? Number.NaN
    const shownAt = revisions[row] || undefined
    rings[at[row] ?? -1]?.add(time, Number.isNaN(value) ? null : value, shownAt)
  }
}
