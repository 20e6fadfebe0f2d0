// Owns what is said in plain text, both ways, whatever it looks like: lines and objects write it, each in its own file.

import type { Annotation, Definition, Result } from '@chartroom/shared'
import type { PlainFormWord } from './plain-address.ts'

/** What a frame from a client says; a message without `to` is for whom the address says. */
export type PlainSaid =
  | { readonly type: 'message'; readonly text: string; readonly to?: readonly string[] }
  | { readonly type: 'ping' }
  | { readonly type: 'close' }

/** A series as plain text calls it. */
export type PlainSeries = Pick<Definition, 'metric' | 'labels'>

/** What a client is told. */
export type PlainTold =
  /** Who is here, once, and what the client itself is called. */
  | {
      readonly type: 'here'
      readonly group: string
      readonly name: string
      readonly count: number
      readonly people: readonly string[]
    }
  | { readonly type: 'message'; readonly group: string; readonly annotation: Annotation }
  /** Values that changed; `time` is the group's, Unix ms. */
  | {
      readonly type: 'numbers'
      readonly group: string
      readonly time: number
      readonly values: readonly (readonly [PlainSeries, number | null])[]
      readonly removed: readonly PlainSeries[]
    }
  /** More messages were written than are told. */
  | { readonly type: 'left_out'; readonly group: string }
  | { readonly type: 'error'; readonly code: string; readonly message: string }
  | { readonly type: 'pong' }
  /** The server goes away. */
  | { readonly type: 'closing'; readonly afterMs: number }

/** One way to write plain text. */
export interface PlainForm {
  readonly word: PlainFormWord
  read(frame: string): Result<PlainSaid>
  write(told: PlainTold): string
}
