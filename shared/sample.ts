// Owns the sample and the batch, as producers send them; what a batch does to a group is commit's.

import * as z from 'zod/mini'
import { limits } from './limits.ts'
import { labels, metricName, show } from './series.ts'

/**
 * A value of a series at a time (Unix ms, the server's time when absent). Exactly one of `value` (`null` is a gap),
 * `add` (to the last value, from 0) and `remove` (the series goes). It may say how its metric wants to be shown.
 */
export const sample = z
  .object({
    metric: metricName,
    labels: z.optional(labels),
    value: z.optional(z.nullable(z.number())),
    add: z.optional(z.number()),
    remove: z.optional(z.literal(true)),
    time: z.optional(z.int().check(z.nonnegative())),
    ...show,
  })
  .check(z.refine(hasOneAct, { error: 'must have exactly one of "value", "add" and "remove"' }))

export type Sample = Readonly<z.infer<typeof sample>>

/** A sample whose reader knows the key of its series already: what `seriesKey` would make of it. No wire has it. */
export interface KeyedSample extends Sample {
  readonly key?: string
}

/** The samples of one POST: taken whole or not at all. */
export const batch = z.array(sample).check(z.maxLength(limits.maxSamplesPerBatch))

export type Batch = readonly KeyedSample[]

function hasOneAct(draft: { value?: unknown; add?: unknown; remove?: unknown }): boolean {
  return Number(draft.value !== undefined) + Number(draft.add !== undefined) + Number(draft.remove !== undefined) === 1
}
