// Owns the marks of a chart: what each series of its metric is called, its value and its colour. No places, no kinds.

import { type Chart, said, seriesByMetric, seriesOf } from '../kind.ts'
import type { GroupState, Series } from '../state.ts'
import { valueAt } from './course.ts'
import { type CategoryColor, categoryColors, type Look } from './palette.ts'
import { silentFor } from './silence.ts'
import { isOf } from './spot.ts'
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
  readonly value: number | null
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

/** The series of a chart as marks: metric by metric, in the order in which they appeared. */
export function marksOf(chart: Chart, state: GroupState, look: Look, view: View): readonly Mark[] {
  const metrics = seriesByMetric(state)
  const all = seriesOf(metrics, chart)
  const colors = categoryColors(state, all, look)
  const { chosen, until = view.now } = view
  const hasChosen = chosen !== undefined && all.some((series) => isOf(chosen, series))
  return all.map((series, place) => {
    const isSilent = silentFor(series, until) !== undefined
    const color = colors.get(series.key) ?? look.rest
    const grey = look.stale[place % look.stale.length] ?? look.rest.mark
    return {
      key: series.key,
      place,
      name: nameOf(series, chart, metrics),
      value: view.until === undefined ? series.value : valueAt(series, view.until),
      color: isSilent ? { mark: grey, text: look.ink3 } : color,
      isSilent,
      isRest: color === look.rest,
      isDimmed: hasChosen && !isOf(chosen, series),
      series,
    }
  })
}

/** Marks as the reader wants them: those that are drawn, and those that are left out. Where all would be, none is. */
export function partedMarks(
  marks: readonly Mark[],
  { hidden }: Pick<View, 'hidden'>,
): { readonly shown: readonly Mark[]; readonly hidden: readonly Mark[] } {
  const shown = marks.filter(({ key }) => hidden?.has(key) !== true)
  if (shown.length === 0) return { shown: marks, hidden: [] }
  return { shown, hidden: marks.filter((mark) => !shown.includes(mark)) }
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

/** What the series of these marks say of their values; a share without borders is one of 100. */
export function measuredOf(marks: readonly Mark[]): Measured {
  const all = marks.map(({ series }) => series)
  const unit = said(all, 'unit')
  const isShare = unit === '%'
  return {
    unit,
    min: said(all, 'min') ?? (isShare ? 0 : undefined),
    max: said(all, 'max') ?? (isShare ? 100 : undefined),
  }
}

/** The sum of all values, which is what several series are together; `null` when none has one. */
export function totalOf(marks: readonly Mark[]): number | null {
  return marks.reduce<number | null>((sum, { value }) => (value === null ? sum : (sum ?? 0) + value), null)
}
