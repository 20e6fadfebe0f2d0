// Owns what is new in a group since this browser last showed it, and what was said last; how it is shown is the views'.

import type { Annotation, GroupState } from '@chartroom/shared'

/** How many messages are new; `isAll` is false when there may be more that are not read in. */
export interface News {
  readonly count: number
  readonly isAll: boolean
}

/** What others than `me` wrote after `readId`. Nothing is new in a group that was never opened: all of it would be. */
export function newsOf({ talk }: GroupState, readId: number | undefined, me: string | undefined): News {
  if (readId === undefined) return { count: 0, isAll: true }
  const isNew = ({ id, author, retracted }: Annotation) => id > readId && author !== me && !retracted
  const count = talk.annotations.filter(isNew).length
  return { count, isAll: readId >= talk.earlier }
}

/** The last message that still has words: what was taken back is nobody's last word. */
export function lastSaid({ talk }: GroupState): Annotation | undefined {
  return talk.annotations.findLast(({ retracted }) => !retracted)
}
