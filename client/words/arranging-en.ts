// Owns the English words of arranging; arranging.ts chooses between the languages.

import type { Grouping, Level, Size } from '@chartroom/shared'

const groupings: Readonly<Record<Grouping, string>> = {
  plain: 'plain',
  grouped: 'side by side',
  stacked: 'stacked',
}

const levels: Readonly<Record<Level, string>> = { warn: 'high', crit: 'critical' }

/** What is said while the charts of a group are arranged. */
export const arrangingEn = {
  heading: 'Arranging',
  atOnce: 'Everybody sees it at once.',
  undo: 'Undo',
  redo: 'Redo',
  add: 'Add chart',
  addHint: 'Choose what it shows; more can be added then.',
  asItCame: 'Board as it came',
  chartAsItCame: 'Chart as it came',
  asItCameAsk: 'Show all charts as they came, for everybody?',
  asItCameYes: 'Yes',
  close: 'Close',

  frame: (title: string, kind: string, size: string, place: number, count: number) =>
    `${title}, ${kind}, ${size}, ${place} of ${count}`,
  size: ({ columns, rows }: Size) => `${columns} × ${rows}`,
  moving: (size: string) => `moving: ${size}`,

  moved: (title: string, place: number, count: number) => `${title} is ${place} of ${count}.`,
  sized: (title: string, { columns, rows }: Size) => `${title} is ${columns} × ${rows}.`,
  removed: (title: string) => `${title} is removed. Undo brings it back.`,
  duplicated: (title: string) => `${title} is there twice.`,
  added: (title: string) => `${title} is added.`,
  asItCameSaid: 'The board is as it came.',
  chartAsItCameSaid: (title: string) => `${title} is as it came.`,
  undone: (what: string) => `Undone: ${what}.`,
  redone: (what: string) => `Done again: ${what}.`,

  overtaken: (by: string) => `${by} has changed it since: it stays so.`,
  goneSince: 'It has been removed since.',
  changedAfter: (by: string, title: string) => `${by} changed ${title} after you:`,
  removedAfter: (title: string) => `Somebody removed ${title} after you:`,
  putBack: 'Put mine back',
  keep: 'Keep',

  gone: 'This chart is no longer there.',
  mine: (kind: string) => `You alone see it as ${kind}.`,
  asGroup: 'As the group',
  chart: 'Chart',
  earlier: 'Earlier',
  later: 'Later',
  duplicate: 'Duplicate',
  remove: 'Remove',
  removeChart: 'Remove',

  title: 'Title',
  kind: 'Kind',
  automatic: (kind: string) => `${kind}, as it comes`,
  metrics: 'Metrics',
  metricsFull: (most: number) => `A chart has at most ${most} metrics.`,
  findMetric: 'Add a metric',
  noMetric: 'No other metric has these words.',
  takeAway: (name: string) => `Remove ${name}`,
  hidden: 'hidden',
  grouping: 'Grouping',
  groupings,
  by: 'A bar for each',
  asItComes: 'as it comes',
  upright: 'Upright',
  sorted: 'Greatest first',
  top: 'Show at most',
  rate: 'Per second',
  unit: 'Unit',
  target: 'Target',
  thresholds: 'Thresholds',
  threshold: (place: number) => `Threshold ${place}`,
  addThreshold: 'Add a threshold',
  removeThreshold: (place: number) => `Remove threshold ${place}`,
  side: 'Side',
  sides: { above: 'above', below: 'below' },
  at: 'Value',
  level: 'It is',
  levels,
  word: 'Word',
  sizeName: 'Size',
  columns: (count: number) => `${count} columns`,
  rows: (count: number) => `${count} rows`,
  narrower: 'Narrower',
  wider: 'Wider',
  lower: 'Lower',
  higher: 'Higher',

  tooLong: (most: number) => `At most ${most} characters, on one line.`,
  wholeNumber: (least: number, most: number) => `A whole number from ${least} to ${most}.`,
  number: 'A number, such as 400.',
}

/** The words of arranging in one language. */
export type ArrangingWords = typeof arrangingEn
