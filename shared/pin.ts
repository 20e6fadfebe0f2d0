// Owns the pin: what an annotation points at, and the evidence as it was; evidence.ts computes it.

import * as z from 'zod/mini'
import { cursorPattern } from './cursor.ts'
import { limits } from './limits.ts'
import { metricName } from './series.ts'
import { limitedName } from './text.ts'

const time = z.int().check(z.nonnegative())
const text = { category: limitedName(limits.maxLabelValueLength * limits.maxLabels + 3 * limits.maxLabels) }

/**
 * The numbers as they were when the pin was set: the value, its share of the whole (0 to 1), its rank (1 is the
 * greatest) `of` how many, the sample's time (Unix ms), and the cursor of the group. `null` where there is none.
 */
export const evidence = z.object({
  value: z.nullable(z.number()),
  share: z.nullable(z.number()),
  rank: z.nullable(z.int()),
  of: z.int(),
  time,
  cursor: z.string().check(z.regex(cursorPattern)),
})

export type Evidence = Readonly<z.infer<typeof evidence>>

/** A pin as somebody sends it: the server adds the evidence. */
export const pinDraft = z
  .object({
    metric: metricName,
    category: z.optional(text.category),
    time: z.optional(time),
    timeEnd: z.optional(time),
  })
  .check(
    z.refine(({ time, timeEnd }) => timeEnd === undefined || (time !== undefined && timeEnd >= time), {
      error: '"timeEnd" needs a "time" that is not after it',
    }),
  )

export type PinDraft = Readonly<z.infer<typeof pinDraft>>

/** What an annotation points at: a metric, one of its categories, a moment or a time range, with the evidence. */
export const pin = z.object({
  metric: metricName,
  category: z.optional(text.category),
  time: z.optional(time),
  timeEnd: z.optional(time),
  evidence,
})

export type Pin = Readonly<z.infer<typeof pin>>
