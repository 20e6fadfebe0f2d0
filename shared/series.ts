// Owns a series: its definition, its key, its category, and how it wants to be shown; no values, no time.

import * as z from 'zod/mini'
import { utf8Bytes } from './bytes.ts'
import { limits } from './limits.ts'
import { limitedName } from './text.ts'

/** The kinds of chart there are. */
export const kinds = ['number', 'line', 'area', 'bar', 'pie', 'gauge', 'table', 'heat'] as const

/** What a chart is drawn as. */
export type Kind = (typeof kinds)[number]

/** A metric's name: what is measured. */
export const metricName = limitedName(limits.maxMetricLength)

/** A label's name. */
export const labelName = limitedName(limits.maxLabelNameLength)

/** The labels of a series: which of its metric it is, `{item: "Shirts"}`. */
export const labels = z.record(labelName, limitedName(limits.maxLabelValueLength)).check(
  z.refine((record) => Object.keys(record).length <= limits.maxLabels, {
    error: `must have at most ${limits.maxLabels} labels`,
  }),
)

export type Labels = Readonly<Record<string, string>>

/**
 * How a series wants to be shown. `min` and `max` bound its values, `as` is a kind of chart, `order` sorts charts
 * (smaller first), `unit` is the short text behind a number.
 */
export const show = {
  title: z.optional(limitedName(limits.maxMetricLength)),
  unit: z.optional(limitedName(limits.maxLabelNameLength, 0)),
  min: z.optional(z.number()),
  max: z.optional(z.number()),
  as: z.optional(z.enum(kinds)),
  order: z.optional(z.number()),
}

/** A series as it is told once: its number `n` for the life of the epoch, its metric and labels, how to show it. */
export const definition = z.object({
  n: z.int().check(z.positive()),
  metric: metricName,
  labels: z.optional(labels),
  ...show,
})

export type Definition = Readonly<z.infer<typeof definition>>

/** The fields of `show`, in one order everywhere. */
export const showFields = ['title', 'unit', 'min', 'max', 'as', 'order'] as const

export type Show = Readonly<Pick<Definition, (typeof showFields)[number]>>

/** Whether anything is said of how to show it. By name, not by `showFields`: every sample is asked, and few say any. */
export function saysShow({ title, unit, min, max, as, order }: Show): boolean {
  return (title ?? unit ?? min ?? max ?? as ?? order) !== undefined
}

/** What is said of how to show it, and nothing else. */
export function showOf(said: Show): Show {
  return Object.fromEntries(showFields.flatMap((field) => (said[field] === undefined ? [] : [[field, said[field]]])))
}

/** What a series is outside the wire: one string for its metric and labels, whatever order the labels came in. */
export function seriesKey(metric: string, labels: Labels | undefined): string {
  if (labels === undefined) return metric
  const names = Object.keys(labels)
  if (names.length > 1) names.sort()
  let key = metric
  for (const name of names) key += `\u0000${name}\u0000${labels[name] ?? ''}`
  return key
}

/** The metric and labels of a key that `seriesKey` made: no name of either holds the character that parts them. */
export function readSeriesKey(key: string): { readonly metric: string; readonly labels?: Labels } {
  const [metric = '', ...parts] = key.split('\u0000')
  if (parts.length === 0) return { metric }
  const labels: [string, string][] = []
  for (let at = 0; at + 1 < parts.length; at += 2) labels.push([parts[at] ?? '', parts[at + 1] ?? ''])
  return { metric, labels: Object.fromEntries(labels) }
}

/** The category of a series: its only label's value, or all its label values in label-name order; '' without labels. */
export function category(labels: Labels | undefined): string {
  if (labels === undefined) return ''
  return Object.keys(labels)
    .sort()
    .map((name) => labels[name])
    .join(' / ')
}

/** What a definition counts for `limits.maxDefinitionBytes`. */
export function definitionBytes(definition: Definition): number {
  return utf8Bytes(JSON.stringify(definition)) + 1
}
