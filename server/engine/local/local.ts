// Owns the engine that keeps groups in this process, with a SQLite file beside it: which groups are in memory, and what
// is asked of the file. One group's way to the disk is local-group.ts's.

import {
  type Accepted,
  type AnnotationPage,
  accept,
  type Change,
  cursorOf,
  encodeCursor,
  findAnnotation,
  limits,
  type Refusal,
  type Result,
  refuse,
} from '@chartroom/shared'
import type { Append, Engine, Health, StoredGroup } from '../engine.ts'
import { epochName } from '../epoch-name.ts'
import { byTime } from '../kept.ts'
import { pastEvidence } from '../past-evidence.ts'
import { noGroup, noSeries } from '../room.ts'
import { phrasesOf } from '../terms.ts'
import { LocalGroup, type LocalGroupHost, ourFault } from './local-group.ts'
import { Pipeline } from './pipeline.ts'
import { restore } from './restore.ts'
import { openStore, type Store, StoreError, type StoreOptions } from './store.ts'
import type { GroupWrite } from './stored.ts'

/** What the engine needs besides its file. `random` is 0 to 1; `setTimer` returns its undo. */
export interface LocalHost {
  /** Unix ms. */
  now(): number
  /** A clock that nobody sets, ms. */
  elapsed(): number
  random(): number
  setTimer(run: () => void, ms: number): () => void
  /** Counts what happened. */
  count(name: string, by?: number): void
  /** Our own error, that nobody else hears of. */
  report(stage: string, error: unknown): void
}

/** The local engine, and what whoever runs it may ask for besides. */
export interface LocalEngine extends Engine {
  /** The file stays as it is until `releaseCheckpoints`, with all that was shown in it: it can be copied. */
  holdCheckpoints(): Promise<void>
  releaseCheckpoints(): Promise<void>
}

// DESIGN.md, limits: a silent group without subscribers leaves memory.
const silentMs = 3_600_000
const sweepMs = 60_000
// Retention is done in small steps, so that nobody waits behind a long one.
const trimMs = 10_000
const trimStepMs = 200

/** Opens the engine on a file; rejects with a StoreError that says why it cannot be. */
export async function createLocalEngine(options: StoreOptions, host: LocalHost): Promise<LocalEngine> {
  return createEngineOn(await openStore(options), host)
}

/** Opens the engine on an open store, which it closes with itself. */
export async function createEngineOn(store: Store, host: LocalHost): Promise<LocalEngine> {
  const engine = new FiledEngine(store, host)
  await engine.start()
  return engine
}

class FiledEngine implements LocalEngine {
  readonly #store: Store
  readonly #host: LocalHost
  readonly #pipeline: Pipeline
  readonly #groupHost: LocalGroupHost
  readonly #loading = new Map<string, Promise<LocalGroup>>()
  readonly #loaded = new Map<string, LocalGroup>()
  /** How many ask something of a group now: it is not let go under them. */
  readonly #asking = new Map<string, number>()
  /** The groups of the file; those in memory know better. */
  readonly #stored = new Map<string, StoredGroup>()
  /** What the write that runs is for. */
  #flying: readonly LocalGroup[] = []
  readonly #changed = new Set<LocalGroup>()
  #series = 0
  #health: Health = { word: 'ok' }
  #isClosed = false
  readonly #cancels = new Set<() => void>()

