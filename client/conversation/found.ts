// Owns one search as it goes on: what is asked for, what was found, and what comes next. It draws nothing.

import type { Annotation, AnnotationPage, Result } from '@chartroom/shared'

/** After this long without a letter the words are searched for, ms. */
const silenceMs = 200

/** How a search stands: `none` while there is nothing to search for. */
export type FoundState = 'none' | 'reading' | 'found' | 'failed'

type Ask = (query: string, before?: number) => Promise<Result<AnnotationPage>>

/** What was found for the words that were written last. */
export class Found {
  readonly #ask: Ask
  readonly #listener: () => void
  #query = ''
  #state: FoundState = 'none'
  #annotations: readonly Annotation[] = []
  #before = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Each new question; an answer to an earlier one comes too late. */
  #question = 0

  /** The listener is called when anything here changed. */
  constructor(ask: Ask, listener: () => void) {
    this.#ask = ask
    this.#listener = listener
  }

  /** What was searched for; the marks are of these words. */
  get query(): string {
    return this.#query
  }

  get state(): FoundState {
    return this.#state
  }

  /** Newest first. */
  get annotations(): readonly Annotation[] {
    return this.#annotations
  }

  /** Whether there are older ones, not read yet. */
  get hasMore(): boolean {
    return this.#before !== 0
  }

  /** Takes the words as they are written, and searches when they stand still. */
  write(text: string): void {
    clearTimeout(this.#timer)
    const query = text.trim()
    // Without a letter or a digit there is nothing to find.
    if (!/[\p{L}\p{N}]/u.test(query)) this.#begin('', 'none')
    else if (query !== this.#query) this.#timer = setTimeout(() => this.#search(query), silenceMs)
  }

  /** Reads older ones, or tries again what failed. */
  async more(): Promise<void> {
    if (this.#state === 'reading' || this.#state === 'none') return
    if (this.#state === 'failed' && this.#annotations.length === 0) await this.#read(undefined)
    else if (this.hasMore) await this.#read(this.#before)
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#question++
  }

  #search(query: string): void {
    this.#begin(query, 'reading')
    void this.#read(undefined)
  }

  #begin(query: string, state: FoundState): void {
    this.#question++
    this.#query = query
    this.#annotations = []
    this.#before = 0
    this.#set(state)
  }

  async #read(before: number | undefined): Promise<void> {
    const question = this.#question
    this.#set('reading')
    const page = await this.#ask(this.#query, before)
    if (question !== this.#question) return
    if (page.ok) {
      this.#annotations = [...this.#annotations, ...page.value.annotations]
      this.#before = page.value.before
    }
    this.#set(page.ok ? 'found' : 'failed')
  }

  #set(state: FoundState): void {
    this.#state = state
    this.#listener()
  }
}
