// Owns what a series says on a chart: its numbers, or their rates, and in which unit. It knows no colours and draws nothing.

import { type Chart, said } from '../kind.ts'
import type { Past } from '../ring.ts'
import type { Series } from '../state.ts'
import { valueAt } from './course.ts'
import { rateOf } from './rate.ts'
import { perSecond } from './unit.ts'

/** The past of a series as a chart shows it: its values, or its rates. */
export function shownPast({ rate }: Pick<Chart, 'rate'>, { ring }: Series, now: number): Past {
  return rate === true ? rateOf(ring, now) : ring
}

/** What a series of a chart says at a moment (Unix ms), or now: its value, or its rate where the chart shows rates. */
export function shownValue({ rate }: Pick<Chart, 'rate'>, series: Series, now: number, time = now): number | null {
  if (rate === true) return valueAt({ ring: shownPast({ rate }, series, now) }, time)
  return time >= now ? series.value : valueAt(series, time)
}

/** The unit of a chart's numbers, of which these are the series: a counter's own is counted by the second. */
export function shownUnit({ unit, rate }: Pick<Chart, 'unit' | 'rate'>, all: readonly Series[]): string | undefined {
  if (unit !== undefined) return unit
  const own = said(all, 'unit')
  return rate === true ? perSecond(own) : own
}
