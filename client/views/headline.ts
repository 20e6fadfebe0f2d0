// Owns which number of a group the lobby shows: one series, whole and by itself; how it looks is the card's.

import { type Chart, type GroupState, type Series, said, seriesByMetric, seriesOf } from '@chartroom/shared'

/** The number that stands for a group. */
export interface Headline {
  readonly title: string
  readonly unit: string | undefined
  readonly series: Series
}

/**
 * The number of a group: that of its first chart with a single one, because a sum of shares says nothing; else the
 * first category of its first chart. Undefined while it has no series.
 */
export function headlineOf(charts: readonly Chart[], state: GroupState): Headline | undefined {
  const chart = charts.find(({ kind }) => kind === 'number' || kind === 'gauge') ?? charts[0]
  if (chart === undefined) return undefined
  const all = seriesOf(seriesByMetric(state), chart)
  const [series] = all
  if (series === undefined) return undefined
  const title = series.category === '' ? chart.title : `${chart.title} / ${series.category}`
  return { title, unit: said(all, 'unit'), series }
}
