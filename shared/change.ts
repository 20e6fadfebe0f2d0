// Owns everything that can happen to a group, as data: asked for, prepared, accepted. draft.ts and perform.ts do it.

import type { Annotation, AnnotationDraft } from './annotation.ts'
import type { Board, BoardEdit } from './board.ts'
import type { Cursor } from './cursor.ts'
import type { Evidence } from './pin.ts'
import type { Batch } from './sample.ts'
import type { Definition } from './series.ts'

/** Something that is to happen to a group. */
export type Change =
  | { readonly type: 'batch'; readonly samples: Batch }
  | {
      readonly type: 'annotate'
      readonly author: string
      readonly draft: AnnotationDraft
      /** Nobody holds the author's name. */
      readonly unheld?: true
      /** What the pin points at, where it is older than what the group has in memory. */
      readonly evidence?: Evidence
      /** Its id is above this one: the last of the other inboxes that it is for. */
      readonly above?: number
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
  | {
      readonly type: 'arrange'
      readonly edits: readonly BoardEdit[]
      /** Who arranges. */
      readonly name: string
      /** Only while the board last changed at this revision; 0: nobody arranged it. */
      readonly boardAt?: number
      /** What the file says from which the server puts it, in short. */
      readonly provisioned?: string
    }
  /** Something that was shown may have been lost: another life of the counter, which goes on counting. */
  | { readonly type: 'renew'; readonly epoch: string }

/**
 * What became of a change: where the group then stood, and the annotation as it is now. Of a direct message it is the
 * `inbox` of who asked that stands there.
 */
export interface Accepted {
  readonly cursor: Cursor
  readonly annotation?: Annotation
  readonly inbox?: string
}

/** What a series will be once a batch is performed; no definition: it is gone, or never was. */
export interface PlannedSeries {
  readonly definition: Definition | undefined
  /** The revision of this definition. */
  readonly definedAt: number
  readonly value: number | null
  readonly valueAt: number
  /** Unix ms. */
  readonly time: number
}

/** One value of a series at a time, as rings and history take it. */
export interface Recorded {
  readonly key: string
  /** The number of the series. */
  readonly n: number
  /** Unix ms. */
  readonly time: number
  /** `null`: a gap. */
  readonly value: number | null
  /** The revision that showed it; undefined when it came late, and changed nothing visible. */
  readonly revision: number | undefined
}

/** What a prepared change will do to its group. */
export type Effect =
  | {
      readonly type: 'batch'
      readonly recorded: readonly Recorded[]
      /** The series that it touches, by key, as they will be. */
      readonly series: ReadonlyMap<string, PlannedSeries>
      /** The numbers of the series that it removes. */
      readonly removed: readonly number[]
    }
  | { readonly type: 'annotation'; readonly annotation: Annotation }
  | { readonly type: 'board'; readonly board: Board | null }
  | { readonly type: 'renew' }
  /** Nothing changes: the annotation, or the board, is so already. */
  | { readonly type: 'none'; readonly annotation?: Annotation }

/** A change that was found right, with all it will do: it can be stored before anybody sees it. */
export interface Prepared {
  readonly effect: Effect
  /** Where the group stands once it is performed. */
  readonly cursor: Cursor
  /** The group's time then, Unix ms. */
  readonly time: number
  /** Whether it takes a revision. */
  readonly isVisible: boolean
}
