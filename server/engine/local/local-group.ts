// Owns one group of the local engine: what waits to be stored, what is being stored, and what is shown but not written.
// When a write happens is pipeline.ts's; what a change does, the draft's.

import {
  type Accepted,
  accept,
  type Change,
  Draft,
  type Prepared,
  perform,
  type Refusal,
  type Result,
  refuse,
  runNameOf,
  runNames,
  trimRun,
} from '@chartroom/shared'
import { doneBy } from '../accepted.ts'
import type { Append, StoredGroup } from '../engine.ts'
import type { HolderChanges } from '../holders.ts'
import { inboxKey } from '../inbox.ts'
import { KeptGroup } from '../kept.ts'
import { groupWriteOf } from './group-write.ts'
import { type PreparedGroup, prepareOwn, prepareReach, type Reach, type Ready, type Waiting } from './preparing.ts'
import type { GroupWrite } from './stored.ts'
import { type Taken, Unwritten } from './unwritten.ts'

// What is kept in memory of each run: older ones are read from the disk.
const inMemory = 1_000

/** What a group needs of its engine. */
export interface LocalGroupHost {
  readonly life: number
  /** Unix ms. */
  now(): number
  /** A name for the first life of a group. */
  epochName(): string
  /** Whether the process has room for a change. */
  roomFor(group: LocalGroup, change: Change): Result<void>
  /** The group has so many more series than before. */
  grew(series: number): void
  /** Samples were let go because the disk takes none. */
  lost(samples: number): void
  /** Our own error, that nobody else hears of. */
  report(stage: string, error: unknown): void
}

/** What is said to who asked for what failed by our own error. */
export const ourFault = refuse('internal', 'Something went wrong here. It has been logged.')

/** A change that is being stored, with the room that is kept for its series until it is performed. */
interface Flying extends Ready {
  readonly newSeries: number
}

/** What is prepared for the next write. */
interface Pass {
  readonly draft: Draft
  readonly changes: Flying[]
}

interface Flight {
  readonly changes: readonly Flying[]
  readonly holders: HolderChanges
  readonly taken: Taken | undefined
  readonly told: readonly (() => void)[]
}

/** A group in memory with its way to the disk. */
export class LocalGroup implements PreparedGroup {
  readonly kept: KeptGroup
  /** When something was last asked of it, Unix ms. */
  usedAt: number
  readonly #host: LocalGroupHost
  readonly #unwritten: Unwritten
  #waiting: Waiting<LocalGroup>[] = []
  #turn: Promise<unknown> = Promise.resolve()
  #pass: Pass | undefined
  #flight: Flight | undefined
  /** What came while changes before it were being stored. */
  #held: Waiting<LocalGroup>[] = []
  /** Who waits until the names are stored. */
  #untold: (() => void)[] = []
  /** How many changes wait that are about an annotation: it is not let go under them. */
  readonly #needed = new Map<number, number>()
  /** Of the talk, all that is on the disk too. */
  #annotations: number

  constructor(name: string, host: LocalGroupHost, annotations = 0) {
    this.kept = new KeptGroup(name)
    this.#host = host
    this.#unwritten = new Unwritten((samples) => host.lost(samples))
    this.#annotations = annotations
    this.usedAt = host.now()
  }

