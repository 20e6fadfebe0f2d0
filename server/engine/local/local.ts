// Owns the engine that keeps groups in this process, with a SQLite file beside it: what is asked of both. Which groups are
// in memory is groups-in-memory.ts's, how they are written writes.ts's.

import {
  type Accepted,
  type AnnotationPage,
  accept,
  type Change,
  cursorOf,
  encodeCursor,
  findAnnotation,
  type Result,
  refuse,
} from '@chartroom/shared'
import type { Append, Engine, Health, StoredGroup } from '../engine.ts'
import { epochName } from '../epoch-name.ts'
import { pastEvidence } from '../past-evidence.ts'
import { phrasesOf } from '../terms.ts'
import { GroupsInMemory } from './groups-in-memory.ts'
import type { LocalGroup } from './local-group.ts'
import { openStore, type Store, StoreError, type StoreOptions } from './store.ts'
import { Upkeep } from './upkeep.ts'
import { Writes } from './writes.ts'

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
  readonly #groups: GroupsInMemory
  readonly #writes: Writes
  readonly #upkeep: Upkeep
  #isClosed = false

  constructor(store: Store, host: LocalHost) {
    this.#store = store
    this.#host = host
    this.#upkeep = new Upkeep(host)
    this.#writes = new Writes(store, { ...host, settled: (group) => this.#groups.letGo(group) })
    this.#groups = new GroupsInMemory(store, {
      now: host.now,
      report: host.report,
      epochName: () => epochName(host.random),
      lost: (samples) => host.count('samples_unwritten', samples),
      renewed: (group, prepared) => {
        group.note(prepared)
        this.#writes.wantBehind(group)
      },
      forgot: (group) => this.#writes.forget(group),
    })
  }

  async start(): Promise<void> {
    await this.#groups.start()
    this.#upkeep.every(sweepMs, () => this.#groups.sweep())
    this.#upkeep.every(trimMs, () => this.#trim())
  }

  async open(name: string): ReturnType<Engine['open']> {
    return this.#groups.with(name, (group) => group.kept.follow(() => this.#groups.letGo(group)))
  }

  async append(append: Append): Promise<Result<Accepted>> {
    if (this.#isClosed) return closing
    try {
      return await this.#groups.with(append.group, (group) => this.#append(group, append))
    } catch (error) {
      if (error instanceof StoreError) return { ok: false, refusal: this.#writes.refusalOf(error) }
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
    return this.#groups.with(name, (group) => this.#hold(group, claim))
  }

  async #hold(group: LocalGroup, claim: Parameters<Engine['hold']>[1]): ReturnType<Engine['hold']> {
    const { kept } = group
    const granted = kept.holders.grant(claim, this.#host.now())
    if (group.isWritten || this.#isClosed) return granted
    if (!kept.holders.hasNew) {
      this.#writes.wantBehind(group)
      return granted
    }
    const stored = group.namesStored()
    this.#writes.want(group)
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
    await this.#groups.with(query.group, async ({ isWritten }) => {
      if (!isWritten) await this.#writes.flush()
    })
    return this.#store.history(query)
  }

  async groups(): Promise<readonly StoredGroup[]> {
    return this.#groups.list()
  }

  async remove(name: string): Promise<boolean> {
    return this.#groups.with(name, (group) => this.#writes.between(() => this.#remove(name, group)))
  }

  // All of it between two writes: the next one must find nothing of the group to write.
  async #remove(name: string, group: LocalGroup): Promise<boolean> {
    if (!group.kept.isWritten) return false
    await this.#store.remove(name)
    this.#groups.removed(name)
    group.empty()
    return true
  }

  health(): Health {
    return this.#writes.health
  }

  async holdCheckpoints(): Promise<void> {
    await this.#writes.flush()
    await this.#store.holdCheckpoints()
  }

  async releaseCheckpoints(): Promise<void> {
    await this.#store.releaseCheckpoints()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#upkeep.close()
    const isWhole = await this.#writes.close(this.#groups.all)
    // A disk that takes nothing to the very end is told of, and keeps nobody waiting.
    await this.#store.close(isWhole).catch((error) => this.#host.report('close', error))
  }

  #cursor(name: string): Promise<string> {
    return this.#groups.with(name, ({ kept }) => encodeCursor(cursorOf(kept.state)))
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
      this.#writes.want(group)
      return accepted
    }
    const accepted = group.show(append)
    this.#writes.wantBehind(group)
    return accepted
  }

  async #trim(): Promise<void> {
    const hasMore = await this.#writes.between(() => this.#store.trim(this.#host.now()))
    if (hasMore) this.#upkeep.after(trimStepMs, () => this.#trim())
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
