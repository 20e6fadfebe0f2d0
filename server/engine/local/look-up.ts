// Owns what a change needs of the disk before it can be prepared: whether its key was done, what it is about, what its
// pin points at. It prepares nothing.

import { type Accepted, type Annotation, type Change, cursorOf, findAnnotation } from '@chartroom/shared'
import type { Append } from '../engine.ts'
import type { HistorySource } from '../history-parts.ts'
import { pastEvidence } from '../past-evidence.ts'
import type { LocalGroup } from './local-group.ts'
import type { Store } from './store.ts'

type Looked = Pick<Store, 'key' | 'annotation'>

/** Looks things up in a file, for groups that are in memory. */
export class LookUp {
  readonly #store: Looked
  readonly #history: HistorySource
  readonly #now: () => number

  /** `now` is Unix ms. */
  constructor(store: Looked, history: HistorySource, now: () => number) {
    this.#store = store
    this.#history = history
    this.#now = now
  }

  /**
   * What was done with the key of a change. An annotation's lives as long as the annotation; of the others memory has
   * those that may still come again.
   */
  async doneBefore({ kept }: LocalGroup, { key, change }: Append): Promise<Accepted | undefined> {
    if (key === undefined || !kept.isWritten) return undefined
    const { keys, name, state } = kept
    const known = keys.find(key, this.#now())
    if (known === undefined && change.type === 'batch' && keys.isWhole) return undefined
    const done = known ?? (await this.#store.key(name, key))
    if (done === undefined) return undefined
    const annotation = done.annotation === undefined ? undefined : await this.annotation(kept, done.annotation)
    return { cursor: cursorOf(state), ...(annotation === undefined ? {} : { annotation }) }
  }

  /** An annotation, which may be older than what memory has. */
  async annotation({ name, state }: LocalGroup['kept'], id: number): Promise<Annotation | undefined> {
    return findAnnotation(state, id) ?? (await this.#store.annotation(name, id))
  }

  /** Brings what a change is about into memory. */
  async fetch({ kept }: LocalGroup, id: number): Promise<void> {
    const { state } = kept
    if (findAnnotation(state, id) !== undefined) return
    const annotation = await this.#store.annotation(kept.name, id)
    if (annotation !== undefined && findAnnotation(state, id) === undefined) state.aside.set(id, annotation)
  }

  /** With what its pin points at, which may be older than what memory has of the numbers of a group. */
  async withEvidence({ kept }: LocalGroup, append: Append): Promise<Append> {
    const { change } = append
    if (change.type !== 'annotate' || change.draft.pin === undefined) return append
    const evidence = await pastEvidence(this.#history, kept.state, change.draft.pin)
    return evidence === undefined ? append : { ...append, change: { ...change, evidence } }
  }
}

/** The annotation that a change is about. */
export function aboutOf(change: Change): number | undefined {
  switch (change.type) {
    case 'revise':
    case 'retract':
    case 'react':
      return change.id
    case 'annotate':
      return change.draft.replyTo
    case 'batch':
    case 'arrange':
    case 'renew':
      return undefined
    default:
      return change satisfies never
  }
}
