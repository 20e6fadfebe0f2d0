// Owns what I changed and the log does not show yet: texts, what is taken back, reactions. Sending again after a cut is the replica's.

import { type Annotation, findAnnotation, type Refusal, type Result } from '@chartroom/shared'
import type { GroupStore } from '../store.ts'
import { reacted, reactionsOf } from './reactions.ts'

/** Something I change at a message. */
export type Edit =
  | { readonly type: 'revise'; readonly id: number; readonly text: string }
  | { readonly type: 'retract'; readonly id: number }
  | { readonly type: 'react'; readonly id: number; readonly reaction: string; readonly on: boolean }

type EditState =
  | { readonly word: 'sending' }
  /** The log will show it with this revision. */
  | { readonly word: 'taken'; readonly revision: number }
  | { readonly word: 'refused'; readonly refusal: Refusal }

interface Made {
  readonly edit: Edit
  readonly state: EditState
}

/** My edits of one group until its log shows them. Of two at the same place the later counts. */
export class Edits {
  readonly #store: GroupStore
  readonly #undo: () => void
  readonly #listeners = new Set<() => void>()
  #made: readonly Made[] = []

  constructor(store: GroupStore) {
    this.#store = store
    this.#undo = store.onTalk(() => this.#dropShown())
  }

  /** Makes an edit: shown at once, and until the log shows it or it is discarded. */
  async make(edit: Edit): Promise<void> {
    const made: Made = { edit, state: { word: 'sending' } }
    this.#set([...this.#made.filter((other) => !isSamePlace(other.edit, edit)), made])
    const result = await this.#send(edit)
    // Another one at the same place may have come meanwhile.
    const state: EditState = result.ok
      ? { word: 'taken', revision: result.value.revision }
      : { word: 'refused', refusal: result.refusal }
    this.#set(this.#made.map((one) => (one === made ? { edit, state } : one)))
    this.#dropShown()
  }

  /** Gives a message a reaction, or takes mine back. */
  toggle(annotation: Annotation, reaction: string): Promise<void> {
    const given = reactionsOf(this.shown(annotation), this.#store.replica.name)
    const on = !given.some((one) => one.reaction === reaction && one.isMine)
    return this.make({ type: 'react', id: annotation.id, reaction, on })
  }

  /** Makes again what was refused at a message. */
  async again(id: number): Promise<void> {
    await Promise.all(this.#refused(id).map(({ edit }) => this.make(edit)))
  }

  /** Forgets what was refused at a message. */
  discard(id: number): void {
    const refused = this.#refused(id)
    this.#set(this.#made.filter((one) => !refused.includes(one)))
  }

  /** A message as it will be. A text that was refused stays to be seen; all else that was refused did not happen. */
  shown(annotation: Annotation): Annotation {
    return this.#made
      .filter(({ edit }) => edit.id === annotation.id)
      .filter(({ edit, state }) => state.word !== 'refused' || edit.type === 'revise')
      .reduce((so, { edit }) => this.#apply(so, edit), annotation)
  }

  /** The last message of mine that still has words. */
  lastMine(): Annotation | undefined {
    const { state, replica } = this.#store
    return state.talk.annotations.findLast((one) => isMine(one, replica.name) && !this.shown(one).retracted)
  }

  /** Whether the text of a message, or that it is taken back, is on its way. */
  isSending(id: number): boolean {
    return this.#made.some(({ edit, state }) => edit.id === id && edit.type !== 'react' && state.word === 'sending')
  }

  /** Why the last edit of a message was refused; undefined when none was. */
  refusalOf(id: number): Refusal | undefined {
    const state = this.#refused(id).at(-1)?.state
    return state?.word === 'refused' ? state.refusal : undefined
  }

  /** Calls the listener when anything here changed; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#undo()
    this.#listeners.clear()
  }

  #send(edit: Edit): Promise<Result<Annotation>> {
    const { replica } = this.#store
    switch (edit.type) {
      case 'revise':
        return replica.revise(edit.id, edit.text)
      case 'retract':
        return replica.retract(edit.id)
      case 'react':
        return replica.react(edit.id, edit.reaction, edit.on)
      default:
        return edit satisfies never
    }
  }

  #apply(annotation: Annotation, edit: Edit): Annotation {
    switch (edit.type) {
      case 'revise':
        return { ...annotation, text: edit.text, editedTime: this.#store.now() }
      case 'retract': {
        const { pin: _pin, reactions: _reactions, ...rest } = annotation
        return { ...rest, text: '', retracted: true }
      }
      case 'react':
        return reacted(annotation, this.#store.replica.name ?? '', edit.reaction, edit.on)
      default:
        return edit satisfies never
    }
  }

  #refused(id: number): readonly Made[] {
    return this.#made.filter(({ edit, state }) => edit.id === id && state.word === 'refused')
  }

  #dropShown(): void {
    const left = this.#made.filter(
      ({ edit, state }) => state.word !== 'taken' || !this.#isShown(edit.id, state.revision),
    )
    if (left.length < this.#made.length) this.#set(left)
  }

  // What the log no longer has, it will not show.
  #isShown(id: number, revision: number): boolean {
    const annotation = findAnnotation(this.#store.state, id)
    return annotation === undefined || annotation.revision >= revision
  }

  #set(made: readonly Made[]): void {
    this.#made = made
    for (const listener of this.#listeners) listener()
  }
}

/** Whether I wrote it, so that I may change it. A name that was not held then is nobody's. */
export function isMine({ author, unheld }: Pick<Annotation, 'author' | 'unheld'>, me: string | undefined): boolean {
  return author === me && unheld === undefined
}

function isSamePlace(a: Edit, b: Edit): boolean {
  if (a.id !== b.id || a.type !== b.type) return false
  return a.type !== 'react' || b.type !== 'react' || a.reaction === b.reaction
}
