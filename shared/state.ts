// Owns GroupState: what a group is, the same for server, page and leading tab; commit, apply and changes work on it.

import { type Annotation, type RunName, runNameOf } from './annotation.ts'
import type { Board } from './board.ts'
import { type Cursor, startCursor } from './cursor.ts'
import { limits } from './limits.ts'
import { Ring } from './ring.ts'
import { Run } from './run.ts'
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

/** A group at a revision. `aside` holds changed annotations that are older than the run they belong to. */
export interface GroupState {
  readonly group: string
  /** How far back the rings of its series reach, ms. */
  reachMs: number
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
  readonly talk: Run
  readonly logs: Run
  readonly aside: Map<number, Annotation>
  /**
   * Ids of annotations that changed above the floor, to their revision, oldest first. New ones of the logs are not
   * among them: their order tells them, and a storm of them must not let go what people wrote.
   */
  readonly changed: Map<number, number>
  lastId: number
  board: Board | null
  boardAt: number
}

/** A group that nobody wrote to. @default 15 minutes */
export function createState(group: string, reachMs: number = limits.windowMs): GroupState {
  return {
    group,
    reachMs,
    ...startCursor,
    floor: 0,
    time: 0,
    series: new Map(),
    numbered: new Map(),
    nextNumber: 1,
    definitionBytes: 0,
    removals: new Map(),
    talk: new Run(),
    logs: new Run(),
    aside: new Map(),
    changed: new Map(),
    lastId: 0,
    board: null,
    boardAt: 0,
  }
}

/** Makes a group what it was before anybody wrote to it, in its place: who holds it need not be told of another. */
export function emptyState(state: GroupState): void {
  clearSeries(state)
  for (const part of [state.removals, state.aside, state.changed]) part.clear()
  for (const run of [state.talk, state.logs]) run.clear(0)
  Object.assign(state, startCursor)
  state.floor = 0
  state.time = 0
  state.nextNumber = 1
  state.definitionBytes = 0
  state.lastId = 0
  state.board = null
  state.boardAt = 0
}

/** Lets all rings reach this far back from now on, ms; the past itself comes with a window. */
export function reachBack(state: GroupState, reachMs: number): void {
  state.reachMs = reachMs
  for (const { ring } of state.series.values()) ring.reachBack(reachMs)
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
    ring: new Ring(state.reachMs),
  }
  state.series.set(series.key, series)
  state.numbered.set(definition.n, series)
  turn(state)
  return series
}

/** Takes a series out of the group. */
export function dropSeries(state: GroupState, series: Series): void {
  state.series.delete(series.key)
  state.numbered.delete(series.definition.n)
  turn(state)
}

/** Takes all series out of the group. */
export function clearSeries(state: GroupState): void {
  state.series.clear()
  state.numbered.clear()
  turn(state)
}

type AllSeries = GroupState['series']

// How often a series of a group came or went. It is beside the state: two states are equal however they came to be so.
const turns = new WeakMap<AllSeries, number>()

function turn({ series }: GroupState): void {
  turns.set(series, turnOf(series) + 1)
}

function turnOf(series: AllSeries): number {
  return turns.get(series) ?? 0
}

/**
 * Reads something of which series a group has, once until one of them comes or goes: charts ask ten times a second.
 * What changes with a definition or a value must not be read so.
 */
export function readOnce<T>(read: (series: AllSeries) => T): (state: Pick<GroupState, 'series'>) => T {
  const known = new WeakMap<AllSeries, { readonly turn: number; readonly value: T }>()
  return ({ series }) => {
    const last = known.get(series)
    if (last?.turn === turnOf(series)) return last.value
    const value = read(series)
    known.set(series, { turn: turnOf(series), value })
    return value
  }
}

/** The run of this name. */
export function runOf(state: GroupState, name: RunName): Run {
  return name === 'talk' ? state.talk : state.logs
}

/** The annotation with this id, in a run or aside. */
export function findAnnotation(state: GroupState, id: number): Annotation | undefined {
  return state.talk.find(id) ?? state.logs.find(id) ?? state.aside.get(id)
}

/** Takes a new or changed annotation in: into its run, or aside when it is older, and remembers that it changed. */
export function takeAnnotation(state: GroupState, annotation: Annotation): void {
  const { id, revision } = annotation
  const name = runNameOf(annotation)
  const run = runOf(state, name)
  const last = run.annotations.at(-1)
  const isInRun = run.put(annotation)
  // A run that memory let go of is empty, and what is older than it is not new.
  const isNewLog = name === 'logs' && isInRun && (last === undefined || id > last.id)
  if (!isInRun) state.aside.set(id, annotation)
  state.lastId = Math.max(state.lastId, id)
  if (!isNewLog) rememberChanged(state, id, revision)
  // The one before is newer: it was changed before it was seen here, so the order of the logs does not tell it.
  else if (last !== undefined && last.revision > revision) rememberChanged(state, last.id, last.revision)
}

function rememberChanged(state: GroupState, id: number, revision: number): void {
  state.changed.delete(id)
  state.changed.set(id, revision)
  const forgotten = forgetOldest(state, state.changed)
  if (forgotten !== undefined) state.aside.delete(forgotten)
}

/** Lets the oldest annotations of a run go until it has this many; what changed above the floor stays aside. */
export function trimRun(state: GroupState, name: RunName, length: number): void {
  keepChanged(state, runOf(state, name).trim(length))
}

/** Begins a run anew at an id; what changed above the floor stays aside. */
export function cutRun(state: GroupState, name: RunName, earlier: number): void {
  keepChanged(state, runOf(state, name).cut(earlier))
}

function keepChanged(state: GroupState, gone: readonly Annotation[]): void {
  for (const annotation of gone) {
    if (state.changed.has(annotation.id)) state.aside.set(annotation.id, annotation)
  }
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
