// Owns what a group is at a moment, as far as it is spoken of: plain numbers and words, which later changes leave alone.

import { type Chart, type GroupState, seriesByMetric, seriesOf } from '@chartroom/shared'
import type { ConnectionState } from '@chartroom/shared/client'
import { nameOf, shownUnit, shownValue } from '@chartroom/shared/option'

/** A value of a chart. */
export interface SpokenValue {
  /** The title of the chart. */
  readonly chart: string
  /** Its name in the chart; '' where the chart has one value only. */
  readonly name: string
  readonly value: number | null
  readonly unit: string | undefined
}

/** A group at a moment. */
export interface Glance {
  readonly connection: ConnectionState['word']
  /** The ids of the messages of others, as far as they are read in. */
  readonly messageIds: readonly number[]
  readonly values: ReadonlyMap<string, SpokenValue>
}

/** A group at a moment (Unix ms); `me` is the name under which this page writes. */
export function glanceOf(
  state: GroupState,
  charts: readonly Chart[],
  connection: ConnectionState['word'],
  me: string | undefined,
  now: number,
): Glance {
  const metrics = seriesByMetric(state)
  const values = charts.flatMap((chart) =>
    seriesOf(metrics, chart).map((series): readonly [string, SpokenValue] => {
      const name = nameOf(series, chart, metrics)
      const spoken = {
        chart: chart.title,
        name: name === chart.title ? '' : name,
        value: shownValue(chart, series, now),
      }
      const unit = shownUnit(chart, metrics.get(series.definition.metric) ?? [])
      return [`${chart.id}\u0000${series.key}`, { ...spoken, unit }]
    }),
  )
  const others = state.talk.annotations.filter(({ author, retracted }) => author !== me && !retracted)
  return { connection, messageIds: others.map(({ id }) => id), values: new Map(values) }
}
