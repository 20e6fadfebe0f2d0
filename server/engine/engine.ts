// Owns the interface of every engine: where groups live. It keeps nothing itself.

import type { Accepted, AnnotationPage, Change, GroupState, Result, RunName } from '@chartroom/shared'
import type { HistoryQuery, HistoryRows } from './history-rows.ts'
import type { Claim, Granted } from './holders.ts'

/** Something that is to happen to a group. A `key`, already scoped to its holder, is done once and answered twice. */
export interface Append {
  readonly group: string
  readonly change: Change
  readonly key?: string
  /**
   * Who asks. An annotation is signed with the name that they are granted, in the commit that stores it; a reaction
   * needs a name that they hold; revising and retracting, that they hold the author's. Without one nobody is asked.
   */
  readonly claim?: Claim
}

/** A group as this node follows it: its state now, and every change as it becomes visible, in order. */
export interface FollowedGroup {
  readonly state: GroupState
  /** Called after a change took its revision. */
  onChange(listener: (change: Change) => void): () => void
  /** Called when the state was replaced: what was shown may have been lost. */
  onReset(listener: () => void): () => void
  /** Follows it no longer. */
  close(): void
}

/** A group that somebody wrote to. */
export interface StoredGroup {
  readonly group: string
  readonly cursor: string
  /** The time of its last change, Unix ms. */
  readonly time: number
  readonly series: number
  /** What people said: logs are not counted. */
  readonly annotations: number
}

/** Whether the engine can take changes, and if not, why. */
export type Health = { readonly word: 'ok' } | { readonly word: 'failing'; readonly reason: string }

/**
 * Where groups live. Every implementation passes test/contract/engine.ts. What cannot be read or written now is refused
 * with `storage` where a refusal can be answered, and is a StorageError elsewhere.
 */
export interface Engine {
  /** Follows a group; one that nobody wrote to is empty, and is not made by this. */
  open(group: string): Promise<FollowedGroup>
  /**
   * Makes a change happen, whole or not at all; a refusal says why. A message with recipients happens in their inboxes
   * and its author's, and an edit of it, asked for in one of them, in all that have it: in one commit, with one id.
   */
  append(append: Append): Promise<Result<Accepted>>
  /**
   * Grants a name in a group: the one asked for, or with a 2 behind it, whatever is nobody else's. A name held in a
   * group that nobody wrote to and nobody follows leaves no trace.
   */
  hold(group: string, claim: Claim): Promise<Granted | undefined>
  /**
   * The inbox of a name (`ops/@bob`), for a person who holds that name now: the key by which `open`, `page` and `search`
   * know it. It is refused to everybody else.
   */
  inbox(name: string, person: string | undefined): Promise<Result<string>>
  /** A run's annotations older than the id `before` (0: from the newest), newest first, with the cursor they were read at. */
  page(group: string, run: RunName, before: number, limit: number): Promise<AnnotationPage>
  /** The annotations, of both runs, in which every word of a query occurs; as a page. */
  search(group: string, query: string, before: number, limit: number): Promise<AnnotationPage>
  /** The samples of a time in buckets at fixed borders, the unwritten tail included. */
  history(query: HistoryQuery): Promise<HistoryRows>
  /** The groups that somebody wrote to, the last changed first; no inboxes. */
  groups(): Promise<readonly StoredGroup[]>
  /** Deletes a group with all that was said and sent, its inboxes too; false when nobody wrote to it. Who follows it is told. */
  remove(group: string): Promise<boolean>
  health(): Health
  close(): Promise<void>
}
