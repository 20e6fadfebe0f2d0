// Owns applyUpdate and applyPage: how a receiver takes in what it is sent, the same in every client.

import type { Annotation, AnnotationPage, RunName } from './annotation.ts'
import { decodeCursor } from './cursor.ts'
import { bucketMs } from './ring.ts'
import { type Definition, definitionBytes } from './series.ts'
import {
  addSeries,
  clearSeries,
  cutRun,
  dropSeries,
  findAnnotation,
  type GroupState,
  rememberRemoval,
  runOf,
  takeAnnotation,
} from './state.ts'
import type { SeriesValue, Update, Window } from './update.ts'

/**
 * What an update did: `replaced` everything; `merged`; `nothing`, because it ended below the state; or `gap`: it does
 * not join on, so subscribe again with the state's cursor.
 */
export type Outcome = 'replaced' | 'merged' | 'nothing' | 'gap'

/** Takes an update into a state. Taking it twice is taking it once; it may start before the state stands. */
export function applyUpdate(state: GroupState, update: Update): Outcome {
  if (update.from === 0) replace(state, update)
  else if (update.epoch !== state.epoch || update.from > state.revision) return 'gap'
  else if (update.to < state.revision) return 'nothing'
  else merge(state, update)
  if (update.window !== undefined) takeWindow(state, update.window, update)
  return update.from === 0 ? 'replaced' : 'merged'
}

/**
 * Takes a page of older annotations of a run that was asked for with `before: asked`: it extends the run backwards, and
 * for each id the greater revision wins. False when it changed nothing, because it does not join on: it was asked for
 * twice, or the run began anew since. Ask again then, if there still is something earlier.
 */
export function applyPage(state: GroupState, page: AnnotationPage, asked: number, name: RunName = 'talk'): boolean {
  const run = runOf(state, name)
  if (asked < run.earlier || page.before >= run.earlier || !isKnownSince(state, page.cursor)) return false
  const older = page.annotations.filter((annotation) => annotation.id < run.earlier).reverse()
  const newest = older.map((annotation) => newer(annotation, state.aside.get(annotation.id)))
  for (const { id } of newest) state.aside.delete(id)
  run.extend(newest, page.before)
  return true
}

// What changed on a page after it was read is known here only above the floor.
function isKnownSince(state: GroupState, page: string): boolean {
  const cursor = decodeCursor(page)
  return cursor !== undefined && cursor.epoch === state.epoch && cursor.revision >= state.floor
}

function replace(state: GroupState, update: Update): void {
  clearSeries(state)
  state.removals.clear()
  state.changed.clear()
  state.aside.clear()
  state.definitionBytes = 0
  state.nextNumber = 1
  state.lastId = 0
  state.talk.clear(update.earlier ?? 0)
  state.logs.clear(update.earlierLog ?? 0)
  // What went before this is not known here, so no difference can be told from below it.
  state.floor = update.to
  merge(state, update)
}

function merge(state: GroupState, update: Update): void {
  for (const n of update.removed ?? []) remove(state, n, update.to)
  for (const definition of update.series ?? []) define(state, definition, update.to)
  for (const value of update.values ?? []) setValue(state, value, update)
  if (update.from > 0 && update.earlierLog !== undefined) cutRun(state, 'logs', update.earlierLog)
  for (const annotation of update.annotations ?? []) takeNewer(state, annotation)
  if (update.board !== undefined) {
    state.board = update.board
    state.boardAt = update.to
  }
  state.epoch = update.epoch
  state.revision = update.to
  state.time = update.time
}

function remove(state: GroupState, n: number, revision: number): void {
  const series = state.numbered.get(n)
  if (series !== undefined) {
    state.definitionBytes -= definitionBytes(series.definition)
    dropSeries(state, series)
  }
  rememberRemoval(state, n, revision)
}

function define(state: GroupState, definition: Definition, revision: number): void {
  const known = state.numbered.get(definition.n)
  state.definitionBytes += definitionBytes(definition) - (known === undefined ? 0 : definitionBytes(known.definition))
  state.nextNumber = Math.max(state.nextNumber, definition.n + 1)
  if (known === undefined) {
    addSeries(state, definition, revision)
    return
  }
  known.definition = definition
  known.definedAt = revision
}

function setValue(state: GroupState, value: SeriesValue, update: Update): void {
  const [n, present, ageMs = 0, least = present, greatest = present] = value
  const series = state.numbered.get(n)
  if (series === undefined) return
  const time = update.time - ageMs
  series.value = present
  series.valueAt = update.to
  series.time = time
  series.ring.merge(time, { last: present, least, greatest }, update.to)
}

function takeNewer(state: GroupState, annotation: Annotation): void {
  const known = findAnnotation(state, annotation.id)
  if (known === undefined || known.revision < annotation.revision) takeAnnotation(state, annotation)
}

// The window tells its time whole: what the ring held of it may have had holes.
function takeWindow(state: GroupState, { start, bucketMs: widthMs, series }: Window, { from, to, time }: Update): void {
  const rings = [...state.numbered.values()].map(({ ring }) => ring)
  // A difference tells the extremes of all its time at its last sample: the first and the last bucket that go may stand
  // for what came before the window. A snapshot tells of no time, and the age of its values only from a second on.
  const edges = from === 0 ? [] : rings.map((ring) => [ring.at(ring.positionFrom(start)), ring.at(ring.length - 1)])
  for (const ring of rings) ring.cut(start)
  for (const [n, points] of series) {
    const ring = state.numbered.get(n)?.ring
    if (ring === undefined) continue
    for (let at = 0; at + 3 < points.length; at += 4) {
      const [index = 0, last = null, least = null, greatest = null] = points.slice(at, at + 4)
      const begin = start + (index ?? 0) * widthMs
      // The newest bucket has just begun: what comes after the update is not in it, and has its own second.
      ring.merge(begin, { last, least, greatest, widthMs: Math.min(widthMs, endOfSecond(time) - begin) }, to)
    }
  }
  for (const [at, ring] of rings.entries()) {
    for (const bucket of edges[at] ?? []) if (bucket !== undefined) ring.keep(bucket, start)
  }
}

function endOfSecond(time: number): number {
  return (Math.floor(time / bucketMs) + 1) * bucketMs
}

function newer(annotation: Annotation, other: Annotation | undefined): Annotation {
  return other !== undefined && other.revision > annotation.revision ? other : annotation
}
