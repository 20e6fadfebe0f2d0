// Owns the only connection to the file, in a thread of its own: SQLite's calls block whoever makes them. One connection
// also keeps clear of a fault of its SQLite 3.45: with two, a reset of the write-ahead log may lose a commit
// (https://www.sqlite.org/wal.html, "WAL-reset bug").

import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import Database from 'libsql'
import { GroupFile } from './file.ts'
import { refuseForeign } from './migrations.ts'
import type { Answer, Asked, Question, StoreOptions } from './store.ts'
import { storeErrorOf } from './store-error.ts'

// Bare samples are rolled up this often, and words that were taken back leave the write-ahead log this soon.
const upkeepMs = 1_000
const rollUpEvery = 10
const pagesInLog = 1_000

/** The thread's side of a store: answers questions one after another. */
export class Writer {
  readonly file: GroupFile
  readonly #db: Database.Database
  #isHeld = false
  #beats = 0

  /** Opens the file, and makes it when it is not there. Throws what SQLite throws. */
  constructor({ file, newEpoch, keep }: StoreOptions) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    this.#db = new Database(file)
    try {
      // Exclusive before the log is: then there is no shared memory beside it, and nobody else comes in.
      this.#db.pragma('locking_mode = EXCLUSIVE')
      refuseForeign(this.#db)
      for (const setting of [
        'journal_mode = WAL',
        'synchronous = FULL',
        'secure_delete = ON',
        `wal_autocheckpoint = ${pagesInLog}`,
      ]) {
        this.#db.pragma(setting)
      }
      this.file = new GroupFile(this.#db, keep, newEpoch)
    } catch (error) {
      this.#db.close()
      throw error
    }
  }

  /** What is to be answered. */
  get asked(): { readonly [K in keyof Asked]: (...asked: Parameters<Asked[K]>) => ReturnType<Asked[K]> } {
    const { file } = this
    return {
      load: (group) => file.load(group),
      write: (writes) => file.write(writes),
      annotation: (group, id) => file.annotation(group, id),
      key: (group, key) => file.key(group, key),
      page: (...page) => file.page(...page),
      search: (...search) => file.search(...search),
      history: (query) => file.history(query),
      groups: () => file.groups(),
      remove: (group) => file.remove(group),
      trim: (now) => file.trim(now),
      holdCheckpoints: () => this.#hold(),
      releaseCheckpoints: () => this.#release(),
      close: (isClean) => this.#close(isClean),
    }
  }

  /** What is done about once a second, when nothing is asked. */
  upkeep(): void {
    this.#beats++
    if (this.#beats % rollUpEvery === 0) while (this.file.rollUp());
    if (this.file.hasTakenBack && !this.#isHeld) this.file.checkpoint()
  }

  #hold(): void {
    this.file.checkpoint()
    this.#db.pragma('wal_autocheckpoint = 0')
    this.#isHeld = true
  }

  #release(): void {
    this.#db.pragma(`wal_autocheckpoint = ${pagesInLog}`)
    this.#isHeld = false
  }

  #close(isClean: boolean): void {
    try {
      while (this.file.rollUp());
      if (isClean) this.file.end()
      if (!this.#isHeld) this.file.checkpoint()
    } finally {
      this.#db.close()
    }
  }
}

function serve(port: NonNullable<typeof parentPort>, options: StoreOptions): void {
  const tell = (answer: Answer) => port.postMessage(answer)
  let writer: Writer
  try {
    writer = new Writer(options)
  } catch (error) {
    const { problem, message } = storeErrorOf(error)
    tell({ word: 'closed', problem, message })
    port.close()
    return
  }
  const { asked } = writer
  const upkeep = setInterval(() => {
    try {
      writer.upkeep()
    } catch (error) {
      // It is tried again; whoever writes meets the same, and says so.
      void error
    }
  }, upkeepMs)
  port.on('message', (question: Question) => {
    tell(answerTo(asked, question))
    if (question.word !== 'close') return
    clearInterval(upkeep)
    port.close()
  })
  tell({ word: 'open', life: writer.file.life })
}

function answerTo(asked: Writer['asked'], { id, word, asked: questions }: Question): Answer {
  // Each word is asked with what it takes: store.ts types both ends.
  const answer = asked[word] as (...questions: readonly unknown[]) => unknown // as above
  try {
    return { word: 'done', id, value: answer(...questions) }
  } catch (error) {
    const { problem, message } = storeErrorOf(error)
    return { word: 'failed', id, problem, message }
  }
}

if (parentPort !== null) serve(parentPort, workerData)