  get summary(): StoredGroup {
    return { ...this.kept.summary, annotations: this.#annotations }
  }

  /** Whether everything that happened to it is on the disk. */
  get isWritten(): boolean {
    // Names alone make no group.
    const hasNames = this.kept.isWritten && this.kept.holders.hasChanges
    return this.#flight === undefined && this.#unwritten.isEmpty && !this.hasWaiting && !hasNames
  }

  /** Whether so much was shown that it should not wait for the disk as long as it may. */
  get hasMuch(): boolean {
    return this.#unwritten.isMuch
  }

  /** Whether something waits that must be stored before it is shown. */
  get hasWaiting(): boolean {
    return this.#waiting.length > 0 || this.#untold.length > 0
  }

  /** Does something after all that was given before it has been done. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(task)
    this.#turn = done.catch(() => {})
    return done
  }

  /** Whether what is being written of it belongs to what is written of others: then all of it is, or none. */
  get isTied(): boolean {
    return this.#flight?.changes.some(({ isTied }) => isTied) === true
  }

  /** Takes a change that is stored first; settled when it is shown, or refused. One of inboxes waits in who asks's. */
  wait(append: Append, reach?: Reach<LocalGroup>): Promise<Result<Accepted>> {
    return new Promise((settle) => this.#waiting.push({ append, reach, settle }))
  }

  /** Takes a batch that is shown at once and written later: behind what is being stored for the group now. */
  show(append: Append): Promise<Result<Accepted>> | Result<Accepted> {
    if (this.#flight === undefined || this.#flight.changes.length === 0) return this.#show(append)
    return new Promise((settle) => this.#held.push({ append, settle }))
  }

  /** A change comes that is about an annotation, which may be brought from the disk for it. */
  need(id: number): void {
    this.#needed.set(id, (this.#needed.get(id) ?? 0) + 1)
  }

  /** A change that was about an annotation is done, or refused. */
  needNot(id: number): void {
    const left = (this.#needed.get(id) ?? 1) - 1
    if (left > 0) {
      this.#needed.set(id, left)
      return
    }
    this.#needed.delete(id)
    const { aside, changed } = this.kept.state
    if (!changed.has(id)) aside.delete(id)
  }

  /** Resolves when the names that are held now are stored, or cannot be. */
  namesStored(): Promise<void> {
    return new Promise((resolve) => this.#untold.push(resolve))
  }

  /** Takes note of what was performed without being asked for. */
  note(prepared: Prepared): void {
    this.#unwritten.note(prepared)
  }

  /** What it will be after the next write. */
  get draft(): Draft {
    return this.#opened.draft
  }

  /** Takes a change that was prepared into the next write. */
  fly(one: Ready): void {
    const newSeries = this.kept.newSeries(one.change)
    this.#host.grew(newSeries)
    this.#opened.changes.push({ ...one, newSeries })
  }

  /** Prepares what waits; returns the groups of which something is prepared with it. `collect` must follow, of those too. */
  prepare(): ReadonlySet<LocalGroup> {
    const now = this.#host.now()
    const touched = new Set<LocalGroup>()
    const keys = new Set<string>()
    const waiting = this.#waiting
    this.#waiting = []
    for (const one of waiting) {
      const { key } = one.append
      // Sent twice at once: the second is answered with what the first did.
      if (key !== undefined && keys.has(key)) {
        this.#waiting.push(one)
        continue
      }
      const prepared = this.#tried(() => this.#prepareOne(one, now))
      if (!prepared.ok) one.settle(prepared)
      else if (prepared.value !== undefined && key !== undefined) keys.add(key)
      if (prepared.ok) for (const group of prepared.value ?? []) touched.add(group)
    }
    return touched
  }

  /** What is to be written now; with `isBehind` what may wait too. `stored` or `failed` must follow. */
  collect(isBehind: boolean): GroupWrite | undefined {
    const now = this.#host.now()
    const { draft, changes } = this.#opened
    this.#pass = undefined
    const told = this.#untold
    this.#untold = []
    const { holders } = this.kept
    const isAsked = changes.length > 0 || told.length > 0 || holders.hasNew
    const isDue = isAsked || (isBehind && (!this.#unwritten.isEmpty || holders.hasChanges))
    // A group that nobody wrote to is not made by a name, nor by what changes nothing.
    if (draft.head.revision === 0) {
      this.#settle(changes)
      for (const tell of told) tell()
      return undefined
    }
    if (!isDue) return undefined
    // Samples go to the disk in the order of their revisions: what was shown before an add goes before it.
    const hasSamples = changes.some(({ prepared }) => prepared.effect.type === 'batch')
    const taken = isBehind || hasSamples ? this.#unwritten.take() : undefined
    this.#flight = { changes, holders: holders.takeChanges(), taken, told }
    const head = { ...draft.head, life: this.#host.life }
    return groupWriteOf(this.kept.name, this.kept.state, head, this.#flight, now)
  }

  /**
   * What was collected is on the disk: it is shown and acknowledged, and what came behind it has its turn. Returns the
   * keys of the inboxes that went with the names of their holders.
   */
  stored(): string[] {
    const flight = this.#flight
    this.#flight = undefined
    this.#settle(flight?.changes ?? [])
    this.#land(flight)
    return (flight?.holders.lost ?? []).map(({ canonical, person }) => inboxKey(this.kept.name, canonical, person))
  }

  /** What was collected could not be written: nothing of it happened. */
  failed(refusal: Refusal): void {
    const flight = this.#flight
    this.#flight = undefined
    if (flight?.taken !== undefined) this.#unwritten.putBack(flight.taken)
    if (flight !== undefined) this.kept.holders.giveBack(flight.holders)
    for (const { settle, newSeries } of flight?.changes ?? []) {
      this.#host.grew(-newSeries)
      settle({ ok: false, refusal })
    }
    this.#land(flight)
  }

  /** Everything of it was deleted. */
  empty(): void {
    this.#host.grew(-this.kept.state.series.size)
    this.#unwritten.clear()
    this.#annotations = 0
    this.kept.empty()
  }

  #settle(changes: readonly Flying[]): void {
    for (const { change, prepared, newSeries, append, settle } of changes) {
      this.#host.grew(-newSeries)
      const accepted = this.#perform(prepared)
      if (append.key !== undefined) this.kept.keys.remember(append.key, doneBy(accepted), this.#host.now())
      if (prepared.isVisible) this.#tell(change)
      settle(accept(accepted))
    }
  }

  #land(flight: Flight | undefined): void {
    for (const tell of flight?.told ?? []) tell()
    const held = this.#held
    this.#held = []
    for (const { append, settle } of held) settle(this.#tried(() => this.#show(append)))
  }

  #show({ change, key }: Append): Result<Accepted> {
    const done = this.kept.answerOf(key, this.#host.now())
    if (done !== undefined) return accept(done)
    const prepared = this.#prepare(new Draft(this.kept.state), change, this.#host.now())
    if (!prepared.ok) return prepared
    this.#unwritten.note(prepared.value)
    const accepted = this.#perform(prepared.value)
    if (prepared.value.isVisible) this.#tell(change)
    return accept(accepted)
  }

  #prepare(draft: Draft, change: Change, now: number): Result<Prepared> {
    const room = this.#host.roomFor(this, change)
    return room.ok ? draft.prepare(change, now, this.#host.epochName()) : room
  }

  // Our own error is one change's: the others go on.
  #tried<T>(act: () => Result<T>): Result<T> {
    try {
      return act()
    } catch (error) {
      this.#host.report('change', error)
      return ourFault
    }
  }

  // It has happened, whatever becomes of who is told.
  #tell(change: Change): void {
    try {
      this.kept.tell(change)
    } catch (error) {
      this.#host.report('tell', error)
    }
  }

  // The groups in which it is prepared; undefined when it was done already.
  #prepareOne(waiting: Waiting<LocalGroup>, now: number): Result<readonly LocalGroup[] | undefined> {
    const { append, reach, settle } = waiting
    const done = this.kept.answerOf(append.key, now)
    if (done === undefined) {
      if (reach === undefined) return prepareOwn<LocalGroup>(this, waiting, this.#host, now)
      return prepareReach<LocalGroup>(this, reach, waiting, this.#host, now)
    }
    settle(accept(done))
    return accept(undefined)
  }

  get #opened(): Pass {
    this.#pass ??= { draft: new Draft(this.kept.state), changes: [] }
    return this.#pass
  }

  #perform(prepared: Prepared): Accepted {
    const { state } = this.kept
    const before = state.series.size
    const { lastId } = state
    const accepted = perform(state, prepared)
    this.#host.grew(state.series.size - before)
    const { effect } = prepared
    if (effect.type !== 'annotation') return accepted
    if (effect.annotation.id > lastId && runNameOf(effect.annotation) === 'talk') this.#annotations++
    for (const run of runNames) trimRun(state, run, inMemory)
    return accepted
  }
}
