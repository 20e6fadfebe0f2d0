// Owns the file of groups over one open connection: what a write changes, what a load gives, and the small steps of its
// upkeep. It opens nothing, and knows no thread.

import { type Annotation, limits, type RunName, runNameOf } from '@chartroom/shared'
import type { Database } from 'libsql'
import type { HistoryQuery, HistoryRows } from '../history-rows.ts'
import { inboxesOf, inboxKey } from '../inbox.ts'
import { AnnotationRows, type OldRow } from './annotation-rows.ts'
import { GroupRows } from './group-rows.ts'
import { createHistory, type History, type HistoryKeep } from './history.ts'
import { HolderRows } from './holder-rows.ts'
import { KeyRows } from './key-rows.ts'
import { beginLife, endLife, touch } from './mark.ts'
import { migrate } from './migrations.ts'
import { type Prepared, prepare } from './prepared.ts'
import { SeriesRows } from './series-rows.ts'
import type { GroupWrite, StoredGroupState, StoredKey, StoredPage, StoredSummary } from './stored.ts'
import { textOf } from './text-rows.ts'
import { inTransaction } from './transaction.ts'
import { WordRows } from './word-rows.ts'

/** How long what is kept: samples by time (ms), logs by their number in each group. */
export interface Keep extends HistoryKeep {
  readonly logs: number
}

// What of each run lives in memory.
const inMemory = 1_000
// What one small step deletes: some hundredths of a second. An annotation takes a quarter of a millisecond, for its words.
const rowsInStep = 500
const annotationsInStep = 200

