// Owns what is new in a group since this browser last showed it; what the lobby makes of it is the card's.

import type { GroupState } from '@chartroom/shared'

/** How many messages are new; `isAll` is false when there may be more that are not read in. */
export interface News {
  readonly count: number
  readonly isAll: boolean
}

/** What others than `me` wrote after `readId`. Nothing is new in a group that was never opened: all of it would be. */
export function newsOf({ talk }: GroupState, readId: number | undefined, me: string | undefined): News {
  if (readId === undefined) return { count: 0, isAll: true }
  const count = talk.annotations.filter(({ id, author }) => id > readId && author !== me).length
  return { count, isAll: readId >= talk.earlier }
}
