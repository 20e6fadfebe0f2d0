// Owns the board: the charts that a group shows, once somebody arranged them; kind.ts derives it until then.

import * as z from 'zod/mini'
import { limits } from './limits.ts'
import { kinds, metricName } from './series.ts'
import { limitedName } from './text.ts'

/** One chart: which metric it shows, and as what. Its id is stable while the chart is on the board. */
export const chart = z.object({
  id: limitedName(limits.maxMetricLength),
  metric: metricName,
  kind: z.enum(kinds),
  title: limitedName(limits.maxMetricLength),
})

export type Chart = Readonly<z.infer<typeof chart>>

/** The charts of a group, in the order they are shown. */
export const board = z.object({ charts: z.array(chart).check(z.maxLength(limits.maxSeriesPerGroup)) })

export type Board = Readonly<z.infer<typeof board>>
