// Owns what I wrote and the log does not show yet: on its way, taken, or refused. Sending again after a cut is the replica's.

import { type AnnotationDraft, findAnnotation, type Refusal } from '@chartroom/shared'
import type { GroupStore } from '../store.ts'
import type { KeptDrafts } from './kept-drafts.ts'

/** Something I wrote. `key` makes sending it again safe. */
export interface Outgoing {
  readonly key: string
  readonly draft: AnnotationDraft
  readonly state: OutgoingState
}

export type OutgoingState =
  | { readonly word: 'sending' }
  | { readonly word: 'taken'; readonly id: number }
  /** Taken, but a server that began anew no longer has it. */
  | { readonly word: 'lost'; readonly id: number }
  | { readonly word: 'refused'; readonly refusal: Refusal }

/** My messages of one group until they stand in its log, those of an earlier page too. */
export class Outbox {
  readonly #store: GroupStore
  readonly #drafts: KeptDrafts
  readonly #undos: readonly (() => void)[]
  readonly #listeners = new Set<() => void>()
  #messages: readonly Outgoing[] = []
  #written = 0
  #isClosed = false

  constructor(store: GroupStore, drafts: KeptDrafts) {
    this.#store = store
    this.#drafts = drafts
    this.#undos = [
      store.replica.onUpdate((_, outcome) => {
        if (outcome === 'replaced') this.#findLost()
      }),
      store.onTalk(() => this.#dropShown()),
    ]
  }

  /** Oldest first. */
  get messages(): readonly Outgoing[] {
    return this.#messages
  }

  /** How many were written in this page. */
  get written(): number {
    return this.#written
  }

  /** Sends what an earlier page could not send: each once, whatever became of it then. */
  async adopt(): Promise<void> {
    const left = await this.#drafts.adopt()
    if (this.#isClosed) return
    const known = new Set(this.#messages.map(({ key }) => key))
    const adopted = left.filter(({ key }) => !known.has(key))
    this.#set([...adopted.map(({ key, draft }) => sending(key, draft)), ...this.#messages])
    await Promise.all(adopted.map(({ key, draft }) => this.#send(key, draft)))
  }

  /** Sends a draft; it is listed until the log shows it, or it is dropped. */
  write(draft: AnnotationDraft): Promise<void> {
    const { key } = this.#drafts.keep(draft, this.#store.now())
    this.#written++
    this.#set([...this.#messages, sending(key, draft)])
    return this.#send(key, draft)
  }

  /** Sends one again that was refused or lost. */
  async again(key: string): Promise<void> {
    const message = this.#messages.find((one) => one.key === key)
    if (message?.state.word !== 'refused' && message?.state.word !== 'lost') return
    this.#drafts.keep(message.draft, this.#store.now(), key)
    this.#mark(key, { word: 'sending' })
    await this.#send(key, message.draft)
  }

  /** Forgets one. */
  drop(key: string): void {
    this.#drafts.forget(key)
    this.#set(this.#messages.filter((message) => message.key !== key))
  }

  /** Calls the listener when anything here changed; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#isClosed = true
    for (const undo of this.#undos) undo()
    this.#listeners.clear()
  }

  async #send(key: string, draft: AnnotationDraft): Promise<void> {
    const result = await this.#store.replica.annotate(draft, { key })
    if (result.ok) this.#drafts.forget(key)
    this.#mark(key, result.ok ? { word: 'taken', id: result.value.id } : { word: 'refused', refusal: result.refusal })
    this.#dropShown()
  }

  #mark(key: string, state: OutgoingState): void {
    this.#set(this.#messages.map((message) => (message.key === key ? { ...message, state } : message)))
  }

  #dropShown(): void {
    const left = this.#messages.filter(({ state }) => !this.#isShown(state))
    if (left.length < this.#messages.length) this.#set(left)
  }

  // A whole group that came after the answer, and does not have it, comes from a server that lost it.
  #findLost(): void {
    for (const { key, state } of this.#messages) {
      if (state.word === 'taken' && !this.#isShown(state)) this.#mark(key, { word: 'lost', id: state.id })
    }
  }

  #isShown(state: OutgoingState): boolean {
    if (state.word !== 'taken' && state.word !== 'lost') return false
    const group = this.#store.state
    return state.id < group.talk.earlier || findAnnotation(group, state.id) !== undefined
  }

  #set(messages: readonly Outgoing[]): void {
    this.#messages = messages
    for (const listener of this.#listeners) listener()
  }
}

function sending(key: string, draft: AnnotationDraft): Outgoing {
  return { key, draft, state: { word: 'sending' } }
}
