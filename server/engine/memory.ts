// Owns the engine that keeps groups in this process only: nothing outlives it. Counting is the draft's, not its own.

import {
  type Accepted,
  type Annotation,
  type AnnotationPage,
  accept,
  type Change,
  createState,
  cursorOf,
  Draft,
  encodeCursor,
  type GroupState,
  limits,
  perform,
  type Result,
  runNames,
  runOf,
  trimRun,
} from '@chartroom/shared'
import { doneBy } from './accepted.ts'
import type { Append, Engine } from './engine.ts'
import { epochName } from './epoch-name.ts'
import { byTime, KeptGroup } from './kept.ts'
import { historyOf } from './ring-history.ts'
import { noGroup, noSeries } from './room.ts'
import { hasPhrases, phrasesOf } from './terms.ts'

// What a group keeps of each run without a disk: beyond it the oldest annotations go.
const maxAnnotations = 10_000

/** An engine in memory. `now` is Unix ms; `random` (0 to 1) names the epochs. */
export function createMemoryEngine(host: { now(): number; random(): number }): Engine {
  const groups = new Map<string, KeptGroup>()
  let seriesInProcess = 0

  function kept(group: string): KeptGroup {
    const known = groups.get(group)
    if (known !== undefined) return known
    const fresh = new KeptGroup(group)
    groups.set(group, fresh)
    return fresh
  }

  // A group that nobody wrote to and nobody follows leaves no trace.
  function letGo(target: KeptGroup): void {
    const { group } = target.state
    if (!target.isWritten && !target.isFollowed && groups.get(group) === target) groups.delete(group)
  }

  function written(): KeptGroup[] {
    return [...groups.values()].filter(({ isWritten }) => isWritten)
  }

  function roomFor(target: KeptGroup, change: Change): Result<void> {
    if (!target.isWritten && groups.size > limits.maxGroups && written().length >= limits.maxGroups) return noGroup
    const series = target.newSeries(change)
    return series > 0 && seriesInProcess + series > limits.maxSeriesInProcess ? noSeries : accept(undefined)
  }

  // A key answers what it did, whatever became of its author's name since.
  function append(request: Append): Result<Accepted> {
    const target = kept(request.group)
    const done = target.answerOf(request.key, host.now())
    if (done !== undefined) return accept(done)
    const accepted = appendNew(target, request)
    letGo(target)
    return accepted
  }

  function appendNew(target: KeptGroup, { change: asked, key, claim }: Append): Result<Accepted> {
    const { state, keys, holders } = target
    const now = host.now()
    const draft = new Draft(state)
    const signed = target.signed(asked, claim, now, draft)
    if (!signed.ok) return signed
    const room = roomFor(target, signed.value)
    if (!room.ok) return room
    const prepared = draft.prepare(signed.value, now, epochName(host.random))
    if (!prepared.ok) return prepared
    const seriesBefore = state.series.size
    const accepted = perform(state, prepared.value)
    seriesInProcess += state.series.size - seriesBefore
    for (const run of runNames) trimRun(state, run, maxAnnotations)
    // Who was refused holds nothing.
    if (claim !== undefined) holders.grant(claim, now)
    if (key !== undefined) keys.remember(key, doneBy(accepted), now)
    if (prepared.value.isVisible) target.tell(signed.value)
    return accept(accepted)
  }

  const stateOf = (group: string): GroupState => groups.get(group)?.state ?? createState(group)

  return {
    open: async (group) => {
      const target = kept(group)
      return target.follow(() => letGo(target))
    },
    append: async (request) => append(request),
    hold: async (group, claim) => {
      const target = kept(group)
      const granted = target.holders.grant(claim, host.now())
      letGo(target)
      return granted
    },
    page: async (group, run, before, limit) => {
      const state = stateOf(group)
      return pageOf(state, runOf(state, run).annotations, before, limit)
    },
    search: async (group, query, before, limit) => {
      const state = stateOf(group)
      const phrases = phrasesOf(query)
      const found = runNames
        .flatMap((run) => runOf(state, run).annotations.filter(({ text }) => hasPhrases(text, phrases)))
        .sort((a, b) => a.id - b.id)
      return pageOf(state, found, before, limit)
    },
    history: async (query) => historyOf(stateOf(query.group), query),
    groups: async () =>
      written()
        .map((target) => target.summary)
        .sort(byTime),
    remove: async (group) => {
      const target = groups.get(group)
      if (target === undefined || !target.isWritten) return false
      seriesInProcess -= target.state.series.size
      target.empty()
      letGo(target)
      return true
    },
    health: () => ({ word: 'ok' }),
    close: async () => groups.clear(),
  }
}

function pageOf(state: GroupState, all: readonly Annotation[], before: number, limit: number): AnnotationPage {
  const older = before === 0 ? all : all.filter(({ id }) => id < before)
  const annotations = older.slice(-limit).reverse()
  return {
    annotations,
    before: annotations.length < older.length ? (annotations.at(-1)?.id ?? 0) : 0,
    cursor: encodeCursor(cursorOf(state)),
  }
}
