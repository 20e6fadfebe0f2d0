// Owns how the series of a bar chart are parted: into categories on the axis, and parts within each. It knows no places.

import { type Chart, said } from '../kind.ts'
import type { GroupState, Series } from '../state.ts'
import type { Content, Mark } from './mark.ts'
import { type CategoryColor, categoryColor, type Look } from './palette.ts'
import { isSummable } from './unit.ts'

/** A part that every category may have: its key is no key of a series. */
export interface Part {
  readonly key: string
  readonly name: string
  readonly color: CategoryColor
}

/** A category on the axis, and its mark of each part that it has. */
export interface Category {
  readonly key: string
  readonly name: string
  readonly marks: ReadonlyMap<string, Mark>
}

/** The categories and parts of a chart, both in the order in which they appeared. */
export interface Parted {
  readonly grouping: 'grouped' | 'stacked'
  readonly categories: readonly Category[]
  readonly parts: readonly Part[]
}

// Of which category and which part a series is.
interface Parting {
  readonly category: (series: Series) => string
  readonly part: (series: Series) => string
  /** The labels that make the parts; none where the metrics do. */
  readonly labels: readonly string[]
}

// More parts than this have no colour of their own.
const maxParts = 10

/** The categories and parts of a chart; undefined where each series has a bar of its own. */
export function partedOf({ chart, marks, unit }: Content, state: GroupState, look: Look): Parted | undefined {
  const all = marks.map(({ series }) => series)
  const parting = chart.grouping === 'plain' ? undefined : partingOf(chart, all)
  if (parting === undefined) return undefined
  const names = new Map(all.map((series) => [parting.part(series), partName(parting, series, all)]))
  const parts = [...names].map(([part, name], place): Part => {
    const isMetric = parting.labels.length === 0
    const color = (isMetric ? look.categories[place] : categoryColor(state, parting.labels, part, look)) ?? look.rest
    const isSilent = marks.every((mark) => mark.isSilent || parting.part(mark.series) !== part)
    return { key: partKey(part), name, color: isSilent ? staleOf(color, place, look) : color }
  })
  // Nobody asked for it, and it would not help.
  if (chart.grouping === undefined && chart.by === undefined && parts.length > maxParts) return undefined
  return { grouping: groupingOf(chart, unit), categories: categoriesOf(marks, parting, parts, look), parts }
}

function groupingOf({ grouping, metrics }: Chart, unit: string | undefined): Parted['grouping'] {
  if (grouping === 'grouped' || grouping === 'stacked') return grouping
  return metrics.length === 1 && isSummable(unit) ? 'stacked' : 'grouped'
}

function partingOf({ metrics, by }: Chart, all: readonly Series[]): Parting | undefined {
  const names = labelNames(all)
  if (metrics.length > 1) return names.length === 0 ? undefined : byMetric(names, by)
  if (names.length < 2) return undefined
  const axis = by !== undefined && names.includes(by) ? by : longest(names, all)
  const labels = names.filter((name) => name !== axis)
  return { category: (series) => valuesOf(series, [axis]), part: (series) => valuesOf(series, labels), labels }
}

// Another label than the one on the axis is a part of its metric.
function byMetric(names: readonly string[], by: string | undefined): Parting {
  const axis = by !== undefined && names.includes(by) ? [by] : names
  const rest = names.filter((name) => !axis.includes(name))
  const part = (series: Series) => [series.definition.metric, ...rest.map((name) => valuesOf(series, [name]))]
  return { category: (series) => valuesOf(series, axis), part: (series) => part(series).join('\u0000'), labels: [] }
}

function partName({ part, labels }: Parting, series: Series, all: readonly Series[]): string {
  if (labels.length > 0) return part(series)
  const { metric } = series.definition
  const own = all.filter(({ definition }) => definition.metric === metric)
  return [said(own, 'title') ?? metric, ...part(series).split('\u0000').slice(1)].join(' / ')
}

function categoriesOf(
  marks: readonly Mark[],
  parting: Parting,
  parts: readonly Part[],
  look: Look,
): readonly Category[] {
  const places = new Map(parts.map(({ key }, place) => [key, place]))
  const colorOf = (key: string, { isSilent, color }: Mark): CategoryColor => {
    const place = places.get(key) ?? 0
    return isSilent ? staleOf(color, place, look) : (parts[place]?.color ?? color)
  }
  const categories = new Map<string, Map<string, Mark>>()
  for (const mark of marks) {
    const name = parting.category(mark.series)
    const key = partKey(parting.part(mark.series))
    const known = categories.get(name) ?? new Map<string, Mark>()
    categories.set(name, known.set(key, { ...mark, color: colorOf(key, mark) }))
  }
  return [...categories].map(([name, own]) => ({ key: name, name, marks: own }))
}

function staleOf(color: CategoryColor, place: number, look: Look): CategoryColor {
  return { ...color, mark: look.stale[place % look.stale.length] ?? color.mark }
}

function labelNames(all: readonly Series[]): readonly string[] {
  return [...new Set(all.flatMap(({ definition: { labels } }) => Object.keys(labels ?? {})))].sort()
}

function longest(names: readonly string[], all: readonly Series[]): string {
  const count = (name: string) => new Set(all.map((series) => valuesOf(series, [name]))).size
  return names.reduce((most, name) => (count(name) > count(most) ? name : most))
}

function valuesOf({ definition: { labels } }: Series, names: readonly string[]): string {
  return names.map((name) => labels?.[name] ?? '').join(' / ')
}

function partKey(part: string): string {
  return `\u0000${part}`
}
