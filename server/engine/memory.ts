// Owns the engine that keeps groups in this process only: nothing outlives it. Counting is commit's, not its own.

import {
  type Accepted,
  type AnnotationPage,
  accept,
  type Change,
  commit,
  createState,
  cursorOf,
  encodeCursor,
  findAnnotation,
  type GroupState,
  limits,
  logPosition,
  type Result,
  refuse,
  seriesKey,
  trimLog,
} from '@chartroom/shared'
import { AcceptedKeys, type Done } from './accepted.ts'
import type { Append, Engine, FollowedGroup, StoredGroup } from './engine.ts'
import { type Claim, Holders } from './holders.ts'

// What a group keeps without a disk: beyond it the oldest annotations go.
const maxAnnotations = 10_000

interface Kept {
  readonly state: GroupState
  readonly keys: AcceptedKeys
  readonly holders: Holders
  readonly listeners: Set<(change: Change) => void>
}

/** An engine in memory. `now` is Unix ms; `random` (0 to 1) names the epochs. */
export function createMemoryEngine(host: { now(): number; random(): number }): Engine {
  const groups = new Map<string, Kept>()
  let seriesInProcess = 0

  function kept(group: string): Kept {
    const known = groups.get(group)
    if (known !== undefined) return known
    const fresh = {
      state: createState(group),
      keys: new AcceptedKeys(),
      holders: new Holders(),
      listeners: new Set<(change: Change) => void>(),
    }
    groups.set(group, fresh)
    return fresh
  }

  // A group that nobody wrote to and nobody follows leaves no trace.
  function letGo({ state, listeners }: Kept): void {
    if (state.revision === 0 && listeners.size === 0) groups.delete(state.group)
  }

  function written(): Kept[] {
    return [...groups.values()].filter(({ state }) => state.revision > 0)
  }

  function roomFor({ state }: Kept, change: Change): Result<void> {
    if (state.revision === 0 && groups.size > limits.maxGroups && written().length >= limits.maxGroups) {
      return refuse('group_limit', `This server keeps at most ${limits.maxGroups} groups.`)
    }
    if (change.type === 'batch' && seriesInProcess + newSeries(state, change.samples) > limits.maxSeriesInProcess) {
      return refuse('series_limit', `This server keeps at most ${limits.maxSeriesInProcess} series.`)
    }
    return accept(undefined)
  }

  // A key answers what it did, whatever became of its author's name since.
  function append({ group, change: asked, key, claim }: Append): Result<Accepted> {
    const target = kept(group)
    const { state, keys } = target
    const now = host.now()
    const done = key === undefined ? undefined : keys.find(key, now)
    if (done !== undefined) return accept(present(state, done))
    const signed = claim === undefined ? accept(asked) : sign(target, asked, claim, now)
    if (!signed.ok) {
      letGo(target)
      return signed
    }
    const change = signed.value
    const room = roomFor(target, change)
    const seriesBefore = state.series.size
    const revisionBefore = state.revision
    const committed = room.ok ? commit(state, change, now, epochName(host.random)) : room
    if (!committed.ok) {
      letGo(target)
      return committed
    }
    seriesInProcess += state.series.size - seriesBefore
    trimLog(state, maxAnnotations)
    // Who was refused holds nothing.
    if (claim !== undefined) target.holders.grant(claim, now)
    if (key !== undefined) keys.remember(key, doneBy(committed.value), now)
    if (state.revision > revisionBefore) for (const listener of [...target.listeners]) listener(change)
    return committed
  }

  function open(group: string): FollowedGroup {
    const target = kept(group)
    const mine = new Set<(change: Change) => void>()
    // Following holds the group even before anybody listens.
    const hold = () => {}
    target.listeners.add(hold)
    return {
      state: target.state,
      onChange(listener) {
        target.listeners.add(listener)
        mine.add(listener)
        return () => void target.listeners.delete(listener)
      },
      // Memory is never replaced while the process lives.
      onReset: () => () => {},
      close() {
        for (const listener of [hold, ...mine]) target.listeners.delete(listener)
        letGo(target)
      },
    }
  }

  return {
    open: async (group) => open(group),
    append: async (request) => append(request),
    hold: async (group, claim) => {
      const target = kept(group)
      const granted = target.holders.grant(claim, host.now())
      letGo(target)
      return granted
    },
    page: async (group, before, limit) => pageOf(groups.get(group)?.state ?? createState(group), before, limit),
    groups: async () =>
      written()
        .map(summary)
        .sort((a, b) => b.time - a.time || (a.group < b.group ? -1 : 1)),
    health: () => ({ word: 'ok' }),
    close: async () => groups.clear(),
  }
}

function sign({ holders }: Kept, change: Change, claim: Claim, now: number): Result<Change> {
  if (change.type !== 'annotate') return accept(change)
  const granted = holders.offer(claim, now)
  if (granted === undefined) return refuse('name_held', `"${claim.name}" is held by somebody else in this group.`)
  return accept({ ...change, author: granted.name, ...(granted.isHeld ? {} : { unheld: true as const }) })
}

function newSeries(state: GroupState, samples: Extract<Change, { type: 'batch' }>['samples']): number {
  const keys = new Set<string>()
  for (const { metric, labels } of samples) {
    const key = seriesKey(metric, labels)
    if (!state.series.has(key)) keys.add(key)
  }
  return keys.size
}

function doneBy({ annotation }: Accepted): Done {
  return annotation === undefined ? {} : { annotation: annotation.id }
}

function present(state: GroupState, done: Done): Accepted {
  const annotation = done.annotation === undefined ? undefined : findAnnotation(state, done.annotation)
  return { cursor: cursorOf(state), ...(annotation === undefined ? {} : { annotation }) }
}

function pageOf(state: GroupState, before: number, limit: number): AnnotationPage {
  const end = before === 0 ? state.log.length : logPosition(state, before)
  const start = Math.max(0, end - limit)
  return {
    annotations: state.log.slice(start, end).reverse(),
    before: start === 0 ? 0 : (state.log[start]?.id ?? 0),
    cursor: encodeCursor(cursorOf(state)),
  }
}

function summary({ state }: Kept): StoredGroup {
  const { group, time, series, log } = state
  return { group, cursor: encodeCursor(cursorOf(state)), time, series: series.size, annotations: log.length }
}

// 40 bits: two lives of one group must never share a name.
function epochName(random: () => number): string {
  return Math.floor(random() * 2 ** 40).toString(36)
}
