// Owns what a chart shows before it has places: its marks, each with a name, a value, a past and a colour, and its unit.

import { type Chart, said, seriesByMetric, seriesOf } from '../kind.ts'
import type { Past } from '../ring.ts'
import type { GroupState, Series } from '../state.ts'
import { type Limit, limitsOf } from './limits.ts'
import { type CategoryColor, categoryColors, type Look, metricColors } from './palette.ts'
import { shownPast, shownUnit, shownValue } from './shown.ts'
import { silentFor } from './silence.ts'
import { isOf } from './spot.ts'
import { isSummable } from './unit.ts'
import type { View } from './view.ts'

/** The opacity of a mark while another one is being chosen. */
export const dimmedOpacity = 0.38

/** One series of a chart, as it is drawn. */
export interface Mark {
  /** Stable while the group has the series. */
  readonly key: string
  /** Which of the chart's series it is, counted from 0. */
  readonly place: number
  readonly name: string
  /** The present value: of its series, or its rate where the chart shows rates. */
  readonly value: number | null
  /** What its value was, of the same. */
  readonly ring: Past
  /** Of its own value: the metrics of a chart may differ. */
  readonly unit: string | undefined
  /** Grey when the series fell silent. */
  readonly color: CategoryColor
  readonly isSilent: boolean
  /** The category has no colour of its own: it is the 11th or a later one. */
  readonly isRest: boolean
  /** Another category is being chosen. */
  readonly isDimmed: boolean
  readonly series: Series
}

/** What all marks of a chart have in common: its unit, and the borders that its values keep to. */
export interface Measured {
  readonly unit: string | undefined
  readonly min: number | undefined
  readonly max: number | undefined
}

/** Everything that a chart shows, whatever its kind. */
export interface Content extends Measured {
  readonly chart: Chart
  /** Metric by metric, in the order in which they appeared. */
  readonly marks: readonly Mark[]
  readonly limits: readonly Limit[]
}

/** What a chart of a group shows at a moment: the one place that turns its series into numbers. */
export function contentOf(chart: Chart, state: GroupState, look: Look, view: View): Content {
  const metrics = seriesByMetric(state)
  const all = seriesOf(metrics, chart)
  const colors = chart.metrics.length > 1 ? metricColors(all, look) : categoryColors(state, all, look)
  const units = new Map(chart.metrics.map((metric) => [metric, shownUnit(chart, metrics.get(metric) ?? [])]))
  const { chosen, until = view.now } = view
  const hasChosen = chosen !== undefined && all.some((series) => isOf(chosen, series))
  const marks = all.map((series, place): Mark => {
    const isSilent = silentFor(series, until) !== undefined
    const color = colors.get(series.key) ?? look.rest
    const grey = look.stale[place % look.stale.length] ?? look.rest.mark
    const ring = shownPast(chart, series, view.now)
    return {
      key: series.key,
      place,
      name: nameOf(series, chart, metrics),
      value: shownValue(chart, series, view.now, view.until),
      ring,
      unit: units.get(series.definition.metric),
      color: isSilent ? { mark: grey, text: look.ink3 } : color,
      isSilent,
      isRest: color === look.rest,
      isDimmed: hasChosen && !isOf(chosen, series),
      series,
    }
  })
  return { chart, marks, limits: limitsOf(chart), ...measuredOf(chart, marks) }
}

/** Marks as the reader wants them: those that are drawn, and those that are left out. Where all would be, none is. */
export function partedMarks(
  marks: readonly Mark[],
  { hidden }: Pick<View, 'hidden'>,
): { readonly shown: readonly Mark[]; readonly hidden: readonly Mark[] } {
  const isHidden = ({ key }: Mark) => hidden?.has(key) === true
  const shown = marks.filter((mark) => !isHidden(mark))
  return shown.length === 0 ? { shown: marks, hidden: [] } : { shown, hidden: marks.filter(isHidden) }
}

/** What a series is called in a chart: one of one metric is named after it, one of several names each. */
export function nameOf({ definition: { metric }, category }: Series, chart: Chart, metrics: SeriesByMetric): string {
  if (chart.metrics.length === 1) return category === '' ? chart.title : category
  const title = said(metrics.get(metric) ?? [], 'title') ?? metric
  return category === '' ? title : `${title} / ${category}`
}

type SeriesByMetric = ReturnType<typeof seriesByMetric>

/** The series of each mark, drawn or not. */
export function membersOf(marks: readonly Mark[]): readonly Series[] {
  return marks.map(({ series }) => series)
}

// What differs is said at each mark. A share without borders is one of 100; borders of a counter are none of its rate.
function measuredOf({ rate }: Chart, marks: readonly Mark[]): Measured {
  const all = marks.map(({ series }) => series)
  const unit = marks.every((mark) => mark.unit === marks[0]?.unit) ? marks[0]?.unit : undefined
  const isShare = unit === '%'
  const border = (field: 'min' | 'max') => (rate === true ? undefined : said(all, field))
  return {
    unit,
    min: border('min') ?? (isShare ? 0 : undefined),
    max: border('max') ?? (isShare ? 100 : undefined),
  }
}

/** The sum of all values, which is what several series are together; `null` when none has one, or doubles cannot hold it. */
export function totalOf(marks: readonly Mark[]): number | null {
  const sum = marks.reduce<number | null>((sum, { value }) => (value === null ? sum : (sum ?? 0) + value), null)
  return Number.isFinite(sum) ? sum : null
}

/** Several series as one number, and of how many it is made. */
export interface Whole {
  readonly value: number | null
  readonly as: 'sum' | 'mean'
  readonly count: number
}

/**
 * What several series are as one number: their sum, or the mean of percentages and durations, whose sum says nothing.
 * Of different units there is none.
 */
export function wholeOf(marks: readonly Mark[]): Whole {
  const unit = marks[0]?.unit
  const isSame = marks.every((mark) => mark.unit === unit)
  const count = marks.filter(({ value }) => value !== null).length
  const sum = isSame ? totalOf(marks) : null
  if (isSummable(unit)) return { value: sum, as: 'sum', count }
  return { value: sum === null ? null : sum / count, as: 'mean', count }
}
