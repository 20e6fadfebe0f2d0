// Owns which messages of a group a program has not taken yet: a position in the group's talk, and who waits there.

import type { Annotation } from '../annotation.ts'
import type { Result } from '../fault.ts'
import type { GroupState } from '../state.ts'

/** What a queue reads. */
export interface QueueSource {
  readonly state: GroupState
  readonly isFilled: boolean
  /** Puts a page of older annotations before the talk. */
  pageBack(): Promise<Result<boolean>>
}

/**
 * The messages that came since the group was joined, each once and in order, as they are when they are taken: with
 * their edits, and without what was taken back. Logs are not messages. What a long cut left out of the talk is paged
 * in first, so that none is missed and none comes before its time.
 */
export class Queue {
  readonly #source: QueueSource
  /** The id of the last message that was taken, or was there before; undefined until the group has come. */
  #position: number | undefined
  #takers: ((annotation: Annotation | undefined) => void)[] = []
  #isPaging = false
  #isClosed = false

  constructor(source: QueueSource) {
    this.#source = source
  }

  /** How many can be taken now. */
  get waiting(): number {
    let count = 0
    for (const _ of this.#ready()) count++
    return count
  }

  /** The next message, if there is one now. */
  read(): Annotation | undefined {
    for (const next of this.#ready()) {
      this.#position = next.id
      return next
    }
    return undefined
  }

  /** The next message, as soon as there is one; undefined when the room was closed. Who asks first is served first. */
  next(): Promise<Annotation | undefined> {
    const now = this.#takers.length === 0 ? this.read() : undefined
    if (now !== undefined || this.#isClosed) return Promise.resolve(now)
    return new Promise((resolve) => this.#takers.push(resolve))
  }

  /** The state has changed. */
  look(): void {
    const { talk } = this.#source.state
    if (this.#source.isFilled) this.#position ??= Math.max(talk.lastId, talk.earlier - 1)
    if (this.#hasHole()) void this.#fill()
    while (this.#takers.length > 0) {
      const next = this.read()
      if (next === undefined) return
      this.#takers.shift()?.(next)
    }
  }

  /** Nothing more comes: who waits is told, and what has come can still be read. */
  close(): void {
    this.#isClosed = true
    for (const take of this.#takers) take(undefined)
    this.#takers = []
  }

  *#ready(): Generator<Annotation> {
    if (this.#position === undefined || this.#hasHole()) return
    const { talk } = this.#source.state
    for (let at = talk.position(this.#position + 1); at < talk.length; at++) {
      const annotation = talk.annotations[at]
      if (annotation !== undefined && !annotation.retracted) yield annotation
    }
  }

  #hasHole(): boolean {
    return this.#position !== undefined && this.#source.state.talk.earlier > this.#position + 1
  }

  async #fill(): Promise<void> {
    if (this.#isPaging) return
    this.#isPaging = true
    while (this.#hasHole() && !this.#isClosed) {
      const { state } = this.#source
      const [earlier, floor] = [state.talk.earlier, state.floor]
      const page = await this.#source.pageBack()
      if (page.ok && (state.talk.earlier !== earlier || state.floor !== floor)) continue
      // A page that does not join on is of a group that began anew: the next update tells of that.
      if (page.ok) break
      // A host without fetch never gets them; every other failure is tried again with the next update.
      if (page.refusal.code === 'not_supported') this.#position = this.#source.state.talk.earlier - 1
      break
    }
    this.#isPaging = false
    if (!this.#hasHole()) this.look()
  }
}
