// Owns which fields mean something for a chart of a kind, and what is wrong with what stands in them. It draws no field.

import { type ChartDraft, chartDraft, decodeValue, type Kind, type Threshold } from '@chartroom/shared'

/** What a chart may say of itself beside its title, kind, metrics and size. */
export type Field = 'grouping' | 'by' | 'upright' | 'top' | 'sorted' | 'unit' | 'rate' | 'target' | 'thresholds'

/** The fields that change how a chart of this kind looks. */
export function fieldsOf(kind: Kind): readonly Field[] {
  switch (kind) {
    case 'bar':
      return ['grouping', 'by', 'upright', 'top', 'sorted', 'unit', 'rate', 'target', 'thresholds']
    case 'line':
      return ['unit', 'rate', 'target', 'thresholds']
    case 'area':
      return ['grouping', 'unit', 'rate', 'target', 'thresholds']
    case 'number':
    case 'gauge':
      return ['unit', 'rate', 'target', 'thresholds']
    case 'pie':
    case 'table':
    case 'heat':
      return ['unit', 'rate']
    default:
      return kind satisfies never
  }
}

/** The places, as JSON pointers, at which the schema takes a chart for wrong: `/title`, `/thresholds/0/at`. */
export function faultsOf(draft: unknown): ReadonlySet<string> {
  const decoded = decodeValue(chartDraft, draft)
  return new Set(decoded.ok ? [] : decoded.refusal.faults?.map(({ pointer }) => pointer))
}

/** The text of a number in a field. */
export function textOfNumber(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}

/** The labels by which the bars of a chart can be grouped. */
export function labelsOf(
  series: readonly { readonly definition: { readonly labels?: Readonly<Record<string, string>> | undefined } }[],
): readonly string[] {
  return [...new Set(series.flatMap(({ definition }) => Object.keys(definition.labels ?? {})))]
}

/**
 * A new threshold of a chart with these values: on the side of the last one, in two digits, beyond all values, the
 * target and the other thresholds, so that it warns of nothing yet.
 */
export function newThreshold(
  { target, thresholds = [] }: Pick<ChartDraft, 'target' | 'thresholds'>,
  values: readonly (number | null)[],
): Threshold {
  const marks = [...values, target ?? null, ...thresholds.map(({ at }) => at)].filter((mark) => mark !== null)
  if (thresholds.at(-1)?.when !== 'below') return { at: borderAbove(Math.max(...marks)) }
  const border = borderAbove(Math.max(...marks.map((mark) => -mark)))
  return { at: -border, when: 'below' }
}

function borderAbove(mark: number): number {
  if (mark === 0 || !Number.isFinite(mark)) return 1
  const step = 10 ** (Math.floor(Math.log10(Math.abs(mark))) - 1)
  const steps = Math.floor(Number((mark / step).toPrecision(12))) + 1
  return Number((steps * step).toPrecision(3))
}

/** The thresholds of a chart with one of them otherwise; undefined: without it. */
export function thresholdsWith(
  { thresholds = [] }: ChartDraft,
  at: number,
  fields: Readonly<Record<string, unknown>> | undefined,
): readonly unknown[] | undefined {
  const left = thresholds.flatMap((threshold, place) => {
    if (place !== at) return [threshold]
    if (fields === undefined) return []
    return [Object.fromEntries(Object.entries({ ...threshold, ...fields }).filter(([, value]) => value !== undefined))]
  })
  return left.length === 0 ? undefined : left
}
