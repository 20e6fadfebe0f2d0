// Owns what stands in the log line by line: dividers, and which message has a head; it draws nothing.

import type { Annotation } from '@chartroom/shared'
import { midnightOf } from '../words/clock.ts'

/** Messages of one author that come within this are one block, ms. */
const blockMs = 180_000

/** One line of the log. `key` is the same as long as it is the same line. */
export type Row =
  | { readonly type: 'day'; readonly key: string; readonly time: number }
  | { readonly type: 'unread'; readonly key: string; readonly count: number }
  | { readonly type: 'message'; readonly key: string; readonly annotation: Annotation; readonly hasHead: boolean }
  | { readonly type: 'deploy' | 'alert'; readonly key: string; readonly annotation: Annotation }

/** Where the unread ones begin, and how many there are. */
export interface UnreadMark {
  readonly fromId: number
  readonly count: number
}

/** The lines of a log, oldest first. */
export function rowsOf(log: readonly Annotation[], unread: UnreadMark | undefined): Row[] {
  const rows: Row[] = []
  let day: number | undefined
  for (const annotation of log) {
    const midnight = midnightOf(annotation.time)
    if (midnight !== day) rows.push({ type: 'day', key: `day ${midnight}`, time: annotation.time })
    day = midnight
    if (annotation.id === unread?.fromId) rows.push({ type: 'unread', key: 'unread', count: unread.count })
    rows.push(rowOf(annotation, rows.at(-1)))
  }
  return rows
}

/** Whose message it is, for whom, and when it came: the part of an annotation that makes a block. */
export type Voice = Pick<Annotation, 'author' | 'time' | 'unheld' | 'recipients'>

/** Whether a message goes on with the block that ends in this line. */
export function continuesBlock(last: Row | undefined, { author, time, unheld, recipients }: Voice): boolean {
  if (last?.type !== 'message') return false
  const { annotation } = last
  const isSame = annotation.author === author && annotation.unheld === unheld && time - annotation.time < blockMs
  return isSame && annotation.recipients?.join('\n') === recipients?.join('\n')
}

function rowOf(annotation: Annotation, last: Row | undefined): Row {
  const { id, kind } = annotation
  const key = `message ${id}`
  if (!annotation.retracted && (kind === 'deploy' || kind === 'alert')) return { type: kind, key, annotation }
  return { type: 'message', key, annotation, hasHead: !continuesBlock(last, annotation) }
}
