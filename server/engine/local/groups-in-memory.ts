// Owns which groups are in memory: read in when somebody asks, let go when nobody does, and how many fit. What happens
// to one is local-group.ts's.

import { accept, type Change, encodeCursor, isInboxName, limits, type Prepared, type Result } from '@chartroom/shared'
import type { StoredGroup } from '../engine.ts'
import { inboxesOf } from '../inbox.ts'
import { byTime } from '../kept.ts'
import { noGroup, noSeries } from '../room.ts'
import { LocalGroup, type LocalGroupHost } from './local-group.ts'
import { restore } from './restore.ts'
import type { Store } from './store.ts'

// DESIGN.md, limits: a silent group without subscribers leaves memory.
const silentMs = 3_600_000

/** What they need of their engine. */
export interface GroupsInMemoryHost extends Omit<LocalGroupHost, 'life' | 'roomFor' | 'grew'> {
  /** A group was read in that began a new epoch: that is to be written. */
  renewed(group: LocalGroup, prepared: Prepared): void
  /** A group is no longer in memory. */
  forgot(group: LocalGroup): void
}

/** The groups of a file, of which some are in memory. */
export class GroupsInMemory {
  readonly #store: Pick<Store, 'life' | 'load' | 'groups'>
  readonly #host: GroupsInMemoryHost
  readonly #groupHost: LocalGroupHost
  readonly #loading = new Map<string, Promise<LocalGroup>>()
  readonly #loaded = new Map<string, LocalGroup>()
  /** How many ask something of a group now: it is not let go under them. */
  readonly #asking = new Map<string, number>()
  /** The groups of the file; those in memory know better. */
  readonly #stored = new Map<string, StoredGroup>()
  #series = 0

  constructor(store: Pick<Store, 'life' | 'load' | 'groups'>, host: GroupsInMemoryHost) {
    this.#store = store
    this.#host = host
    this.#groupHost = {
      ...host,
      life: store.life,
      roomFor: (group, change) => this.#roomFor(group, change),
      grew: (series) => {
        this.#series += series
      },
    }
  }

  /** Reads which groups there are. */
  async start(): Promise<void> {
    for (const { group, epoch, revision, time, series, annotations } of await this.#store.groups()) {
      this.#stored.set(group, { group, cursor: encodeCursor({ epoch, revision }), time, series, annotations })
    }
  }

  /** Those in memory. */
  get all(): readonly LocalGroup[] {
    return [...this.#loaded.values()]
  }

  /** All that somebody wrote to, the last changed first. */
  list(): readonly StoredGroup[] {
    const live = this.all.filter(({ kept }) => kept.isWritten).map(({ summary }) => summary)
    const others = [...this.#stored.values()].filter(({ group }) => !this.#loaded.has(group))
    return [...live, ...others].filter(({ group }) => !isInboxName(group)).sort(byTime)
  }

  /** Asks something of a group, which stays the same one until it is answered. */
  async with<T>(name: string, ask: (group: LocalGroup) => T | Promise<T>): Promise<T> {
    const letGo = this.#hold(name)
    try {
      return await ask(await this.#group(name))
    } finally {
      letGo()
    }
  }

  /** Groups by their names, which stay the same ones until they are let go. */
  async keep(names: readonly string[]): Promise<{ groups: ReadonlyMap<string, LocalGroup>; letGo(): void }> {
    const undos = names.map((name) => this.#hold(name))
    const letGo = () => {
      for (const undo of undos) undo()
    }
    try {
      const groups = await Promise.all(names.map(async (name) => [name, await this.#group(name)] as const))
      return { groups: new Map(groups), letGo }
    } catch (error) {
      letGo()
      throw error
    }
  }

  /** A group that nobody wrote to and nobody follows leaves no trace. */
  letGo(group: LocalGroup): void {
    const { isWritten, isFollowed, name } = group.kept
    if (!isWritten && !isFollowed && !this.#asking.has(name)) this.#forget(group)
  }

  /** A group was deleted from the file, with its inboxes. */
  removed(name: string): void {
    const names = new Set([...this.#stored.keys(), ...this.#loaded.keys()])
    this.dropped([name, ...[...names].filter((one) => one.startsWith(inboxesOf(name)))])
  }

  /** The groups with these names were deleted from the file. */
  dropped(names: readonly string[]): void {
    for (const name of names) {
      this.#stored.delete(name)
      this.#loaded.get(name)?.empty()
    }
  }

  /** Lets go whom nobody asked for an hour. */
  sweep(): void {
    const silentSince = this.#host.now() - silentMs
    for (const group of this.all) {
      const { isFollowed, name, state } = group.kept
      const isIdle = !isFollowed && group.isWritten && !this.#asking.has(name)
      if (isIdle && Math.max(group.usedAt, state.time) < silentSince) this.#forget(group)
    }
  }

  #hold(name: string): () => void {
    this.#asking.set(name, (this.#asking.get(name) ?? 0) + 1)
    return () => {
      const left = (this.#asking.get(name) ?? 1) - 1
      if (left > 0) this.#asking.set(name, left)
      else this.#asking.delete(name)
      const group = this.#loaded.get(name)
      if (group !== undefined) this.letGo(group)
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
      const renewed = restore(group.kept, stored, this.#store.life, this.#host.epochName(), this.#host.now())
      this.#series += group.kept.state.series.size
      if (renewed !== undefined) this.#host.renewed(group, renewed)
    }
    this.#loaded.set(name, group)
    return group
  }

  #forget(group: LocalGroup): void {
    const { name, state } = group.kept
    if (this.#loaded.get(name) !== group) return
    this.#loaded.delete(name)
    this.#loading.delete(name)
    this.#series -= state.series.size
    if (group.kept.isWritten) this.#stored.set(name, group.summary)
    this.#host.forgot(group)
  }

  #roomFor(group: LocalGroup, change: Change): Result<void> {
    if (!group.kept.isWritten && this.#written(isInboxName(group.kept.name)) >= limits.maxGroups) return noGroup
    const room = limits.maxSeriesInProcess - this.#series
    return group.kept.addsAtMost(change, room) ? accept(undefined) : noSeries
  }

  // Inboxes are counted apart: no crowd that talks takes the room of groups.
  #written(inboxes: boolean): number {
    let count = 0
    for (const name of this.#stored.keys()) if (isInboxName(name) === inboxes) count++
    for (const [name, { kept }] of this.#loaded) {
      if (kept.isWritten && !this.#stored.has(name) && isInboxName(name) === inboxes) count++
    }
    return count
  }
}