/** The groups in a file. */
export class GroupFile {
  readonly life: number
  readonly #db: Database
  readonly #keep: Keep
  readonly #history: History
  readonly #groups: GroupRows
  readonly #series: SeriesRows
  readonly #annotations: AnnotationRows
  readonly #words: WordRows
  readonly #keys: KeyRows
  readonly #holders: HolderRows
  readonly #gone: {
    readonly add: Prepared<never>
    readonly find: Prepared<{ group_id: number }>
    readonly drop: Prepared<never>
  }
  /** The groups whose logs may be too many. */
  readonly #logging: Set<number>
  // A crash may have come between what was taken back and the emptying of the log.
  #hasTakenBack = true

  /** Brings the tables of a connection to the newest form, and begins or goes on with a life. */
  constructor(db: Database, keep: Keep, isNewEpoch: boolean) {
    migrate(db)
    this.#db = db
    this.#keep = keep
    this.life = beginLife(db, isNewEpoch)
    this.#history = createHistory(db, keep)
    this.#groups = new GroupRows(db)
    this.#series = new SeriesRows(db)
    this.#annotations = new AnnotationRows(db)
    this.#words = new WordRows(db)
    this.#keys = new KeyRows(db)
    this.#holders = new HolderRows(db)
    this.#gone = {
      add: prepare(db, 'INSERT INTO gone (group_id) VALUES (?)'),
      find: prepare(db, 'SELECT group_id FROM gone LIMIT 1'),
      drop: prepare(db, 'DELETE FROM gone WHERE group_id = ?'),
    }
    this.#logging = new Set([...prepare<{ id: number }>(db, 'SELECT id FROM groups').rows()].map(({ id }) => id))
  }

  /** Whether words were taken back that may still stand in the log of the file. */
  get hasTakenBack(): boolean {
    return this.#hasTakenBack
  }

  write(writes: readonly GroupWrite[]): void {
    inTransaction(this.#db, () => {
      for (const write of writes) this.#writeGroup(write)
      // After all: one of them may still have reached an inbox whose holder was lost with another.
      for (const write of writes) this.#removeLostInboxes(write)
      if (writes.length === 0) touch(this.#db)
    })
  }

  load(name: string): StoredGroupState | undefined {
    const head = this.#groups.headOf(name)
    const group = this.#groups.idOf(name)
    if (head === undefined || group === undefined) return undefined
    const talk = this.#annotations.page(group, 'talk', 0, inMemory)
    const logs = this.#annotations.page(group, 'logs', 0, inMemory)
    const changed = this.#annotations.changed(group)
    const run = new Set([...talk.annotations, ...logs.annotations].map(({ id }) => id))
    return {
      head,
      series: this.#series.of(group),
      removals: this.#series.removalsOf(group),
      changed,
      aside: changed.flatMap(([id]) => (run.has(id) ? [] : (this.#annotations.find(group, id) ?? []))),
      talk: [...talk.annotations].reverse(),
      talkEarlier: talk.before,
      logs: [...logs.annotations].reverse(),
      logsEarlier: logs.before,
      keys: this.#keys.recent(group, head.time - limits.keyMs),
      holders: this.#holders.of(group),
      samples: this.#history.recent(name, head.time - limits.windowMs),
    }
  }

  annotation(name: string, id: number): Annotation | undefined {
    const group = this.#groups.idOf(name)
    return group === undefined ? undefined : this.#annotations.find(group, id)
  }

  key(name: string, key: string): StoredKey | undefined {
    const group = this.#groups.idOf(name)
    return group === undefined ? undefined : this.#keys.find(group, key)
  }

  page(name: string, run: RunName, before: number, limit: number): StoredPage {
    const group = this.#groups.idOf(name)
    return group === undefined ? nothing : this.#annotations.page(group, run, before, limit)
  }

  search(name: string, phrases: readonly (readonly string[])[], before: number, limit: number): StoredPage {
    const group = this.#groups.idOf(name)
    if (group === undefined) return nothing
    const beforeRow = before === 0 ? undefined : this.#annotations.rowFrom(group, before)
    return this.#words.search(group, phrases, beforeRow ?? Number.MAX_SAFE_INTEGER, limit)
  }

  history(query: HistoryQuery): HistoryRows {
    return this.#history.query(query)
  }

  groups(): StoredSummary[] {
    return this.#groups.list()
  }

  /** Deletes a group with its inboxes: it is gone at once, its annotations and samples go with `trim`. */
  remove(name: string): void {
    inTransaction(this.#db, () => {
      for (const inbox of this.#groups.beginningWith(inboxesOf(name))) this.#remove(inbox)
      this.#remove(name)
    })
  }

  /** Takes samples into their tiers; true while there are more. */
  rollUp(): boolean {
    return this.#history.rollUp()
  }

  /** Deletes a little of what is too old or gone; true while there is more. `now` is Unix ms. */
  trim(now: number): boolean {
    return this.#history.trim(now) || inTransaction(this.#db, () => this.#trimRows(now))
  }

  /** Empties the log of the file into the file, so that what was taken back is in neither. */
  checkpoint(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)')
    this.#hasTakenBack = false
  }

  /** The last thing that is written: all that was shown is here. */
  end(): void {
    endLife(this.#db)
  }

  #remove(name: string): void {
    const group = this.#groups.idOf(name)
    if (group === undefined) return
    this.#groups.remove(group)
    this.#series.removeGroup(group)
    this.#holders.removeGroup(group)
    this.#gone.add.run(group)
    this.#history.remove(name)
  }

  #removeLostInboxes({ group, lostHolders = [] }: GroupWrite): void {
    for (const { canonical, person } of lostHolders) this.#remove(inboxKey(group, canonical, person))
  }

  #writeGroup({ group: name, head, samples, ...parts }: GroupWrite): void {
    const group = this.#groups.open(name, head)
    for (const key of parts.removedKeys ?? []) this.#series.drop(group, key)
    for (const series of parts.series ?? []) this.#series.put(group, series)
    this.#series.rememberRemovals(group, parts.removals ?? [])
    let talk = 0
    for (const annotation of parts.annotations ?? []) talk += this.#writeAnnotation(group, annotation)
    for (const key of parts.keys ?? []) this.#keys.put(group, key)
    for (const { canonical } of parts.lostHolders ?? []) this.#holders.drop(group, canonical)
    for (const holder of parts.holders ?? []) this.#holders.put(group, holder)
    if (samples !== undefined) this.#history.add(name, samples)
    this.#groups.put(group, head, talk)
  }

  // Returns how many more the talk has.
  #writeAnnotation(group: number, annotation: Annotation): number {
    const { row, before } = this.#annotations.put(group, annotation)
    const isNew = before === undefined
    if (before !== annotation.text) {
      if (!isNew) this.#words.drop(group, row, before)
      this.#words.add(group, row, annotation.text)
      this.#hasTakenBack ||= !isNew
    }
    const isLog = runNameOf(annotation) === 'logs'
    if (isLog) this.#logging.add(group)
    return isNew && !isLog ? 1 : 0
  }

  #trimRows(now: number): boolean {
    const gone = this.#gone.find.get()?.group_id
    if (gone !== undefined) {
      if (!this.#dropSomeOf(gone)) this.#gone.drop.run(gone)
      return true
    }
    if (this.#keys.forgetOld(now, rowsInStep) > 0) return true
    for (const group of this.#logging) {
      const logs = this.#annotations.tooManyLogs(group, this.#keep.logs, annotationsInStep)
      this.#dropAnnotations(group, logs)
      if (logs.length > 0) return true
      this.#logging.delete(group)
    }
    return false
  }

  #dropSomeOf(group: number): boolean {
    const some = this.#annotations.some(group, annotationsInStep)
    this.#dropAnnotations(group, some)
    this.#hasTakenBack = true
    return some.length > 0 || this.#keys.dropSome(group, rowsInStep) > 0
  }

  #dropAnnotations(group: number, old: readonly OldRow[]): void {
    for (const one of old) {
      this.#words.drop(group, one.row, textOf(one.said))
      this.#annotations.drop(one)
      this.#keys.dropOf(group, one.id)
    }
  }
}

const nothing: StoredPage = { annotations: [], before: 0 }
