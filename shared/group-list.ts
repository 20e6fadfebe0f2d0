// Owns the list of groups as `GET /api/groups` answers it; it does not know how people are counted.

import * as z from 'zod/mini'
import { groupName } from './group-name.ts'

const count = z.int().check(z.nonnegative())

/** One group of the list: where it stands, how much is in it, and how many people are there now. */
export const groupSummary = z.object({
  group: groupName,
  cursor: z.string(),
  /** The server's time of the last change, Unix ms. */
  time: count,
  series: count,
  annotations: count,
  people: count,
})

/** The groups that somebody wrote to, the last changed first. */
export const groupList = z.object({ groups: z.array(groupSummary) })

export type GroupSummary = Readonly<z.infer<typeof groupSummary>>
export type GroupList = Readonly<z.infer<typeof groupList>>
