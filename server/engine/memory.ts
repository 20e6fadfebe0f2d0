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
  findAnnotation,
  type GroupState,
  isInboxName,
  limits,
  type Prepared,
  perform,
  type Result,
  readInboxName,
  runNames,
  runOf,
  trimRun,
} from '@chartroom/shared'
import { doneBy } from './accepted.ts'
import { askerOf, directGroupOf, directOf, inboxFor, othersOf, prepareDirect, toldOf } from './direct.ts'
import type { Append, Engine } from './engine.ts'
import { epochName } from './epoch-name.ts'
import { inboxesOf, inboxKey, nameOf } from './inbox.ts'
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
    const { name } = target
    if (!target.isWritten && !target.isFollowed && groups.get(name) === target) groups.delete(name)
  }

  function written(inboxes: boolean): KeptGroup[] {
    return [...groups.values()].filter(({ isWritten, name }) => isWritten && isInboxName(name) === inboxes)
  }

  // With its name, so that nothing is left for who holds the name next.
  function dropInboxes(keys: readonly string[]): void {
    for (const inbox of keys.flatMap((key) => groups.get(key) ?? [])) {
      inbox.empty()
      letGo(inbox)
    }
  }

  function forgetLost({ name, holders }: KeptGroup): void {
    dropInboxes(holders.takeChanges().lost.map(({ canonical, person }) => inboxKey(name, canonical, person)))
  }

  function roomFor(target: KeptGroup, change: Change): Result<void> {
    const isFull = () => groups.size > limits.maxGroups && written(isInboxName(target.name)).length >= limits.maxGroups
    if (!target.isWritten && isFull()) return noGroup
    const room = limits.maxSeriesInProcess - seriesInProcess
    return target.addsAtMost(change, room) ? accept(undefined) : noSeries
  }

  // A key answers what it did, whatever became of its author's name since.
  function append(request: Append): Result<Accepted> {
    const directGroup = directGroupOf(request)
    if (directGroup === undefined) return appendToGroup(request)
    return directGroup.ok ? appendDirect(directGroup.value, request) : directGroup
  }

  function appendToGroup(request: Append): Result<Accepted> {
    const target = kept(request.group)
    const done = target.answerOf(request.key, host.now())
    if (done !== undefined) return accept(done)
    const accepted = appendNew(target, request)
    letGo(target)
    return accepted
  }

  function appendNew(target: KeptGroup, { change: asked, key, claim }: Append): Result<Accepted> {
    const { state, holders } = target
    const now = host.now()
    const draft = new Draft(state)
    const signed = target.signed(asked, claim, now, draft)
    if (!signed.ok) return signed
    const room = roomFor(target, signed.value)
    if (!room.ok) return room
    const prepared = draft.prepare(signed.value, now, epochName(host.random))
    if (!prepared.ok) return prepared
    // Who was refused holds nothing.
    if (claim !== undefined) holders.grant(claim, now)
    forgetLost(target)
    return accept(performIn(target, prepared.value, signed.value, key))
  }

  function performIn(target: KeptGroup, prepared: Prepared, change: Change, key?: string): Accepted {
    const { state, keys } = target
    const seriesBefore = state.series.size
    const accepted = perform(state, prepared)
    seriesInProcess += state.series.size - seriesBefore
    for (const run of runNames) trimRun(state, run, maxAnnotations)
    if (key !== undefined) keys.remember(key, doneBy(accepted), host.now())
    if (prepared.isVisible) target.tell(change)
    return accepted
  }

  function appendDirect(name: string, request: Append): Result<Accepted> {
    const group = kept(name)
    const touched = [group]
    const result = appendToInboxes(group, request, (key) => {
      const inbox = kept(key)
      touched.push(inbox)
      return inbox
    })
    for (const one of touched) letGo(one)
    return result
  }

  function appendToInboxes(group: KeptGroup, request: Append, inboxAt: (key: string) => KeptGroup): Result<Accepted> {
    const now = host.now()
    const asker = askerOf(group, request, now)
    if (!asker.ok) return asker
    const { key, claim } = asker.value
    const own = inboxAt(key)
    const done = own.answerOf(request.key, now)
    if (done !== undefined) return toldOf(asker.value, request, done, group)
    const direct = directOf(group, asker.value, request, now)
    if (!direct.ok) return direct
    const { change } = direct.value
    const about = 'id' in change ? findAnnotation(own.state, change.id) : undefined
    const others = othersOf(group, direct.value, about, now).map(inboxAt)
    const full = [group, own, ...others].map((target) => roomFor(target, change)).find(({ ok }) => !ok)
    if (full?.ok === false) return full
    const drafted = (target: KeptGroup) => ({ target, draft: new Draft(target.state) })
    const touched = { group: drafted(group), own: drafted(own), others: others.map(drafted) }
    const parts = prepareDirect(direct.value, touched, now, () => epochName(host.random))
    if (!parts.ok) return parts
    group.holders.grant(claim, now)
    const [mine, ...rest] = parts.value
    const accepted = performIn(own, mine.prepared, change, request.key)
    for (const part of rest) performIn(part.target, part.prepared, part.change)
    return toldOf(asker.value, request, accepted, group)
  }

  const stateOf = (name: string): GroupState => groups.get(name)?.state ?? createState(nameOf(name))

  return {
    open: async (group) => {
      const target = kept(group)
      return target.follow(() => letGo(target))
    },
    append: async (request) => append(request),
    hold: async (group, claim) => {
      const target = kept(group)
      const granted = target.holders.grant(claim, host.now())
      forgetLost(target)
      letGo(target)
      return granted
    },
    inbox: async (name, person) => {
      const read = readInboxName(name)
      if (!read.ok) return read
      const target = kept(read.value.group)
      const found = inboxFor(target, name, person, host.now())
      if (found.ok) target.holders.grant(found.value.claim, host.now())
      forgetLost(target)
      letGo(target)
      return found.ok ? accept(found.value.key) : found
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
      written(false)
        .map((target) => target.summary)
        .sort(byTime),
    remove: async (group) => {
      const target = groups.get(group)
      if (target === undefined || !target.isWritten) return false
      seriesInProcess -= target.state.series.size
      target.empty()
      dropInboxes([...groups.keys()].filter((key) => key.startsWith(inboxesOf(group))))
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
