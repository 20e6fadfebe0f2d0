// Owns the shapes in which a group goes to the store and comes back; no SQL, no thread.

import type { Annotation, Board, Definition } from '@chartroom/shared'
import type { LostName } from '../holders.ts'

/** Where a group stands. */
export interface StoredHead {
  readonly epoch: string
  /** The life of the file in which this was written: another one's revisions may have been shown and lost. */
  readonly life: number
  readonly revision: number
  readonly floor: number
  /** The server's time of `revision`, Unix ms. */
  readonly time: number
  readonly nextNumber: number
  readonly lastId: number
  readonly board: Board | null
  readonly boardAt: number
}

/** A series with its present value. */
export interface StoredSeries {
  /** As `seriesKey` of shared makes it. */
  readonly key: string
  readonly definition: Definition
  readonly definedAt: number
  readonly value: number | null
  readonly valueAt: number
  /** Unix ms. */
  readonly time: number
}

/** The number of a removed series, and the revision at which it went. */
export type StoredRemoval = readonly [n: number, revision: number]

/** A key that was done at a time (Unix ms), and the annotation that it wrote or edited. */
export interface StoredKey {
  readonly key: string
  readonly annotation?: number
  readonly at: number
}

/** Who holds a name, by its canonical form; `usedAt` is Unix ms. */
export interface StoredHolder {
  readonly canonical: string
  readonly person: string
  readonly usedAt: number
  readonly name: string
  readonly asked: string
}

/** Samples in columns, as the rings take them, late ones too. */
export interface SampleColumns {
  readonly keys: readonly string[]
  /** Of each sample, the index of its series in `keys`. */
  readonly at: Uint32Array
  /** Unix ms. */
  readonly times: Float64Array
  /** NaN is a gap. */
  readonly values: Float64Array
  /** The revision that showed it; 0 when it came late. */
  readonly revisions: Float64Array
}

/** What changed in one group since its last write. */
export interface GroupWrite {
  readonly group: string
  readonly head: StoredHead
  /** New or changed, by key. */
  readonly series?: readonly StoredSeries[]
  /** Series that are gone; their history stays until it is too old. */
  readonly removedKeys?: readonly string[]
  /** Newly remembered removals. */
  readonly removals?: readonly StoredRemoval[]
  /** New or changed, by id, in the order of their revisions. */
  readonly annotations?: readonly Annotation[]
  readonly keys?: readonly StoredKey[]
  readonly holders?: readonly StoredHolder[]
  /** Canonical names that were lost, before others may have held them, and who lost them: their inboxes go too. */
  readonly lostHolders?: readonly LostName[]
  readonly samples?: SampleColumns
}

/** A group as it was last written, as much of it as lives in memory. */
export interface StoredGroupState {
  readonly head: StoredHead
  readonly series: readonly StoredSeries[]
  /** Oldest first. */
  readonly removals: readonly StoredRemoval[]
  /** The newest 1,000 annotations that changed, to their revision, oldest change first; of the logs only the edited. */
  readonly changed: readonly (readonly [id: number, revision: number])[]
  /** Those that changed above the floor and are older than the run they belong to. */
  readonly aside: readonly Annotation[]
  /** The newest 1,000, oldest first; `talkEarlier` is the id before which to page for more, 0 when there are none. */
  readonly talk: readonly Annotation[]
  readonly talkEarlier: number
  readonly logs: readonly Annotation[]
  readonly logsEarlier: number
  /** Of the last 24 hours, at most 10,000, oldest first. */
  readonly keys: readonly StoredKey[]
  /** The longest unused first. */
  readonly holders: readonly StoredHolder[]
  /** Of the last 15 minutes, oldest first: what fills the rings. */
  readonly samples: SampleColumns
}

/** A group of the file, for a list. */
export interface StoredSummary {
  readonly group: string
  readonly life: number
  readonly epoch: string
  readonly revision: number
  /** Unix ms. */
  readonly time: number
  readonly series: number
  /** What people said: logs are not counted. */
  readonly annotations: number
}

/** Annotations of a page or a search, newest first; `before` is the id before which the next begins, 0 at the end. */
export interface StoredPage {
  readonly annotations: Annotation[]
  readonly before: number
}
