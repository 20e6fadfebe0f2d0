// Owns GroupState: what a group is, the same for server, page and leading tab; commit, apply and changes work on it.

import type { Annotation } from './annotation.ts'
import type { Board } from './board.ts'
import { type Cursor, startCursor } from './cursor.ts'
import { limits } from './limits.ts'
import { Ring } from './ring.ts'
import { category, type Definition, seriesKey } from './series.ts'

/** One series of a group: its definition and its value apart, each with the revision at which it last changed. */
export interface Series {
  readonly key: string
  readonly category: string
  definition: Definition
  definedAt: number
  /** The present value; `null` is a gap. */
  value: number | null
  valueAt: number
  /** When the present value was so, Unix ms. */
  time: number
  readonly ring: Ring
}

/**
 * A group at a revision. The log is one run without holes, ordered by id; `earlier` is the id before which to page
 * for what is older, 0 when it begins here; `aside` holds changed annotations outside that run.
 */
export interface GroupState {
  readonly group: string
  epoch: string
  revision: number
  /** The newest revision that was let go: no difference can be told from below it. */
  floor: number
  /** The server's time of `revision`, Unix ms. */
  time: number
  readonly series: Map<string, Series>
  readonly numbered: Map<number, Series>
  /** The next series number of this epoch. */
  nextNumber: number
  /** The JSON bytes of all definitions. */
  definitionBytes: number
  /** Number of a removed series to the revision at which it went, oldest first. */
  readonly removals: Map<number, number>
  log: Annotation[]
  earlier: number
  readonly aside: Map<number, Annotation>
  /** Ids of annotations that changed above the floor, to their revision, oldest first. */
  readonly changed: Map<number, number>
  lastId: number
  board: Board | null
  boardAt: number
}

/** A group that nobody wrote to. */
export function createState(group: string): GroupState {
  return {
    group,
    ...startCursor,
    floor: 0,
    time: 0,
    series: new Map(),
    numbered: new Map(),
    nextNumber: 1,
    definitionBytes: 0,
    removals: new Map(),
    log: [],
    earlier: 0,
    aside: new Map(),
    changed: new Map(),
    lastId: 0,
    board: null,
    boardAt: 0,
  }
}

/** Where the group stands. */
export function cursorOf(state: GroupState): Cursor {
  return { epoch: state.epoch, revision: state.revision }
}

/** Puts a new series into the group, without a value yet. */
export function addSeries(state: GroupState, definition: Definition, revision: number): Series {
  const series: Series = {
    key: seriesKey(definition.metric, definition.labels),
    category: category(definition.labels),
    definition,
    definedAt: revision,
    value: null,
    valueAt: revision,
    time: 0,
    ring: new Ring(),
  }
  state.series.set(series.key, series)
  state.numbered.set(definition.n, series)
  return series
}

/** Takes a series out of the group. */
export function dropSeries(state: GroupState, series: Series): void {
  state.series.delete(series.key)
  state.numbered.delete(series.definition.n)
}

/** The annotation with this id, in the run or aside. */
export function findAnnotation(state: GroupState, id: number): Annotation | undefined {
  const position = logPosition(state, id)
  const found = state.log[position]
  return found?.id === id ? found : state.aside.get(id)
}

/** The position in the log of the first annotation whose id is not below this one. */
export function logPosition(state: GroupState, id: number): number {
  let low = 0
  let high = state.log.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((state.log[middle]?.id ?? 0) < id) low = middle + 1
    else high = middle
  }
  return low
}

/** Puts an annotation where it belongs: into the run, or aside when it is older than the run. */
export function putAnnotation(state: GroupState, annotation: Annotation): void {
  const { id } = annotation
  if (id < state.earlier) {
    state.aside.set(id, annotation)
    return
  }
  const position = logPosition(state, id)
  const replaces = state.log[position]?.id === id ? 1 : 0
  state.log.splice(position, replaces, annotation)
  state.lastId = Math.max(state.lastId, id)
}

/** Lets the oldest annotations of the run go until it has this many; what changed above the floor stays aside. */
export function trimLog(state: GroupState, length: number): void {
  if (state.log.length <= length) return
  for (const annotation of state.log.splice(0, state.log.length - length)) {
    if (state.changed.has(annotation.id)) state.aside.set(annotation.id, annotation)
  }
  state.earlier = state.log[0]?.id ?? state.lastId + 1
}

/** Remembers that an annotation changed at a revision; returns the id that was let go for it, if one was. */
export function rememberChanged(state: GroupState, id: number, revision: number): number | undefined {
  state.changed.delete(id)
  state.changed.set(id, revision)
  return forgetOldest(state, state.changed)
}

/** Remembers that a series number went at a revision. */
export function rememberRemoval(state: GroupState, n: number, revision: number): void {
  state.removals.delete(n)
  state.removals.set(n, revision)
  forgetOldest(state, state.removals)
}

function forgetOldest(state: GroupState, remembered: Map<number, number>): number | undefined {
  if (remembered.size <= limits.rememberedChanges) return undefined
  const [oldest] = remembered
  if (oldest === undefined) return undefined
  const [id, revision] = oldest
  remembered.delete(id)
  state.floor = Math.max(state.floor, revision)
  return id
}
