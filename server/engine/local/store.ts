// Owns the main thread's side of the file: questions go to the worker and come back as answers. What is in the file is
// file.ts's.

import { Worker } from 'node:worker_threads'
import type { Annotation, RunName } from '@chartroom/shared'
import type { HistoryQuery, HistoryRows } from '../history-rows.ts'
import type { Keep } from './file.ts'
import { StoreError, type StoreProblem } from './store-error.ts'
import type { GroupWrite, StoredGroupState, StoredKey, StoredPage, StoredSummary } from './stored.ts'

export { StoreError, type StoreProblem }

/** What is asked of a store. Each rejects with a StoreError; a write that does has written nothing. */
export interface Asked {
  load(group: string): StoredGroupState | undefined
  /** One transaction, in the order given. A write of nothing only tries whether the disk takes anything. */
  write(writes: readonly GroupWrite[]): void
  annotation(group: string, id: number): Annotation | undefined
  key(group: string, key: string): StoredKey | undefined
  /** Newest first, before an id; 0: from the newest. */
  page(group: string, run: RunName, before: number, limit: number): StoredPage
  search(group: string, phrases: readonly (readonly string[])[], before: number, limit: number): StoredPage
  history(query: HistoryQuery): HistoryRows
  groups(): StoredSummary[]
  /** The group is gone at once; what was in it goes in small steps. */
  remove(group: string): void
  /** One small step of upkeep at a time (Unix ms); true while there is more to do. */
  trim(now: number): boolean
  /** The file itself stays as it is, with all that was written, until `releaseCheckpoints`. */
  holdCheckpoints(): void
  releaseCheckpoints(): void
  /** With the mark of a clean stop, when everything that was shown is written. */
  close(isClean: boolean): void
}

/** A store as the main thread has it. */
export type Store = {
  readonly [K in keyof Asked]: (...asked: Parameters<Asked[K]>) => Promise<ReturnType<Asked[K]>>
} & {
  /** The life of the file that this process continues or began. */
  readonly life: number
}

/** Which file, and how it is opened. */
export interface StoreOptions {
  readonly file: string
  /** Whether a new life begins in any case: the file was restored from a backup. */
  readonly newEpoch: boolean
  readonly keep: Keep
}

/** What the worker is sent. */
export interface Question {
  readonly id: number
  readonly word: keyof Asked
  readonly asked: readonly unknown[]
}

/** What the worker sends: that it is open, or why not; then answers. */
export type Answer =
  | { readonly word: 'open'; readonly life: number }
  | { readonly word: 'closed'; readonly problem: StoreProblem; readonly message: string }
  | { readonly word: 'done'; readonly id: number; readonly value: unknown }
  | { readonly word: 'failed'; readonly id: number; readonly problem: StoreProblem; readonly message: string }

/** What the store needs of a worker. */
export interface StoreWorker {
  postMessage(question: Question, transfer: readonly ArrayBuffer[]): void
  on(event: 'message', listener: (answer: Answer) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'exit', listener: () => void): unknown
}

/** Opens a store; rejects with a StoreError that says why it cannot be. */
export async function openStore(options: StoreOptions, start = startWorker): Promise<Store> {
  const worker = start(options)
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: StoreError): void }>()
  let asked = 0
  let ended: StoreError | undefined

  function end(error: StoreError): void {
    ended ??= error
    for (const { reject } of waiting.values()) reject(ended)
    waiting.clear()
  }

  function ask<K extends keyof Asked>(word: K, ...questions: Parameters<Asked[K]>): Promise<ReturnType<Asked[K]>> {
    return new Promise((resolve, reject) => {
      if (ended !== undefined) {
        reject(ended)
        return
      }
      const id = ++asked
      waiting.set(id, { resolve: (value) => resolve(value as ReturnType<Asked[K]>), reject }) // the worker answers `word`
      worker.postMessage({ id, word, asked: questions }, word === 'write' ? buffersOf(questions) : [])
    })
  }

  // Only then the file is let go: SQLite waits until the last of its statements is gone.
  const exited = new Promise<void>((resolve) => worker.on('exit', resolve))
  const life = await new Promise<number>((resolve, reject) => {
    worker.on('message', (answer) => {
      switch (answer.word) {
        case 'open':
          resolve(answer.life)
          break
        case 'closed':
          reject(new StoreError(answer.problem, answer.message))
          break
        case 'done':
          waiting.get(answer.id)?.resolve(answer.value)
          waiting.delete(answer.id)
          break
        case 'failed':
          waiting.get(answer.id)?.reject(new StoreError(answer.problem, answer.message))
          waiting.delete(answer.id)
          break
        default:
          answer satisfies never
      }
    })
    function handleEnd(cause?: Error): void {
      const failure = new StoreError('broken', 'The thread that writes the file has ended.', { cause })
      end(failure)
      reject(failure)
    }
    worker.on('error', handleEnd)
    worker.on('exit', () => handleEnd())
  })
  let closing: Promise<void> | undefined

  return {
    life,
    load: (...args) => ask('load', ...args),
    write: (...args) => ask('write', ...args),
    annotation: (...args) => ask('annotation', ...args),
    key: (...args) => ask('key', ...args),
    page: (...args) => ask('page', ...args),
    search: (...args) => ask('search', ...args),
    history: (...args) => ask('history', ...args),
    groups: () => ask('groups'),
    remove: (...args) => ask('remove', ...args),
    trim: (...args) => ask('trim', ...args),
    holdCheckpoints: () => ask('holdCheckpoints'),
    releaseCheckpoints: () => ask('releaseCheckpoints'),
    close: (isClean) => {
      closing ??= ask('close', isClean).finally(() => exited)
      return closing
    },
  }
}

// Samples are handed over, not copied.
function buffersOf(questions: readonly unknown[]): ArrayBuffer[] {
  const [writes] = questions as Parameters<Asked['write']> // only a write is asked so
  return writes.flatMap(({ samples }) =>
    samples === undefined
      ? []
      : [samples.at, samples.times, samples.values, samples.revisions].flatMap(({ buffer }) =>
          buffer instanceof ArrayBuffer ? [buffer] : [],
        ),
  )
}

function startWorker(options: StoreOptions): StoreWorker {
  // It resolves packages as a program of its own does, not as the tool that may run this one.
  return new Worker(writerUrl(), { workerData: options, execArgv: [] })
}

// A worker starts from the build, also when a test runs this file from its source.
function writerUrl(): URL {
  const here = new URL('./writer.js', import.meta.url)
  return import.meta.url.endsWith('.ts')
    ? new URL('../../../dist/server/engine/local/writer.js', import.meta.url)
    : here
}
