// A group and a replica of it in one place: what is committed is pushed when the test says so. No socket, no clock.
import {
  type Annotation,
  type AnnotationDraft,
  type AnnotationPage,
  applyUpdate,
  type BoardEdit,
  type Change,
  type Cursor,
  changesSince,
  commit,
  createState,
  cursorOf,
  findAnnotation,
  type GroupState,
  type Outcome,
  type Result,
  refuse,
  type Update,
} from '@chartroom/shared'
import type { Attention, FollowOptions, Replica } from '@chartroom/shared/client'
import type { TextStorage } from '../../client/kept.ts'

type Listener = (update: Update, outcome: Outcome) => void

export class FakeGroup implements Replica {
  readonly group = 'ops'
  readonly state: GroupState = createState('ops')
  readonly paceMs = 1_000
  readonly name = 'Ana'
  readonly inbox = undefined
  people: Replica['people'] = { count: 0, people: [] }
  isFilled = false
  isClosed = false
  /** Where the log begins once a page was put before it. */
  older = 0
  /** What was said of the person's attention, all of it. */
  pointed: Attention = {}
  /** What the server answers to annotate; by default it takes what is written. */
  answer: ((draft: AnnotationDraft) => Promise<Result<Annotation>>) | undefined
  /** What the server answers to edits and reactions; by default it does them. */
  answerEdit: (() => Promise<Result<Annotation>>) | undefined
  /** What the server answers to arranging; by default it does it. */
  answerArrange: ((edits: readonly BoardEdit[]) => Promise<Result<Cursor>>) | undefined
  /** What is found, by the id before which it was asked for. */
  found: (before: number | undefined) => Promise<Result<AnnotationPage>> = async () => refuse('internal', 'Nothing.')
  /** The keys under which something was written. */
  readonly keys: string[] = []
  /** How it was asked to be followed otherwise. */
  readonly changes: FollowOptions[] = []
  #server = createState('ops')
  readonly #listeners = new Set<Listener>()
  readonly #peopleListeners = new Set<() => void>()
  #time = 1_795_178_659_000

  /** Makes changes happen, a second after one another; they are told by `push`. */
  happen(...changes: Change[]): void {
    for (const change of changes) {
      this.#time += 1_000
      const committed = commit(this.#server, change, this.#time, 'k3f9')
      if (!committed.ok) throw new Error(committed.refusal.message)
    }
  }

  /** The server begins anew, with nothing. */
  restart(): void {
    this.#server = createState('ops')
  }

  /** Somebody says something. */
  say(author: string, text: string): void {
    this.happen({ type: 'annotate', author, draft: { text } })
  }

  /** Tells what happened, once. */
  push(): void {
    const update = changesSince(this.#server, cursorOf(this.state))
    const outcome = applyUpdate(this.state, update)
    this.isFilled = true
    for (const listener of this.#listeners) listener(update, outcome)
  }

  /** Somebody came or went. */
  meet(...names: string[]): void {
    this.people = { count: names.length, people: names.map((name) => ({ name })) }
    for (const listener of this.#peopleListeners) listener()
  }

  /** How many are told of updates. */
  get listeners(): number {
    return this.#listeners.size
  }

  onUpdate(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  onInbox(): () => void {
    return () => {}
  }

  onPeople(listener: () => void): () => void {
    this.#peopleListeners.add(listener)
    return () => this.#peopleListeners.delete(listener)
  }

  onPage(): () => void {
    return () => {}
  }

  onRefused(): () => void {
    return () => {}
  }

  annotate(draft: AnnotationDraft, { key = '' }: { readonly key?: string } = {}): Promise<Result<Annotation>> {
    this.keys.push(key)
    if (this.answer !== undefined) return this.answer(draft)
    this.say('Ana', draft.text)
    const annotation = this.#server.talk.annotations.at(-1)
    if (annotation === undefined) throw new Error('The log is empty.')
    return Promise.resolve({ ok: true, value: annotation })
  }

  revise(id: number, text: string): Promise<Result<Annotation>> {
    return this.#edit({ type: 'revise', id, text }, id)
  }

  retract(id: number): Promise<Result<Annotation>> {
    return this.#edit({ type: 'retract', id }, id)
  }

  react(id: number, reaction: string, on: boolean): Promise<Result<Annotation>> {
    return this.#edit({ type: 'react', id, name: this.name, reaction, on }, id)
  }

  arrange(edits: readonly BoardEdit[]): Promise<Result<Cursor>> {
    if (this.answerArrange !== undefined) return this.answerArrange(edits)
    this.happen({ type: 'arrange', edits, name: this.name })
    return Promise.resolve({ ok: true, value: cursorOf(this.#server) })
  }

  search(_query: string, before?: number): Promise<Result<AnnotationPage>> {
    return this.found(before)
  }

  point(attention: Attention): void {
    this.pointed = { ...this.pointed, ...attention }
  }

  pageBack(): Promise<Result<boolean>> {
    this.state.talk.extend([], this.older)
    return Promise.resolve({ ok: true, value: false })
  }

  change(options: FollowOptions): void {
    this.changes.push(options)
  }

  close(): void {
    this.isClosed = true
  }

  #edit(change: Change, id: number): Promise<Result<Annotation>> {
    if (this.answerEdit !== undefined) return this.answerEdit()
    this.happen(change)
    const annotation = findAnnotation(this.#server, id)
    if (annotation === undefined) throw new Error('The log has no such annotation.')
    return Promise.resolve({ ok: true, value: annotation })
  }
}

/** A storage that keeps nothing beyond the test. */
export function memoryStorage(): TextStorage & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>()
  return {
    texts,
    get length() {
      return texts.size
    },
    key: (at) => [...texts.keys()][at] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  }
}
