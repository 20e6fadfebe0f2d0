// Owns changesSince: the difference between a cursor and a group. It reads no clock; the past is window.ts's.

import type { Annotation } from './annotation.ts'
import { utf8Bytes } from './bytes.ts'
import type { Cursor } from './cursor.ts'
import { limits } from './limits.ts'
import type { Run } from './run.ts'
import type { Definition } from './series.ts'
import { findAnnotation, type GroupState, type Series } from './state.ts'
import type { SeriesValue, Update } from './update.ts'

// A value's age travels only when it matters to a reader: the design's second.
const freshMs = 1_000

/**
 * What changed in a group since a cursor. `from` is 0, and the update is the whole group, when the difference cannot
 * be told: another epoch, a cursor of the future or below the floor, or more annotations than a snapshot may carry.
 */
export function changesSince(state: GroupState, cursor: Cursor): Update {
  const from = tellableFrom(state, cursor)
  if (from === 0) return snapshot(state)
  const logs = logsSince(state, from)
  const annotations = annotationsSince(state, from, logs)
  return annotations === undefined ? snapshot(state) : difference(state, from, annotations, logs)
}

function tellableFrom(state: GroupState, { epoch, revision }: Cursor): number {
  const isTellable = epoch === state.epoch && revision <= state.revision && revision >= state.floor
  return isTellable ? revision : 0
}

function difference(state: GroupState, from: number, annotations: readonly Annotation[], logs: Logs): Update {
  const removed = [...state.removals].filter(([, revision]) => revision > from).map(([n]) => n)
  const series: Definition[] = []
  const values: SeriesValue[] = []
  for (const one of state.series.values()) {
    if (one.definedAt > from) series.push(one.definition)
    if (one.valueAt > from) values.push(valueSince(one, from, state.time))
  }
  return {
    ...head(state, from),
    ...(removed.length > 0 ? { removed } : {}),
    ...(series.length > 0 ? { series } : {}),
    ...(values.length > 0 ? { values } : {}),
    ...(annotations.length > 0 ? { annotations: [...annotations] } : {}),
    ...(logs.isWhole ? {} : { earlierLog: logs.earlier }),
    ...(state.boardAt > from ? { board: state.board } : {}),
  }
}

function snapshot(state: GroupState): Update {
  const all = [...state.series.values()]
  const logs = logsSince(state, 0)
  const talk = newestOf(state.talk, limits.snapshotAnnotations, limits.maxSnapshotAnnotationBytes - logs.bytes)
  return {
    ...head(state, 0),
    series: all.map((series) => series.definition),
    values: all.map((series) => valueSince(series, state.revision, state.time)),
    annotations: byId([...talk.annotations, ...logs.annotations]),
    earlier: talk.earlier,
    ...(logs.earlier === 0 ? {} : { earlierLog: logs.earlier }),
    board: state.board,
  }
}

function head(state: GroupState, from: number): Update {
  return { type: 'update', group: state.group, epoch: state.epoch, from, to: state.revision, time: state.time }
}

function valueSince(series: Series, from: number, now: number): SeriesValue {
  const { n } = series.definition
  const { value, time } = series
  const ageMs = Math.max(0, now - time)
  const extremes = series.ring.extremesSince(from)
  if (extremes !== undefined && (extremes.least !== value || extremes.greatest !== value)) {
    return [n, value, ageMs, extremes.least, extremes.greatest]
  }
  return ageMs > freshMs ? [n, value, ageMs] : [n, value]
}

// Undefined when telling them would cost more than the snapshot's share of a frame.
function annotationsSince(state: GroupState, from: number, logs: Logs): readonly Annotation[] | undefined {
  const since = new Map(logs.annotations.map((annotation) => [annotation.id, annotation]))
  let { bytes } = logs
  for (const [id, revision] of state.changed) {
    const annotation = revision > from && !since.has(id) ? findAnnotation(state, id) : undefined
    if (annotation === undefined) continue
    since.set(id, annotation)
    bytes += bytesOf(annotation)
    if (bytes > limits.maxSnapshotAnnotationBytes) return undefined
  }
  return byId([...since.values()])
}

function byId(annotations: Annotation[]): Annotation[] {
  return annotations.sort((a, b) => a.id - b.id)
}

interface Newest {
  /** Oldest first. */
  readonly annotations: readonly Annotation[]
  readonly bytes: number
  /** The id before which to page for the rest of the run; 0 when this is all of it. */
  readonly earlier: number
}

interface Logs extends Newest {
  /** Whether these are all that were written since. */
  readonly isWhole: boolean
}

// What was written to the logs since a revision, or the newest of it: the rest is paged in, by who wants to read it.
function logsSince(state: GroupState, from: number): Logs {
  const newest = newestOf(state.logs, limits.updateLogs, limits.maxUpdateLogBytes, from)
  const first = newest.annotations[0]?.id ?? state.lastId + 1
  const before = state.logs.annotations[state.logs.position(first) - 1]
  return { ...newest, isWhole: before === undefined ? state.logs.earlier === 0 : before.revision <= from }
}

function newestOf(run: Run, count: number, maxBytes: number, from = 0): Newest {
  const annotations: Annotation[] = []
  let bytes = 0
  for (let at = run.length - 1; at >= 0 && annotations.length < count; at--) {
    const annotation = run.annotations[at]
    if (annotation === undefined || annotation.revision <= from || bytes + bytesOf(annotation) > maxBytes) break
    bytes += bytesOf(annotation)
    annotations.push(annotation)
  }
  annotations.reverse()
  const isAll = annotations.length === run.length
  return { annotations, bytes, earlier: isAll ? run.earlier : (annotations[0]?.id ?? run.lastId + 1) }
}

// An annotation never changes, it is replaced: its size is reckoned once.
const sizes = new WeakMap<Annotation, number>()

function bytesOf(annotation: Annotation): number {
  const known = sizes.get(annotation)
  if (known !== undefined) return known
  const bytes = utf8Bytes(JSON.stringify(annotation)) + 1
  sizes.set(annotation, bytes)
  return bytes
}
