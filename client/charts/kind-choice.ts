// Owns which kinds a reader may choose for a chart; how they look on the page is the kind switch's.

import {
  type Board,
  type Chart,
  type GroupState,
  type Kind,
  kindOf,
  kinds,
  type Series,
  seriesByMetric,
  seriesOf,
} from '@chartroom/shared'

/** The kinds that make sense for a chart, and the one that the group has. */
export interface KindChoice {
  readonly kinds: readonly Kind[]
  readonly groupKind: Kind
}

/** What a chart may be shown as: what its series can be, what the group says, and what it is now. */
export function kindChoiceOf(state: Pick<GroupState, 'series'>, board: Board | null, chart: Chart): KindChoice {
  const all = seriesOf(seriesByMetric(state), chart)
  const arranged = board?.charts.find(({ id }) => id === chart.id)
  const groupKind = arranged?.kind ?? kindOf(all, arranged ?? chart)
  const able = new Set([...ableKinds(all), groupKind, chart.kind])
  return { kinds: kinds.filter((kind) => able.has(kind)), groupKind }
}

function ableKinds(all: readonly Series[]): readonly Kind[] {
  const [first] = all
  if (all.length === 1 && first !== undefined)
    return isBounded(first) ? ['number', 'line', 'area', 'gauge'] : ['number', 'line', 'area']
  // Slices of something negative do not exist.
  const many = ['line', 'area', 'bar', 'table', 'heat'] as const
  return all.some(({ value }) => (value ?? 0) < 0) ? many : [...many, 'pie']
}

function isBounded({ definition: { unit, min, max } }: Series): boolean {
  return unit === '%' || (min !== undefined && max !== undefined)
}
