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
  readInboxName,
  refuse,
} from '@chartroom/shared'
import { type Asker, askerOf, directGroupOf, directOf, inboxFor, othersOf, toldOf } from '../direct.ts'
import type { Append, Engine, Health, StoredGroup } from '../engine.ts'
import { epochName } from '../epoch-name.ts'
import { phrasesOf } from '../terms.ts'
import { GroupsInMemory } from './groups-in-memory.ts'
import type { LocalGroup } from './local-group.ts'
import { aboutOf, LookUp } from './look-up.ts'
import type { Reach } from './preparing.ts'
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

/** A change on its way: its answer comes later. */
interface Entered {
  readonly accepted: Promise<Result<Accepted>>
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
  readonly #lookUp: LookUp
  #isClosed = false

  constructor(store: Store, host: LocalHost) {
    this.#store = store
    this.#host = host
    this.#upkeep = new Upkeep(host)
    this.#lookUp = new LookUp(store, this, host.now)
    this.#writes = new Writes(store, {
      ...host,
      dropped: (inboxes) => this.#groups.dropped(inboxes),
      settled: (group) => this.#groups.letGo(group),
    })
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
    const direct = directGroupOf(append)
    if (direct?.ok === false) return direct
    try {
      if (direct !== undefined)
        return await this.#groups.with(direct.value, (group) => this.#appendDirect(group, append))
      return await this.#groups.with(append.group, (group) => this.#append(group, append))
    } catch (error) {
      if (error instanceof StoreError) return { ok: false, refusal: this.#writes.refusalOf(error) }
      throw error
    }
  }

  async #append(group: LocalGroup, append: Append): Promise<Result<Accepted>> {
    return needing(group, append.change, async () => {
      // What people write happens in the order in which it was asked for, whatever is looked up for it.
      const isWriting = append.change.type !== 'batch'
      const entered = isWriting
        ? await group.inTurn(() => this.#enter(group, append))
        : await this.#enter(group, append)
      return entered.accepted
    })
  }

  // Looks up what a change needs, and lets it wait for the disk: its answer is wrapped, so that the next need not wait.
  async #enter(group: LocalGroup, append: Append): Promise<Entered> {
    const done = await this.#lookUp.doneBefore(group, append)
    if (done !== undefined) return { accepted: Promise.resolve(accept(done)) }
    const id = aboutOf(append.change)
    if (id !== undefined) await this.#lookUp.fetch(group, id)
    return { accepted: Promise.resolve(this.#take(group, await this.#lookUp.withEvidence(group, append))) }
  }

  async #appendDirect(group: LocalGroup, append: Append): Promise<Result<Accepted>> {
    const asker = askerOf(group.kept, append, this.#host.now())
    if (!asker.ok) return asker
    return this.#groups.with(asker.value.key, (own) =>
      needing(own, append.change, async () => {
        const entered = await own.inTurn(() => this.#enterDirect(group, own, asker.value, append))
        const accepted = await entered.accepted
        return accepted.ok ? toldOf(asker.value, append, accepted.value, group.kept) : accepted
      }),
    )
  }

  async #enterDirect(group: LocalGroup, own: LocalGroup, asker: Asker, append: Append): Promise<Entered> {
    const done = await this.#lookUp.doneBefore(own, append)
    if (done !== undefined) return { accepted: Promise.resolve(accept(done)) }
    const now = this.#host.now()
    const direct = directOf(group.kept, asker, append, now)
    if (!direct.ok) return { accepted: Promise.resolve(direct) }
    const id = aboutOf(append.change)
    if (id !== undefined) await this.#lookUp.fetch(own, id)
    const about = id === undefined ? undefined : findAnnotation(own.kept.state, id)
    const kept = await this.#groups.keep(othersOf(group.kept, direct.value, about, now))
    const reaching = this.#reach(own, { group, others: kept.groups }, append)
    // They stay until it is done, and the turn of the next comes when it waits.
    void settled(reaching).finally(kept.letGo)
    return reaching
  }

  // Who else has the message may have it on the disk only.
  async #reach(own: LocalGroup, reach: Reach<LocalGroup>, append: Append): Promise<Entered> {
    const others = [...reach.others.values()]
    const id = append.change.type === 'annotate' ? undefined : aboutOf(append.change)
    if (id !== undefined) await Promise.all(others.map((other) => this.#lookUp.fetch(other, id)))
    const told = await this.#lookUp.withEvidence(reach.group, append)
    if (this.#isClosed) return { accepted: Promise.resolve(closing) }
    const accepted = own.wait(told, reach)
    this.#writes.want(own)
    return { accepted }
  }

  async inbox(name: string, person: string | undefined): Promise<Result<string>> {
    const read = readInboxName(name)
    if (!read.ok) return read
    return this.#groups.with(read.value.group, async (group) => {
      const found = inboxFor(group.kept, name, person, this.#host.now())
      if (!found.ok) return found
      await this.#hold(group, found.value.claim)
      return accept(found.value.key)
    })
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
  async #remove(name: string, { kept }: LocalGroup): Promise<boolean> {
    if (!kept.isWritten) return false
    await this.#store.remove(name)
    this.#groups.removed(name)
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

// A crash may lose the last second of plain numbers, and nothing else that was acknowledged.
function isStoredFirst({ change, key }: Append): boolean {
  return change.type !== 'batch' || key !== undefined || change.samples.some(({ add }) => add !== undefined)
}

async function settled(entering: Promise<Entered>): Promise<void> {
  await entering.then(({ accepted }) => accepted).catch(() => {})
}

// What a change is about may be brought from the disk for it: it stays until the change is done.
async function needing<T>(group: LocalGroup, change: Change, task: () => Promise<T>): Promise<T> {
  const id = aboutOf(change)
  if (id === undefined) return task()
  group.need(id)
  try {
    return await task()
  } finally {
    group.needNot(id)
  }
}
