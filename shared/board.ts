// Owns the shapes of the board: its charts, and the edits that arrange it. kind.ts derives what nobody arranged.

import * as z from 'zod/mini'
import { limits } from './limits.ts'
import { kinds, labelName, metricName } from './series.ts'
import { limitedName } from './text.ts'

const chartId = limitedName(limits.maxMetricLength)
const distinct = <T>(list: readonly T[]) => new Set(list).size === list.length

/** How large a chart is on the 12 columns of a group: in columns, and in rows of 48 px with 24 px between them. */
export const size = z.object({
  columns: z.int().check(z.gte(limits.minChartColumns), z.lte(limits.boardColumns)),
  rows: z.int().check(z.gte(limits.minChartRows), z.lte(limits.maxChartRows)),
})

export type Size = Readonly<z.infer<typeof size>>

/** How bad it is when a threshold is passed. */
export const levels = ['warn', 'crit'] as const

export type Level = (typeof levels)[number]

/** A border that values should not pass: `above` it (unless it says `below`), `level` is how bad that is, `word` says it. */
export const threshold = z.object({
  at: z.number(),
  when: z.optional(z.enum(['above', 'below'])),
  level: z.optional(z.enum(levels)),
  word: z.optional(limitedName(limits.maxLabelNameLength)),
})

export type Threshold = Readonly<z.infer<typeof threshold>>

/** How the bars and areas of a chart stand to each other. */
export const groupings = ['plain', 'grouped', 'stacked'] as const

export type Grouping = (typeof groupings)[number]

/**
 * One chart as somebody arranges it. What it does not say is derived from its series: its kind, its title, its unit,
 * its size. Its id is stable while the chart is on the board.
 */
export const chartDraft = z.object({
  id: chartId,
  metrics: z
    .array(metricName)
    .check(
      z.minLength(1),
      z.maxLength(limits.maxChartMetrics),
      z.refine(distinct, { error: 'must not name a metric twice' }),
    ),
  kind: z.optional(z.enum(kinds)),
  title: z.optional(limitedName(limits.maxMetricLength)),
  size: z.optional(size),
  /** `grouped`: side by side within a category; `stacked`: upon each other. */
  grouping: z.optional(z.enum(groupings)),
  /** The label whose values are the categories of grouped and stacked bars; the other labels, or the metrics, part them. */
  by: z.optional(labelName),
  /** Bars stand, for categories that have an order. */
  upright: z.optional(z.boolean()),
  /** As many categories are shown, the greatest; the others are one. */
  top: z.optional(z.int().check(z.gte(1), z.lte(limits.maxTop))),
  /** `value`: the greatest first, changing places calmly; else in the order in which they appeared. */
  sorted: z.optional(z.enum(['appearance', 'value'])),
  unit: z.optional(limitedName(limits.maxLabelNameLength, 0)),
  /** Shows by how much a second its counters grow. */
  rate: z.optional(z.boolean()),
  target: z.optional(z.number()),
  thresholds: z.optional(z.array(threshold).check(z.maxLength(limits.maxThresholds))),
})

export type ChartDraft = Readonly<z.infer<typeof chartDraft>>

/** A chart that somebody arranged: the revision at which it last changed, and who changed it. */
export const arrangedChart = z.object({
  ...chartDraft.shape,
  revision: z.int().check(z.nonnegative()),
  author: z.string(),
})

export type ArrangedChart = Readonly<z.infer<typeof arrangedChart>>

// Metrics that no chart shows have charts of their own behind the others, unless they are hidden.
const unshown = {
  hidden: z.optional(z.array(metricName).check(z.maxLength(limits.maxSeriesPerGroup))),
  others: z.optional(z.literal('hidden')),
}

/** A whole board as somebody writes it: its charts in order, which metrics it hides, or that it hides all others. */
export const boardDraft = z.object({
  charts: z.array(chartDraft).check(
    z.maxLength(limits.maxCharts),
    z.refine((charts) => distinct(charts.map(({ id }) => id)), { error: 'must not have two charts of one id' }),
  ),
  ...unshown,
})

export type BoardDraft = Readonly<z.infer<typeof boardDraft>>

/** The board of a group once somebody arranged it. */
export const board = z.object({
  charts: z.array(arrangedChart).check(z.maxLength(limits.maxCharts)),
  ...unshown,
  /** What the file said from which the server put it last, in short; absent: it was put from none. */
  provisioned: z.optional(z.string()),
})

export type Board = Readonly<z.infer<typeof board>>

/**
 * One step of arranging. `put`: the chart is so from now on; one that is not there yet comes `before` another, or last.
 * `move`: it goes before another, or last. What a `remove` or `put` leaves without a chart is hidden. `replace`: the
 * whole board; `null`: as if nobody had arranged it.
 */
export const boardEdit = z.discriminatedUnion('type', [
  z.object({ type: z.literal('put'), chart: chartDraft, before: z.optional(chartId) }),
  z.object({ type: z.literal('move'), chart: chartId, before: z.optional(chartId) }),
  z.object({ type: z.literal('remove'), chart: chartId }),
  z.object({ type: z.literal('replace'), board: z.nullable(boardDraft) }),
])

export type BoardEdit = Readonly<z.infer<typeof boardEdit>>
