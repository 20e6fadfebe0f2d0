// Owns which fields mean something for a chart of a kind, and what is wrong with what stands in them. It draws no field.

import { type ChartDraft, chartDraft, decodeValue, type Kind } from '@chartroom/shared'

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

/** The number that a text says, in whatever locale its point is; undefined: none; NaN: it says something else. */
export function numberOf(text: string): number | undefined {
  const plain = text
    .trim()
    .replace('\u2212', '-')
    .replace(/^(-?\d*),(\d+)$/, '$1.$2')
  return plain === '' ? undefined : Number(plain)
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

/** A border that none of these values has passed yet, in two digits: where a new threshold begins. */
export function borderAbove(values: readonly (number | null)[]): number {
  const greatest = Math.max(0, ...values.flatMap((value) => value ?? []))
  if (greatest === 0) return 1
  const step = 10 ** (Math.floor(Math.log10(greatest)) - 1)
  return Number(((Math.floor(greatest / step) + 1) * step).toPrecision(3))
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
