// Owns the shapes of a question to the past and of its answer, whatever keeps it.

/**
 * What is asked of the past: the whole buckets that hold a time `from <= t < to` (Unix ms), in widths with which the
 * time is at most so many buckets long.
 */
export interface HistoryQuery {
  readonly group: string
  /** Of all metrics, when absent. */
  readonly metric?: string
  readonly from: number
  readonly to: number
  readonly buckets: number
  /** In buckets of this width, ms, instead: the one that an answer has told. */
  readonly bucketMs?: number
  /** The series behind this key only: the rest of an answer that told it. */
  readonly after?: string
}

/** The past in buckets: bucket `index` begins at `start + index * bucketMs` (Unix ms), a multiple of `bucketMs`. */
export interface HistoryRows {
  readonly bucketMs: number
  readonly start: number
  /** Ordered by key. */
  readonly series: readonly {
    /** As `seriesKey` of shared makes it. */
    readonly key: string
    /** `[index, last, least, greatest, mean, count, ...]`, oldest first; NaN is a gap. Empty buckets are absent. */
    readonly points: Float64Array
  }[]
  /** There is more than one answer takes: ask for the rest with this, and with the same `bucketMs`. */
  readonly after?: string
}
