// Owns what within a chart a pin points at, and which series it is of. It knows no places.

import type { PinDraft } from '../pin.ts'
import type { Series } from '../state.ts'

/** What a pin points at within a chart: one of its metrics, of it a category, a moment, a range, or the whole. Unix ms. */
export type Spot = Pick<PinDraft, 'metric' | 'category' | 'time' | 'timeEnd'>

/** A series as a spot: one without labels is its metric as a whole. */
export function spotOf({ definition: { metric }, category }: Series): Spot {
  return category === '' ? { metric } : { metric, category }
}

/** Whether a spot is of exactly this series. */
export function isOf({ metric, category = '' }: Spot, series: Series): boolean {
  return series.definition.metric === metric && series.category === category
}

/** Whether a spot is of this series or of its whole metric. */
export function isWithin(spot: Spot, series: Series): boolean {
  return spot.category === undefined ? series.definition.metric === spot.metric : isOf(spot, series)
}
