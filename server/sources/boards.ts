// Owns the boards of a folder: when one of its files is looked at and put, and what is told of it. What a file says is
// board-file.ts's.

import { watch } from 'node:fs'
import { join } from 'node:path'
import { accept, type Refusal, type Result } from '@chartroom/shared'
import type { Engine } from '../engine/engine.ts'
import { boardsName } from '../engine/holders.ts'
import { StorageError } from '../engine/storage-error.ts'
import type { Log } from '../log.ts'
import { boardFilesIn, groupOfFile, type ProvisionedBoard, readBoardFile } from './board-file.ts'
import type { Source } from './source.ts'

/** What the source of boards is handed. */
export interface BoardsSourceOptions {
  readonly folder: string
  readonly engine: Pick<Engine, 'open' | 'append'>
  readonly log: Log
  /** Runs something once, later; returns its undo. */
  setTimer(run: () => void, ms: number): () => void
  /** @default fs.watch */
  readonly watchFolder?: WatchFolder
}

/** Calls whenever something in a folder may have changed, until it is undone. */
export type WatchFolder = (folder: string, onChange: () => void, onError: (error: unknown) => void) => () => void

/** A source that can be told to look at once. */
export interface BoardsSource extends Source {
  /** Looks at every file that is new or changed; resolves when its boards are put. */
  look(): Promise<void>
}

// Editors write a file in several steps, and some of them put another in its place.
const settleMs = 150
// Where changes are not told (network drives, links that lead elsewhere), this finds them.
const pollMs = 5_000

/**
 * Puts the boards of a folder's files `<group>.json`: each when it says something else than when it was put last, also
 * by an earlier process. Until then people may arrange upon it. A file that goes leaves the board as it is.
 */
export function createBoardsSource(options: BoardsSourceOptions): BoardsSource {
  const { folder, setTimer, watchFolder = watchByNode, log } = options
  const files = new BoardFiles(options)
  let looking: Promise<void> = Promise.resolve()
  let unwatch = () => {}
  let cancelSettle = () => {}
  let cancelPoll = () => {}
  let isClosed = false

  function look(): Promise<void> {
    looking = looking.then(() => files.look())
    return looking
  }

  function settle(): void {
    cancelSettle()
    cancelSettle = setTimer(() => void look(), settleMs)
  }

  function poll(): void {
    if (!isClosed) cancelPoll = setTimer(() => void look().then(poll), pollMs)
  }

  return {
    look,
    start() {
      unwatch = watchFolder(folder, settle, (error) => log.warn('boards_not_watched', { folder, error }))
      poll()
    },
    async close() {
      isClosed = true
      for (const undo of [unwatch, cancelSettle, cancelPoll]) undo()
      await looking
    },
  }
}

/** The files of a folder, and what was last seen of each. */
class BoardFiles {
  readonly #options: BoardsSourceOptions
  readonly #seen = new Map<string, string>()
  #isReadable = true

  constructor(options: BoardsSourceOptions) {
    this.#options = options
  }

  /** Puts what is new. Never throws: what is wrong is told in the log, once for each change. */
  async look(): Promise<void> {
    try {
      await this.#lookAtAll()
      this.#isReadable = true
    } catch (error) {
      if (this.#isReadable) this.#options.log.error('boards_unreadable', { folder: this.#options.folder, error })
      this.#isReadable = false
    }
  }

  async #lookAtAll(): Promise<void> {
    const files = await boardFilesIn(this.#options.folder)
    for (const name of this.#seen.keys()) if (!files.some((file) => file.name === name)) this.#seen.delete(name)
    const firsts = new Map<string, string>()
    for (const { name, marks } of files) {
      const named = groupOfFile(name)
      const group = named.ok ? named.value : name
      const first = firsts.get(group) ?? name
      firsts.set(group, first)
      const mark = `${marks} ${first}`
      if (this.#seen.get(name) === mark) continue
      this.#seen.set(name, mark)
      if (first === name) await this.#take(name)
      else this.#tellWrong(name, `${first} is of the same group`)
    }
  }

  async #take(name: string): Promise<void> {
    const { folder, log } = this.#options
    try {
      const read = await readBoardFile(folder, name)
      if (read.ok && read.value.ignored.length > 0) {
        log.warn('board_fields_unknown', { file: join(folder, name), fields: read.value.ignored })
      }
      const put = read.ok ? await this.#put(read.value) : read
      if (put.ok && put.value) log.info('board_put', { file: join(folder, name) })
      if (put.ok) return
      this.#tellWrong(name, whyOf(put.refusal))
      // What cannot be stored now is tried again.
      if (put.refusal.code === 'storage') this.#seen.delete(name)
    } catch (error) {
      log.error('board_failed', { file: join(folder, name), error })
      if (error instanceof StorageError) this.#seen.delete(name)
    }
  }

  // True when it was not there already.
  async #put({ group, board, provisioned }: ProvisionedBoard): Promise<Result<boolean>> {
    const { engine } = this.#options
    const followed = await engine.open(group)
    const isKnown = followed.state.board?.provisioned === provisioned
    followed.close()
    if (isKnown) return accept(false)
    const edits = [{ type: 'replace', board } as const]
    const done = await engine.append({ group, change: { type: 'arrange', edits, name: boardsName, provisioned } })
    return done.ok ? accept(true) : done
  }

  #tellWrong(name: string, why: string): void {
    this.#options.log.error('board_file_wrong', { file: join(this.#options.folder, name), why })
  }
}

function whyOf({ message, faults }: Refusal): string {
  return faults?.map(({ pointer, message }) => `${pointer} ${message}`.trim()).join('; ') ?? message
}

const watchByNode: WatchFolder = (folder, onChange, onError) => {
  try {
    const watcher = watch(folder, { persistent: false }, onChange)
    watcher.on('error', onError)
    return () => watcher.close()
  } catch (error) {
    onError(error)
    return () => {}
  }
}
