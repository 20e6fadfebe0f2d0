// Owns what a prepared change does to its group; that it may, and what it takes, draft.ts found out.

import type { Accepted, PlannedSeries, Prepared } from './change.ts'
import { definitionBytes } from './series.ts'
import { addSeries, dropSeries, type GroupState, rememberRemoval, takeAnnotation } from './state.ts'

/** Makes a prepared change happen: in the order in which they were prepared, on the group they were prepared for. */
export function perform(state: GroupState, { effect, cursor, time, isVisible }: Prepared): Accepted {
  const { epoch, revision } = cursor
  switch (effect.type) {
    case 'batch':
      for (const n of effect.removed) rememberRemoval(state, n, revision)
      for (const [key, planned] of effect.series) performSeries(state, key, planned)
      for (const { n, time: at, value, revision: shownAt } of effect.recorded) {
        state.numbered.get(n)?.ring.add(at, value, shownAt)
      }
      for (const n of effect.removed) state.nextNumber = Math.max(state.nextNumber, n + 1)
      break
    case 'annotation':
      takeAnnotation(state, effect.annotation)
      break
    case 'board':
      state.board = effect.board
      state.boardAt = revision
      break
    case 'renew':
      state.floor = revision
      break
    case 'none':
      break
    default:
      effect satisfies never
  }
  if (isVisible) {
    state.epoch = epoch
    state.revision = revision
    state.time = time
  }
  const annotation = effect.type === 'annotation' || effect.type === 'none' ? effect.annotation : undefined
  return annotation === undefined ? { cursor } : { cursor, annotation }
}

function performSeries(state: GroupState, key: string, planned: PlannedSeries): void {
  const { definition, definedAt, value, valueAt, time } = planned
  // Nearly always it is there under its number, which is found quicker than its key.
  const known = (definition && state.numbered.get(definition.n)) ?? state.series.get(key)
  if (known !== undefined && known.definition.n !== definition?.n) {
    dropSeries(state, known)
    state.definitionBytes -= definitionBytes(known.definition)
  }
  if (definition === undefined) return
  const isNew = known?.definition.n !== definition.n
  const series = isNew ? addSeries(state, definition, definedAt) : known
  if (isNew) state.definitionBytes += definitionBytes(definition)
  else if (known.definition !== definition) {
    state.definitionBytes += definitionBytes(definition) - definitionBytes(known.definition)
  }
  series.definition = definition
  series.definedAt = definedAt
  series.value = value
  series.valueAt = valueAt
  series.time = time
  state.nextNumber = Math.max(state.nextNumber, definition.n + 1)
}
