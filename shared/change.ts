// Owns everything that can happen to a group, as data; commit.ts makes it happen.

import type { Annotation, AnnotationDraft } from './annotation.ts'
import type { Board } from './board.ts'
import type { Cursor } from './cursor.ts'
import type { Batch } from './sample.ts'

/** Something that is to happen to a group. */
export type Change =
  | { readonly type: 'batch'; readonly samples: Batch }
  | {
      readonly type: 'annotate'
      readonly author: string
      readonly draft: AnnotationDraft
      /** Nobody holds the author's name. */
      readonly unheld?: true
    }
  | { readonly type: 'revise'; readonly id: number; readonly text: string }
  | { readonly type: 'retract'; readonly id: number }
  | {
      readonly type: 'react'
      readonly id: number
      readonly name: string
      readonly reaction: string
      readonly on: boolean
    }
  | { readonly type: 'arrange'; readonly board: Board | null }
  /** Something that was shown may have been lost: another life of the counter, which goes on counting. */
  | { readonly type: 'renew'; readonly epoch: string }

/** What became of a change: where the group then stood, and the annotation as it is now. */
export interface Accepted {
  readonly cursor: Cursor
  readonly annotation?: Annotation
}
