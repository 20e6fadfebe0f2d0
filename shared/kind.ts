// Owns which charts a group shows, and as what, when nobody said; what a kind looks like is option/'s.

import type { Chart } from './board.ts'
import type { Kind, Show } from './series.ts'
import type { GroupState, Series } from './state.ts'

// More slices than this cannot be told apart, so parts of a whole become a bar.
const maxSlices = 6
// How far the parts may miss the whole, for rounding on the producer's side.
const wholeTolerance = 0.005

/**
 * The charts of a group in the order they are shown: the board's where somebody arranged one, else one for each
 * metric, by `order` and then by appearance.
 */
export function chartsOf(state: GroupState): readonly Chart[] {
  if (state.board !== null) return state.board.charts
  return [...seriesByMetric(state)]
    .map(([metric, all]) => ({ metric, all, order: smallest(all, 'order') ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => a.order - b.order || firstNumber(a.all) - firstNumber(b.all))
    .map(({ metric, all }) => ({ id: metric, metric, kind: kindOf(all), title: said(all, 'title') ?? metric }))
}

/** The series of each metric, in the order in which they appeared. */
export function seriesByMetric(state: GroupState): Map<string, Series[]> {
  const metrics = new Map<string, Series[]>()
  for (const series of state.series.values()) {
    const { metric } = series.definition
    const all = metrics.get(metric)
    if (all === undefined) metrics.set(metric, [series])
    else all.push(series)
  }
  return metrics
}

/**
 * What a metric is drawn as:
 *
 * | its series | kind |
 * |---|---|
 * | one of them says `as` | that |
 * | one without labels, in % or with `min` and `max` | gauge |
 * | one without labels | number, with its line |
 * | 2 to 6 categories, none negative, that add up to the whole (`max`, or 100 for %) | pie |
 * | categories | bar |
 *
 * Nobody gets an area, a table or a heat map who did not say so: bars tell more of categories of which nothing is known.
 */
export function kindOf(all: readonly Series[]): Kind {
  const as = said(all, 'as')
  if (as !== undefined) return as
  const [first] = all
  if (all.length === 1 && first?.category === '') return isBounded(first.definition) ? 'gauge' : 'number'
  return isWhole(all) ? 'pie' : 'bar'
}

/** What the first series that says something about a field says: a chart is of one metric, so one voice is enough. */
export function said<F extends keyof Show>(all: readonly Series[], field: F): Show[F] {
  return all.find((series) => series.definition[field] !== undefined)?.definition[field]
}

function isBounded({ unit, min, max }: Show): boolean {
  return unit === '%' || (min !== undefined && max !== undefined)
}

function isWhole(all: readonly Series[]): boolean {
  const whole = said(all, 'max') ?? (said(all, 'unit') === '%' ? 100 : undefined)
  const isFew = all.length >= 2 && all.length <= maxSlices
  if (whole === undefined || !isFew || all.some((series) => (series.value ?? -1) < 0)) return false
  const sum = all.reduce((total, series) => total + (series.value ?? 0), 0)
  return Math.abs(sum - whole) <= whole * wholeTolerance
}

function smallest(all: readonly Series[], field: 'order'): number | undefined {
  const orders = all.flatMap((series) => series.definition[field] ?? [])
  return orders.length === 0 ? undefined : Math.min(...orders)
}

function firstNumber(all: readonly Series[]): number {
  return Math.min(...all.map((series) => series.definition.n))
}
