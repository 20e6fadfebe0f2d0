// Owns what the lines of the log are drawn with, and what they can ask for; what a line looks like is entry.ts.

import type { Annotation } from '@chartroom/shared'
import type { Attention } from '../attention.ts'
import type { GroupStore } from '../store.ts'
import type { Edits } from './edits.ts'
import type { Repeats } from './repeats.ts'

/** What can be done with a message. */
export interface MessageActions {
  /** Gives a reaction, or takes mine back. */
  react(id: number, reaction: string): void
  reply(id: number): void
  edit(id: number): void
  takeBack(id: number): void
  /** Goes to a message, and lights it. */
  goTo(id: number): void
}

/** The group, what the reader attends to, the connection, my edits, and what came while the page was open. */
export interface LogContext {
  readonly store: GroupStore
  /** The group whose charts the messages point at: their own, or that of an inbox. */
  readonly charts: GroupStore
  readonly attention: Attention
  readonly edits: Edits
  readonly actions: MessageActions
  /** My name as it was granted. */
  readonly me: string | undefined
  /** Whether there is a connection, over which what I wrote goes out now. */
  readonly isUp: boolean
  /** The repeats of alerts, by the id of the alert. */
  readonly repeats: ReadonlyMap<number, Repeats>
  /** The message that the Tab key stops at: what is in the others is reached through them. */
  readonly stopId: number | undefined
  /** The message that the reader was just brought to. */
  readonly arrivedId: number | undefined
  isNew(annotation: Annotation): boolean
}
