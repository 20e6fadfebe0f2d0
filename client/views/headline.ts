// Owns which number of a group the lobby shows: one series, whole and by itself; how it looks is the card's.

import { type Chart, type GroupState, type Past, type Series, seriesByMetric, seriesOf } from '@chartroom/shared'
import { levelOf, type Passed, shownPast, shownUnit, shownValue, silentFor } from '@chartroom/shared/option'

/** The number that stands for a group. */
export interface Headline {
  readonly title: string
  readonly unit: string | undefined
  readonly series: Series
  /** As its chart shows it. */
  readonly value: number | null
  readonly ring: Past
  readonly passed: Passed | undefined
}

/**
 * The number of a group: that of its first chart with a single one, because a sum of shares says nothing; else the
 * first category of its first chart. Undefined while it has no series.
 */
export function headlineOf(charts: readonly Chart[], state: GroupState, now: number): Headline | undefined {
  const chart = charts.find(({ kind }) => kind === 'number' || kind === 'gauge') ?? charts[0]
  if (chart === undefined) return undefined
  const all = seriesOf(seriesByMetric(state), chart)
  const [series] = all
  if (series === undefined) return undefined
  const title = series.category === '' ? chart.title : `${chart.title} / ${series.category}`
  const value = shownValue(chart, series, now)
  const passed = levelOf(chart, [{ value, isSilent: silentFor(series, now) !== undefined }])
  return { title, unit: shownUnit(chart, all), series, value, ring: shownPast(chart, series, now), passed }
}
