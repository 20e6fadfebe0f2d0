// Owns what a group knows of a link: where it can send, how fast, and how far the receiver has come.

import type { Cursor } from '@chartroom/shared'
import type { Frame } from './frame.ts'

/** One connected receiver, whatever the transport. */
export interface Link {
  /** Names the link in the log. */
  readonly id: string
  /** Whether `limits.fullLinkBytes` or more wait on it: then it gets nothing until it drains. */
  readonly isFull: boolean
  send(frame: Frame): void
}

/** A link in a group at a pace. */
export interface Subscriber {
  readonly link: Link
  readonly paceMs: number
  /** Who it is: several links of one person count once. Undefined when it is not to be counted. */
  readonly person: string | undefined
  /** The name that others see; undefined for a reader who gave none. */
  readonly name: string | undefined
  /** Whether it draws lines: then what it missed of them comes with what it missed. */
  readonly hasPast: boolean
  /** How far the receiver has come; only an update moves it. */
  cursor: Cursor
}