  constructor(store: Store, host: LocalHost) {
    this.#store = store
    this.#host = host
    this.#pipeline = new Pipeline({
      now: host.elapsed,
      setTimer: host.setTimer,
      write: (isBehind) => this.#write(isBehind),
    })
    this.#groupHost = {
      life: store.life,
      now: host.now,
      epochName: () => epochName(host.random),
      roomFor: (group, change) => this.#roomFor(group, change),
      grew: (series) => {
        this.#series += series
      },
      lost: (samples) => host.count('samples_unwritten', samples),
      report: host.report,
    }
  }

  async start(): Promise<void> {
    for (const { group, epoch, revision, time, series, annotations } of await this.#store.groups()) {
      this.#stored.set(group, { group, cursor: encodeCursor({ epoch, revision }), time, series, annotations })
    }
    this.#every(sweepMs, () => this.#sweep())
    this.#every(trimMs, () => this.#trim())
  }

  async open(group: string): ReturnType<Engine['open']> {
    return this.#with(group, (local) => local.kept.follow(() => this.#letGo(local)))
  }

  async append(append: Append): Promise<Result<Accepted>> {
    if (this.#isClosed) return closing
    try {
      return await this.#with(append.group, (group) => this.#append(group, append))
    } catch (error) {
      if (error instanceof StoreError) return { ok: false, refusal: this.#refusalOf(error) }
      throw error
    }
  }

  async #append(group: LocalGroup, append: Append): Promise<Result<Accepted>> {
    const id = aboutOf(append.change)
    if (id !== undefined) group.need(id)
    try {
      // What people write happens in the order in which it was asked for, whatever is looked up for it.
      const isWriting = append.change.type !== 'batch'
      const entered = isWriting
        ? await group.inTurn(() => this.#enter(group, append))
        : await this.#enter(group, append)
      return await entered.accepted
    } finally {
      if (id !== undefined) group.needNot(id)
    }
  }

  // Looks up what a change needs, and lets it wait for the disk: its answer is wrapped, so that the next need not wait.
  async #enter(group: LocalGroup, append: Append): Promise<{ readonly accepted: ReturnType<FiledEngine['append']> }> {
    const done = await this.#doneBefore(group, append)
    if (done !== undefined) return { accepted: Promise.resolve(accept(done)) }
    const id = aboutOf(append.change)
    if (id !== undefined) await this.#fetch(group, id)
    return { accepted: Promise.resolve(this.#take(group, await this.#withEvidence(group, append))) }
  }

  async hold(name: string, claim: Parameters<Engine['hold']>[1]): ReturnType<Engine['hold']> {
    return this.#with(name, (group) => this.#hold(group, claim))
  }

  async #hold(group: LocalGroup, claim: Parameters<Engine['hold']>[1]): ReturnType<Engine['hold']> {
    const { kept } = group
    const granted = kept.holders.grant(claim, this.#host.now())
    if (group.isWritten || this.#isClosed) return granted
    if (!kept.holders.hasNew) {
      this.#wantBehind(group)
      return granted
    }
    const stored = group.namesStored()
    this.#want(group)
    await stored
    return granted
  }

  async page(name: string, run: Parameters<Engine['page']>[1], before: number, limit: number): Promise<AnnotationPage> {
    // Before it is read: all that is shown at this cursor is on the disk by then.
    const cursor = await this.#cursor(name)
    return { ...(await this.#store.page(name, run, before, limit)), cursor }
  }

  async search(name: string, query: string, before: number, limit: number): Promise<AnnotationPage> {
    const cursor = await this.#cursor(name)
    return { ...(await this.#store.search(name, phrasesOf(query), before, limit)), cursor }
  }

  async history(query: Parameters<Engine['history']>[0]): ReturnType<Engine['history']> {
    await this.#with(query.group, async ({ isWritten }) => {
      if (!isWritten) await this.#pipeline.flush()
    })
    return this.#store.history(query)
  }

  async groups(): Promise<readonly StoredGroup[]> {
    const live = [...this.#loaded.values()].filter(({ kept }) => kept.isWritten).map(({ summary }) => summary)
    const others = [...this.#stored.values()].filter(({ group }) => !this.#loaded.has(group))
    return [...live, ...others].sort(byTime)
  }

  async remove(name: string): Promise<boolean> {
    return this.#with(name, (group) => this.#pipeline.between(() => this.#remove(name, group)))
  }

  // All of it between two writes: the next one must find nothing of the group to write.
  async #remove(name: string, group: LocalGroup): Promise<boolean> {
    if (!group.kept.isWritten) return false
    await this.#store.remove(name)
    this.#stored.delete(name)
    group.empty()
    return true
  }

  health(): Health {
    return this.#health
  }

  async holdCheckpoints(): Promise<void> {
    await this.#pipeline.flush()
    await this.#store.holdCheckpoints()
  }

  async releaseCheckpoints(): Promise<void> {
    await this.#store.releaseCheckpoints()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    for (const cancel of this.#cancels) cancel()
    for (const group of this.#loaded.values()) if (!group.isWritten) this.#changed.add(group)
    await this.#pipeline.flush()
    // A key that was sent twice at once waits for one write more.
    if ([...this.#loaded.values()].some(({ hasWaiting }) => hasWaiting)) await this.#pipeline.flush()
    this.#pipeline.close()
    const isWhole = [...this.#loaded.values()].every(({ isWritten }) => isWritten)
    // A disk that takes nothing to the very end is told of, and keeps nobody waiting.
    await this.#store.close(isWhole).catch((error) => this.#host.report('close', error))
  }

  #cursor(name: string): Promise<string> {
    return this.#with(name, ({ kept }) => encodeCursor(cursorOf(kept.state)))
  }

  /** Asks something of a group, which stays the same one until it is answered. */
  async #with<T>(name: string, ask: (group: LocalGroup) => T | Promise<T>): Promise<T> {
    this.#asking.set(name, (this.#asking.get(name) ?? 0) + 1)
    try {
      return await ask(await this.#group(name))
    } finally {
      const left = (this.#asking.get(name) ?? 1) - 1
      if (left > 0) this.#asking.set(name, left)
      else this.#asking.delete(name)
      const group = this.#loaded.get(name)
      if (group !== undefined) this.#letGo(group)
    }
  }

  #group(name: string): Promise<LocalGroup> {
    const known = this.#loading.get(name)
    if (known !== undefined) return this.#used(known)
    const loading = this.#load(name)
    this.#loading.set(name, loading)
    loading.catch(() => this.#loading.delete(name))
    return loading
  }

  async #used(loading: Promise<LocalGroup>): Promise<LocalGroup> {
    const group = await loading
    group.usedAt = this.#host.now()
    return group
  }

  async #load(name: string): Promise<LocalGroup> {
    const stored = this.#stored.has(name) ? await this.#store.load(name) : undefined
    const group = new LocalGroup(name, this.#groupHost, this.#stored.get(name)?.annotations)
    if (stored !== undefined) {
      const { life } = this.#store
      const renewed = restore(group.kept, stored, life, epochName(this.#host.random), this.#host.now())
      this.#series += group.kept.state.series.size
      if (renewed !== undefined) {
        group.note(renewed)
        this.#wantBehind(group)
      }
    }
    this.#loaded.set(name, group)
    return group
  }

  // An annotation's key lives as long as the annotation; of the others memory has those that may still come again.
  async #doneBefore(group: LocalGroup, { key, change }: Append): Promise<Accepted | undefined> {
    if (key === undefined || !group.kept.isWritten) return undefined
    const { keys, state } = group.kept
    const known = keys.find(key, this.#host.now())
    if (known === undefined && change.type === 'batch' && keys.isWhole) return undefined
    const done = known ?? (await this.#store.key(state.group, key))
    if (done === undefined) return undefined
    const annotation = done.annotation === undefined ? undefined : await this.#annotation(group, done.annotation)
    return { cursor: cursorOf(state), ...(annotation === undefined ? {} : { annotation }) }
  }

  async #annotation(group: LocalGroup, id: number) {
    return findAnnotation(group.kept.state, id) ?? (await this.#store.annotation(group.kept.state.group, id))
  }

  // What a change is about may be older than what memory has.
  async #fetch({ kept: { state } }: LocalGroup, id: number): Promise<void> {
    if (findAnnotation(state, id) !== undefined) return
    const annotation = await this.#store.annotation(state.group, id)
    if (annotation !== undefined && findAnnotation(state, id) === undefined) state.aside.set(id, annotation)
  }

  // A pin may be older than what memory has of the numbers.
  async #withEvidence(group: LocalGroup, append: Append): Promise<Append> {
    const { change } = append
    if (change.type !== 'annotate' || change.draft.pin === undefined) return append
    const evidence = await pastEvidence(this, group.kept.state, change.draft.pin)
    return evidence === undefined ? append : { ...append, change: { ...change, evidence } }
  }

  #take(group: LocalGroup, append: Append): Promise<Result<Accepted>> | Result<Accepted> {
    if (this.#isClosed) return closing
    if (isStoredFirst(append)) {
      const accepted = group.wait(append)
      this.#want(group)
      return accepted
    }
    const accepted = group.show(append)
    this.#wantBehind(group)
    return accepted
  }

  #want(group: LocalGroup): void {
    this.#changed.add(group)
    this.#pipeline.wantNow()
  }

  #wantBehind(group: LocalGroup): void {
    this.#changed.add(group)
    this.#pipeline.wantBehind()
  }

  async #write(isBehind: boolean): Promise<boolean> {
    const groups = [...this.#changed]
    const writes = groups.flatMap((group) => this.#collect(group, isBehind))
    this.#flying = writes.map(({ group }) => group)
    // A disk that took nothing is tried with nothing: nobody may be sent to a server that says it is not well.
    const isTried = writes.length > 0 || this.#health.word === 'failing'
    let refusal: Refusal | undefined
    try {
      if (isTried) await this.#store.write(writes.map(({ write }) => write))
      this.#host.count('commits', Math.min(1, writes.length))
    } catch (error) {
      refusal = this.#refusalOf(error)
    }
    for (const group of this.#flying) {
      if (refusal === undefined) group.stored()
      else group.failed(refusal)
    }
    if (refusal === undefined && isTried) this.#health = { word: 'ok' }
    this.#settleChanged(groups)
    return refusal === undefined
  }

  // Our own error is one group's: the others are written.
  #collect(group: LocalGroup, isBehind: boolean): { readonly group: LocalGroup; readonly write: GroupWrite }[] {
    try {
      const write = group.collect(isBehind)
      return write === undefined ? [] : [{ group, write }]
    } catch (error) {
      this.#host.report('collect', error)
      group.failed(ourFault.refusal)
      return []
    }
  }

  #settleChanged(groups: readonly LocalGroup[]): void {
    for (const group of groups) {
      if (group.isWritten) this.#changed.delete(group)
      else if (group.hasWaiting) this.#pipeline.wantNow()
      else this.#pipeline.wantBehind()
      this.#letGo(group)
    }
  }

  #refusalOf(error: unknown): Refusal {
    const reason = error instanceof StoreError ? error.message : 'The store failed.'
    this.#host.count('write_failed')
    this.#host.report('write', error)
    this.#health = { word: 'failing', reason }
    this.#pipeline.wantBehind()
    return refuse('storage', 'This cannot be stored now, so nothing was done. Try again later.').refusal
  }

  #roomFor(group: LocalGroup, change: Change): Result<void> {
    if (!group.kept.isWritten && this.#written >= limits.maxGroups) return noGroup
    const series = group.kept.newSeries(change)
    return series > 0 && this.#series + series > limits.maxSeriesInProcess ? noSeries : accept(undefined)
  }

  get #written(): number {
    let count = this.#stored.size
    for (const [name, { kept }] of this.#loaded) if (kept.isWritten && !this.#stored.has(name)) count++
    return count
  }

  // A group that nobody wrote to and nobody follows leaves no trace.
  #letGo(group: LocalGroup): void {
    const { isWritten, isFollowed, state } = group.kept
    if (!isWritten && !isFollowed && !this.#asking.has(state.group)) this.#forget(group)
  }

  #forget(group: LocalGroup): void {
    const { state } = group.kept
    if (this.#loaded.get(state.group) !== group) return
    this.#loaded.delete(state.group)
    this.#loading.delete(state.group)
    this.#changed.delete(group)
    this.#series -= state.series.size
    if (group.kept.isWritten) this.#stored.set(state.group, group.summary)
  }

  #sweep(): void {
    const silentSince = this.#host.now() - silentMs
    for (const group of this.#loaded.values()) {
      const { isFollowed, state } = group.kept
      const isIdle = !isFollowed && group.isWritten && !this.#asking.has(state.group)
      if (isIdle && Math.max(group.usedAt, state.time) < silentSince) this.#forget(group)
    }
  }

  async #trim(): Promise<void> {
    const hasMore = await this.#pipeline.between(() => this.#store.trim(this.#host.now()))
    if (hasMore) this.#after(trimStepMs, () => this.#trim())
  }

  #every(ms: number, task: () => void | Promise<void>): void {
    this.#after(ms, async () => {
      // What failed is tried again: a full disk is not full for ever.
      try {
        await task()
      } finally {
        this.#every(ms, task)
      }
    })
  }

  #after(ms: number, task: () => void | Promise<void>): void {
    if (this.#isClosed) return
    const cancel = this.#host.setTimer(() => {
      this.#cancels.delete(cancel)
      void Promise.resolve()
        .then(task)
        .catch((error) => this.#host.report('upkeep', error))
    }, ms)
    this.#cancels.add(cancel)
  }
}

const closing = refuse('closing', 'This server is going away.')

function aboutOf(change: Change): number | undefined {
  switch (change.type) {
    case 'revise':
    case 'retract':
    case 'react':
      return change.id
    case 'annotate':
      return change.draft.replyTo
    case 'batch':
    case 'arrange':
    case 'renew':
      return undefined
    default:
      return change satisfies never
  }
}

// A crash may lose the last second of plain numbers, and nothing else that was acknowledged.
function isStoredFirst({ change, key }: Append): boolean {
  return change.type !== 'batch' || key !== undefined || change.samples.some(({ add }) => add !== undefined)
}
