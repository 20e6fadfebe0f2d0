// Owns what is said of a mark that is pointed at: name, exact value, share, rank, and what it was. It chooses nothing.

import { type Chart, type Evidence, evidenceOf, type GroupState, said, seriesByMetric } from '@chartroom/shared'
import {
  type Figure,
  formatExact,
  formatQuantity,
  formatShare,
  isWithin,
  type Spot,
  shownUnit,
  shownValue,
  type View,
} from '@chartroom/shared/option'
import { html, type TemplateResult } from 'lit'
import { exactTimeOfDay } from '../words/clock.ts'
import { words } from '../words/words.ts'

/** A mark that is pointed at, or chosen by the keys. */
export interface Choice {
  readonly spot: Spot
  readonly by: 'pointer' | 'keys'
}

/** The numbers of a spot of a chart, in the order in which they are read. */
export interface SpotRows {
  readonly name: string
  readonly value: string
  /** The value as the chart shows it. */
  readonly brief: string
  readonly rows: readonly (readonly [label: string, text: string])[]
}

/** What a spot says; undefined when its category is gone. */
export function spotRowsOf(
  state: GroupState,
  chart: Chart,
  spot: Spot,
  { kind }: Figure,
  view: View,
): SpotRows | undefined {
  const { time } = spot
  const evidence = evidenceOf(state, spot)
  if (evidence === undefined) return undefined
  const unit = shownUnit(chart, seriesByMetric(state).get(spot.metric) ?? [])
  if (chart.rate === true) return rateRowsOf(state, chart, spot, unit, view)
  const { charts, pins, conversation, length } = words()
  const { share, rank, of } = evidence
  const isMoment = kind === 'line' || kind === 'area' || kind === 'heat'
  const before = isMoment ? undefined : beforeOf(state, spot, view)
  return {
    name: spotName(state, chart, spot),
    value: formatExact(evidence.value, unit, view.locale),
    brief: formatQuantity(evidence.value, unit, view.locale).text,
    rows: [
      ...(time === undefined ? [] : [[pins.time, exactTimeOfDay(time)] as const]),
      ...(share === null || of < 2 ? [] : [[pins.share, formatShare(share)] as const]),
      ...(rank === null || of < 2 ? [] : [[pins.rank, conversation.rank(rank, of)] as const]),
      ...(before === undefined
        ? []
        : [[charts.ago(length(view.windowMs)), formatQuantity(before.value, unit, view.locale).brief] as const]),
    ],
  }
}

// Of a rate the share and the rank of its counter would say nothing.
function rateRowsOf(state: GroupState, chart: Chart, spot: Spot, unit: string | undefined, view: View): SpotRows {
  const own = (seriesByMetric(state).get(spot.metric) ?? []).filter((series) => isWithin(spot, series))
  const rates = own.flatMap((series) => shownValue(chart, series, view.now, spot.time) ?? [])
  const rate = rates.length === 0 ? null : rates.reduce((sum, value) => sum + value, 0)
  const { text } = formatQuantity(rate, unit, view.locale)
  return {
    name: spotName(state, chart, spot),
    value: text,
    brief: text,
    rows: spot.time === undefined ? [] : [[words().pins.time, exactTimeOfDay(spot.time)]],
  }
}

/** What a spot of a chart is called: its category, or its metric where the chart has several. */
export function spotName(state: GroupState, { metrics, title }: Chart, { metric, category }: Spot): string {
  const name = metrics.length === 1 ? title : (said(seriesByMetric(state).get(metric) ?? [], 'title') ?? metric)
  if (category === undefined) return name
  return metrics.length === 1 ? category : `${name} / ${category}`
}

/** The same in one sentence, for who hears it. */
export function spotSentence({ name, brief, rows }: SpotRows): string {
  return [`${name} ${brief}`, ...rows.map(([label, text]) => `${label} ${text}`)].join(words().charts.comma)
}

/** The same as a small table, and how it is pinned. */
export function spotCard({ name, value, rows }: SpotRows, by: Choice['by']): TemplateResult {
  const { pins } = words()
  return html`<p class="head"><b dir="auto">${name}</b> <b class="value">${value}</b></p>
    ${rows.map(([label, text]) => html`<p><span>${label}</span> <span>${text}</span></p>`)}
    <p class="how">${drop}<span>${by === 'keys' ? pins.enter : pins.click}</span></p>`
}

// Only what was really there then: evidence of a moment before the window's first value is of the present.
function beforeOf(state: GroupState, spot: Spot, { now, windowMs }: View): Evidence | undefined {
  const time = now - windowMs
  const before = evidenceOf(state, { ...spot, time })
  return before?.time === time && before.value !== null ? before : undefined
}

const drop = html`<i class="small-drop"></i>`
