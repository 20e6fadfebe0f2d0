// Owns the update's shape, window included: the difference between two revisions; changes.ts makes it, apply.ts takes it.

import * as z from 'zod/mini'
import { annotation } from './annotation.ts'
import { board } from './board.ts'
import { groupName } from './group-name.ts'
import { definition } from './series.ts'

const count = z.int().check(z.nonnegative())
const number = z.nullable(z.number())

/**
 * The present value of a series: `[n, value]`; with `ageMs` when its sample is more than 1 s older than the update's
 * `time`; with the least and the greatest value since `from` when several samples fell into the update.
 */
export const seriesValue = z.union([
  z.tuple([count, number]),
  z.tuple([count, number, count]),
  z.tuple([count, number, count, z.number(), z.number()]),
])

export type SeriesValue = z.infer<typeof seriesValue>

/**
 * The past of the series: `[n, [index, last, least, greatest, ...]]`. A bucket begins at `start + index * bucketMs`
 * (Unix ms) on a fixed border; `null` is a gap.
 */
export const window = z.object({
  bucketMs: z.int().check(z.positive()),
  start: count,
  series: z.array(z.tuple([count, z.array(number)])),
})

export type Window = Readonly<z.infer<typeof window>>

/**
 * What changed in a group from revision `from` (0: everything, replace what you have) to revision `to`. Absent parts
 * are unchanged; `board: null` means nobody arranged it. `time` is the server's (Unix ms) of revision `to`;
 * `earlier` is the id before which to page for older talk, 0 when it begins here; `earlierLog` says where a receiver's
 * run of logs begins from now on, and may come in any update: more logs were written than it carries.
 */
export const update = z.object({
  type: z.literal('update'),
  group: groupName,
  epoch: z.string(),
  from: count,
  to: count,
  time: count,
  removed: z.optional(z.array(count)),
  series: z.optional(z.array(definition)),
  values: z.optional(z.array(seriesValue)),
  annotations: z.optional(z.array(annotation)),
  earlier: z.optional(count),
  earlierLog: z.optional(count),
  board: z.optional(z.nullable(board)),
  window: z.optional(window),
})

export type Update = Readonly<z.infer<typeof update>>
