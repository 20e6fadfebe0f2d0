// Owns reading older messages into the log, page by page, and how the last reading went.

import { findAnnotation, limits } from '@chartroom/shared'
import type { GroupStore } from '../store.ts'

/** The older pages of one group's talk. */
export class TalkPages {
  readonly #store: () => GroupStore
  readonly #listener: () => void
  #state: 'idle' | 'reading' | 'failed' = 'idle'
  #page: Promise<void> | undefined

  /** The listener is called when the state changes. */
  constructor(store: () => GroupStore, listener: () => void) {
    this.#store = store
    this.#listener = listener
  }

  get state(): 'idle' | 'reading' | 'failed' {
    return this.#state
  }

  /** Reads one more page. Who asks while one is on its way waits for that one. */
  readBack(limit?: number): Promise<void> {
    this.#page ??= this.#read(limit).finally(() => {
      this.#page = undefined
    })
    return this.#page
  }

  /** Reads back, in large pages, until the talk has this message; false when it cannot be read. */
  async reach(id: number): Promise<boolean> {
    const { state } = this.#store()
    while (id < state.talk.earlier) {
      await this.readBack(limits.maxPageAnnotations)
      if (this.#state === 'failed') return false
    }
    return findAnnotation(state, id) !== undefined
  }

  async #read(limit: number | undefined): Promise<void> {
    if (this.#store().state.talk.earlier === 0) return
    this.#set('reading')
    const result = await this.#store().pageBack(limit)
    this.#set(result.ok ? 'idle' : 'failed')
  }

  #set(state: TalkPages['state']): void {
    this.#state = state
    this.#listener()
  }
}
