// Owns a group that a test grows change by change, at a clock that the test moves; a refused change fails the test.

import {
  type Accepted,
  type Annotation,
  type AnnotationDraft,
  applyUpdate,
  type Change,
  type Cursor,
  changesSince,
  commit,
  createState,
  cursorOf,
  decodeServerEnvelope,
  encode,
  type GroupState,
  type Refusal,
  type Sample,
  type Series,
  seriesKey,
  startCursor,
  type Update,
} from '@chartroom/shared'

/** A group and its clock. */
export class GrownGroup {
  readonly state = createState('ops')
  /** Unix ms. */
  now = 1_795_000_000_000

  commit(change: Change): Accepted {
    const committed = commit(this.state, change, this.now, 'k3f9')
    if (!committed.ok) throw new Error(JSON.stringify(committed.refusal))
    return committed.value
  }

  /** The refusal of a change that must be refused. */
  refusal(change: Change): Refusal {
    const committed = commit(this.state, change, this.now, 'k3f9')
    if (committed.ok) throw new Error('This was to be refused.')
    return committed.refusal
  }

  post(...samples: Sample[]): Cursor {
    return this.commit({ type: 'batch', samples }).cursor
  }

  say(text: string, more: Omit<AnnotationDraft, 'text'> = {}): Annotation {
    const { annotation } = this.commit({ type: 'annotate', author: 'ann', draft: { text, ...more } })
    if (annotation === undefined) throw new Error('There is no annotation.')
    return annotation
  }

  series(metric: string, labels?: Readonly<Record<string, string>>): Series {
    const series = this.state.series.get(seriesKey(metric, labels))
    if (series === undefined) throw new Error(`There is no ${metric}.`)
    return series
  }

  get cursor(): Cursor {
    return cursorOf(this.state)
  }

  /** What changed since a cursor, as it comes out of the wire. */
  since(cursor: Cursor = startCursor): Update {
    return wired(changesSince(this.state, cursor))
  }

  /** Somebody who has everything. */
  follower(): GroupState {
    const state = createState('ops')
    applyUpdate(state, this.since())
    return state
  }
}

/** An update as a receiver reads it. */
export function wired(update: Update): Update {
  const decoded = decodeServerEnvelope(encode(update))
  if (!decoded.ok || decoded.value.type !== 'update') throw new Error(JSON.stringify(decoded))
  return decoded.value
}
