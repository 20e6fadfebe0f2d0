// Owns what is written together and what becomes of it: which groups have something to write, whether the disk takes
// it. When that happens is pipeline.ts's, what a group writes its own.

import { type Refusal, refuse } from '@chartroom/shared'
import type { Health } from '../engine.ts'
import { type LocalGroup, ourFault } from './local-group.ts'
import { Pipeline } from './pipeline.ts'
import { type Store, StoreError } from './store.ts'
import { problemWords } from './store-error.ts'
import type { GroupWrite } from './stored.ts'

/** What writes need. `elapsed` is a clock that nobody sets, ms; `setTimer` returns its undo. */
export interface WritesHost {
  elapsed(): number
  setTimer(run: () => void, ms: number): () => void
  count(name: string, by?: number): void
  report(stage: string, error: unknown): void
  /** The inboxes with these keys went with the names of their holders. */
  dropped(inboxes: readonly string[]): void
  /** A group of a write has what it waited for. */
  settled(group: LocalGroup): void
}

/** A group and what is written of it now. */
interface Flying {
  readonly group: LocalGroup
  readonly write: GroupWrite
}

/** The writes of an engine: of all its groups, one at a time. */
export class Writes {
  readonly #store: Pick<Store, 'write'>
  readonly #host: WritesHost
  readonly #pipeline: Pipeline
  readonly #changed = new Set<LocalGroup>()
  #health: Health = { word: 'ok' }

  constructor(store: Pick<Store, 'write'>, host: WritesHost) {
    this.#store = store
    this.#host = host
    this.#pipeline = new Pipeline({
      now: host.elapsed,
      setTimer: host.setTimer,
      write: (isBehind) => this.#write(isBehind),
    })
  }

  /** Whether the disk takes what is written. */
  get health(): Health {
    return this.#health
  }

  /** Something of a group waits to be stored before it is shown. */
  want(group: LocalGroup): void {
    this.#changed.add(group)
    this.#pipeline.wantNow()
  }

  /** Something of a group was shown that is to be stored. */
  wantBehind(group: LocalGroup): void {
    this.#changed.add(group)
    // A disk that takes nothing is tried once a second.
    if (group.hasMuch && this.#health.word === 'ok') this.#pipeline.hurryBehind()
    else this.#pipeline.wantBehind()
  }

  /** A group is no longer in memory. */
  forget(group: LocalGroup): void {
    this.#changed.delete(group)
  }

  /** Writes all that waits, at once. */
  flush(): Promise<void> {
    return this.#pipeline.flush()
  }

  /** Does something between two writes. */
  between<T>(task: () => Promise<T>): Promise<T> {
    return this.#pipeline.between(task)
  }

  /** Writes what these groups still have, and then no more; true when all of it is on the disk. */
  async close(groups: readonly LocalGroup[]): Promise<boolean> {
    for (const group of groups) if (!group.isWritten) this.#changed.add(group)
    await this.flush()
    // A key that was sent twice at once waits for one write more.
    if (groups.some(({ hasWaiting }) => hasWaiting)) await this.flush()
    this.#pipeline.close()
    return groups.every(({ isWritten }) => isWritten)
  }

  /** What is told to whoever asked for something that the disk does not take; the health is red from then on. */
  refusalOf(error: unknown): Refusal {
    const reason = error instanceof StoreError ? problemWords[error.problem] : 'The store failed.'
    this.#host.count('write_failed')
    this.#host.report('write', error)
    this.#health = { word: 'failing', reason }
    this.#pipeline.wantBehind()
    return refuse('storage', 'This cannot be stored now, so nothing was done. Try again later.').refusal
  }

  async #write(isBehind: boolean): Promise<boolean> {
    const prepared = [...this.#changed].flatMap((group) => [...group.prepare()])
    for (const group of prepared) this.#changed.add(group)
    const groups = [...this.#changed]
    const flying = groups.flatMap((group) => this.#collect(group, isBehind))
    // A disk that took nothing is tried with nothing: nobody may be sent to a server that says it is not well.
    const isTried = flying.length > 0 || this.#health.word === 'failing'
    const isStored = !isTried || (await this.#writeFlying(flying))
    if (isStored && isTried) this.#health = { word: 'ok' }
    for (const group of groups) this.#settle(group)
    return isStored
  }

  // What the file cannot hold of one group keeps no other from it: then each is written by itself.
  async #writeFlying(flying: readonly Flying[]): Promise<boolean> {
    try {
      await this.#store.write(flying.map(({ write }) => write))
    } catch (error) {
      const parts = error instanceof StoreError && error.problem === 'broken' ? apart(flying) : []
      if (parts.length <= 1) return this.#fail(flying, this.refusalOf(error))
      let isStored = true
      for (const part of parts) isStored = (await this.#writeFlying(part)) && isStored
      return isStored
    }
    this.#host.count('commits', Math.min(1, flying.length))
    this.#host.dropped(flying.flatMap(({ group }) => group.stored()))
    return true
  }

  #fail(flying: readonly Flying[], refusal: Refusal): false {
    for (const { group } of flying) group.failed(refusal)
    return false
  }

  // Our own error is one group's: the others are written.
  #collect(group: LocalGroup, isBehind: boolean): Flying[] {
    try {
      const write = group.collect(isBehind)
      return write === undefined ? [] : [{ group, write }]
    } catch (error) {
      this.#host.report('collect', error)
      group.failed(ourFault.refusal)
      return []
    }
  }

  #settle(group: LocalGroup): void {
    if (group.isWritten) this.#changed.delete(group)
    else if (group.hasWaiting) this.#pipeline.wantNow()
    else this.#pipeline.wantBehind()
    this.#host.settled(group)
  }
}

// What belongs together stays so: a direct message is in all its inboxes, or in none.
function apart(flying: readonly Flying[]): Flying[][] {
  const tied = flying.filter(({ group }) => group.isTied)
  const others = flying.filter(({ group }) => !group.isTied).map((one) => [one])
  return tied.length === 0 ? others : [tied, ...others]
}
