// Owns what one followed group is to who reads and writes it. How it is followed is followed-group.ts's.

import type { Annotation, AnnotationDraft, AnnotationPage, RunName } from '../annotation.ts'
import type { Outcome } from '../apply.ts'
import type { BoardEdit } from '../board.ts'
import type { Cursor } from '../cursor.ts'
import type { Refusal, Result } from '../fault.ts'
import type { PresenceEnvelope } from '../server-envelopes.ts'
import type { GroupState } from '../state.ts'
import type { Update } from '../update.ts'
import type { Undo } from './platform.ts'
import type { Attention } from './pointer.ts'
import type { FollowOptions } from './subscription.ts'

/** Who is in a group now: how many, and the first names. */
export type People = Pick<PresenceEnvelope, 'count' | 'people'>

/** A `key` of one's own makes a retry over several lives of the program safe. */
export interface WriteOptions {
  readonly key?: string | undefined
}

/**
 * What one may do in a group's conversation. Writing happens now or when there is a connection again, in order, each
 * once: settled when it is stored or refused, with the annotation as it then is.
 */
export interface Pen {
  annotate(draft: AnnotationDraft, options?: WriteOptions): Promise<Result<Annotation>>
  /** Changes the text of an annotation that one wrote under a name that one holds. */
  revise(id: number, text: string, options?: WriteOptions): Promise<Result<Annotation>>
  /** Takes back an annotation that one wrote under a name that one holds: its place stays. */
  retract(id: number, options?: WriteOptions): Promise<Result<Annotation>>
  /** Gives a reaction (an emoji) under a name that one holds, or takes it back. */
  react(id: number, reaction: string, on: boolean, options?: WriteOptions): Promise<Result<Annotation>>
  /**
   * Puts a page of older annotations before a run; true while there is still more. `limit` is how many, at most 200.
   * @default 'talk', 50
   */
  pageBack(run?: RunName, limit?: number): Promise<Result<boolean>>
  /** Finds annotations with all these words, of both runs, newest first; `before` is that of the page before. */
  search(query: string, before?: number): Promise<Result<AnnotationPage>>
}

/** One group, followed. */
export interface Replica extends Pen {
  readonly group: string
  /** One object for the replica's life: updates change it. */
  readonly state: GroupState
  readonly people: People
  /** As granted; as asked for until then. */
  readonly paceMs: number
  /** The name under which this group knows us, as granted. */
  readonly name: string | undefined
  /** Whether the state has come; until then it is an empty group. */
  readonly isFilled: boolean
  /**
   * The direct messages of the name that one holds here, in a group of their own: `annotate` with `recipients`, here or
   * there, writes one, and there it is edited. Undefined until the name is granted, and for who has no secret or is not present.
   */
  readonly inbox: Replica | undefined
  /**
   * Arranges the group's charts: all of the edits in their order, or none. Sent as what is written is: in order, each
   * once, over cuts too. Settled with where the group then stood: an update that reaches it has the board with them.
   */
  arrange(edits: readonly BoardEdit[], options?: WriteOptions): Promise<Result<Cursor>>
  /** After an update has changed the state. */
  onUpdate(listener: (update: Update, outcome: Outcome) => void): Undo
  /** After a page of older annotations has come. */
  onPage(listener: () => void): Undo
  onPeople(listener: () => void): Undo
  /** Told when there is another inbox, or none. */
  onInbox(listener: () => void): Undo
  /** The server does not let us follow this group. */
  onRefused(listener: (refusal: Refusal) => void): Undo
  /** Says what its person attends to; what is not named stays. Sent at most twice a second, and again after a cut. */
  point(attention: Attention): void
  /** Follows otherwise: at another pace, with a longer window. What is not named stays. */
  change(options: FollowOptions): void
  close(): void
}
