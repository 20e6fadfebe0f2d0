// Owns a history as `GET /api/groups/:group/history` answers it; what keeps the past is the engine's.

import * as z from 'zod/mini'
import { groupName } from './group-name.ts'
import { labels, metricName } from './series.ts'

const count = z.int().check(z.nonnegative())
const number = z.nullable(z.number())

/**
 * One bucket: when it begins (Unix ms), its last value (`null`: a gap), least, greatest and mean (`null`: gaps only),
 * and how many values it had.
 */
export const historyPoint = z.tuple([count, number, number, number, number, count])

/** The past of one series, oldest first. Buckets without samples are absent. */
export const seriesHistory = z.object({
  metric: metricName,
  labels: z.optional(labels),
  points: z.array(historyPoint),
})

/**
 * The past of a group's series, in buckets of `bucketMs` that begin at multiples of it. `from` and `to` (Unix ms) are
 * the borders of what is told; `cursor` says where the group was when it was read.
 */
export const history = z.object({
  group: groupName,
  metric: z.optional(metricName),
  from: count,
  to: count,
  bucketMs: z.int().check(z.positive()),
  series: z.array(seriesHistory),
  cursor: z.string(),
})

export type HistoryPoint = Readonly<z.infer<typeof historyPoint>>
export type SeriesHistory = Readonly<z.infer<typeof seriesHistory>>
export type History = Readonly<z.infer<typeof history>>
