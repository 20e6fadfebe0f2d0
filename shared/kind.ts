// Owns which charts a group shows, and as what, when nobody said; what a kind looks like is option/'s.

import type { ArrangedChart, Board, ChartDraft } from './board.ts'
import { limits } from './limits.ts'
import type { Kind, Show } from './series.ts'
import { type GroupState, readOnce, type Series } from './state.ts'

/** A chart as a group shows it: what it does not say of itself is derived. */
export interface Chart extends Omit<ChartDraft, 'kind' | 'title'> {
  readonly kind: Kind
  readonly title: string
}

// More slices than this cannot be told apart, so parts of a whole become a bar.
const maxSlices = 6
// More bars than this are no picture any more, but a list.
const maxBars = 30
// How far the parts may miss the whole, for rounding on the producer's side.
const wholeTolerance = 0.005

/** The charts of a group in the order they are shown, each with its kind and title. */
export function chartsOf(state: Pick<GroupState, 'series' | 'board'>): readonly Chart[] {
  const metrics = seriesByMetric(state)
  return draftsFrom(metrics, state.board).map((chart) => {
    const all = seriesOf(metrics, chart)
    return { ...chart, kind: chart.kind ?? kindOf(all, chart), title: chart.title ?? titleOf(metrics, chart) }
  })
}

/**
 * The charts of a group as its board (`null`: nobody arranged it) says them: first the board's own, behind them, unless
 * they are hidden, one for each metric that none of them shows, by `order` and then by appearance.
 */
export function draftsOf(
  state: Pick<GroupState, 'series'>,
  board: Board | null,
): readonly (ChartDraft | ArrangedChart)[] {
  return draftsFrom(seriesByMetric(state), board)
}

/** The series of a chart, in the order of its metrics and in which they appeared. */
export function seriesOf(
  metrics: ReadonlyMap<string, readonly Series[]>,
  { metrics: names }: Pick<ChartDraft, 'metrics'>,
): readonly Series[] {
  return names.flatMap((metric) => metrics.get(metric) ?? [])
}

function draftsFrom(
  metrics: ReadonlyMap<string, readonly Series[]>,
  board: Board | null,
): readonly (ChartDraft | ArrangedChart)[] {
  const own = board?.charts ?? []
  if (board?.others === 'hidden') return own
  const isSeen = new Set([...own.flatMap((chart) => chart.metrics), ...(board?.hidden ?? [])])
  const isTaken = new Set(own.map(({ id }) => id))
  const derived = [...metrics]
    .filter(([metric]) => !isSeen.has(metric))
    .map(([metric, all]) => ({ metric, all, order: smallest(all, 'order') ?? Number.POSITIVE_INFINITY }))
    .sort((a, b) => a.order - b.order || firstNumber(a.all) - firstNumber(b.all))
    .map(({ metric }) => ({ id: freeId(metric, isTaken), metrics: [metric] }))
  return [...own, ...derived]
}

// Its metric's name, unless another chart is called so: each id is one chart's.
function freeId(metric: string, isTaken: Set<string>): string {
  let id = metric
  for (let n = 2; isTaken.has(id); n++) id = `${[...metric].slice(0, limits.maxMetricLength - 8).join('')} ${n}`
  isTaken.add(id)
  return id
}

function titleOf(metrics: ReadonlyMap<string, readonly Series[]>, chart: ChartDraft): string {
  return chart.metrics.map((metric) => said(metrics.get(metric) ?? [], 'title') ?? metric).join(', ')
}

/** The series of each metric, in the order in which they appeared. */
export const seriesByMetric = readOnce((all): ReadonlyMap<string, readonly Series[]> => {
  const metrics = new Map<string, Series[]>()
  for (const series of all.values()) {
    const { metric } = series.definition
    const known = metrics.get(metric)
    if (known === undefined) metrics.set(metric, [series])
    else known.push(series)
  }
  return metrics
})

/**
 * What a chart is drawn as, when nobody said:
 *
 * | the chart | its series | kind |
 * |---|---|---|
 * | one metric | one of them says `as` | that |
 * | several metrics | none has labels | line |
 * | | one without labels, in % or with `min` and `max`, no rate | gauge |
 * | | one without labels | number, with its line |
 * | no grouping, no top, no rate | 2 to 6 categories of one metric, none negative, that add up to the whole (`max`, or 100 for %) | pie |
 * | | more than 30 categories of one metric, no grouping, no top | table |
 * | | categories | bar |
 */
export function kindOf(all: readonly Series[], chart: Partial<ChartDraft> = {}): Kind {
  const isOfMany = (chart.metrics?.length ?? 1) > 1
  const as = isOfMany ? undefined : said(all, 'as')
  if (as !== undefined) return as
  const [first] = all
  const isBare = all.every(({ category }) => category === '')
  if (isOfMany && isBare) return 'line'
  const isRate = chart.rate === true
  if (all.length === 1 && isBare && first !== undefined)
    return isBounded(first.definition) && !isRate ? 'gauge' : 'number'
  const isPlain = chart.grouping === undefined && chart.top === undefined && !isRate
  if (!isPlain || isOfMany) return 'bar'
  if (isWhole(all)) return 'pie'
  return all.length > maxBars && !isParted(all) ? 'table' : 'bar'
}

/** What the first series that says something about a field says: a chart is of one metric, so one voice is enough. */
export function said<F extends keyof Show>(all: readonly Series[], field: F): Show[F] {
  return all.find((series) => series.definition[field] !== undefined)?.definition[field]
}

function isBounded({ unit, min, max }: Show): boolean {
  return unit === '%' || (min !== undefined && max !== undefined)
}

// What has several labels is parted into categories, which are fewer.
function isParted(all: readonly Series[]): boolean {
  return all.some(({ definition: { labels } }) => Object.keys(labels ?? {}).length > 1)
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
