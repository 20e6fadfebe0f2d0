// Owns the random inputs of property tests: samples, batches, drafts, boards; what is done with them is each test's.

import type { AnnotationDraft, BoardDraft, BoardEdit, ChartDraft, Kind, Sample } from '@chartroom/shared'
import { kinds } from '@chartroom/shared'
import fc from 'fast-check'

/** A sample whose time is told as its distance from the server's clock, ms (positive: late). */
export type SampleSketch = Omit<Sample, 'time'> & { readonly lateMs?: number }

/** Numbers in which rounding, signs and sizes all occur, and equal ones often. */
export const number = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -3, max: 100 }) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 0.1, 1e-300, 1e300, -1e300) },
)

const series = fc.oneof(
  { weight: 1, arbitrary: fc.record({ metric: fc.constantFrom('cpu', '__proto__') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      metric: fc.constant('orders'),
      labels: fc.constantFrom<Record<string, string>>(
        {},
        { item: 'Shirts' },
        { item: 'Socks', size: 'L' },
        { size: 'L', item: 'Socks' },
      ),
    }),
  },
)

const act = fc.oneof(
  { weight: 5, arbitrary: fc.record({ value: fc.oneof({ weight: 5, arbitrary: number }, fc.constant(null)) }) },
  { weight: 2, arbitrary: fc.record({ add: number }) },
  { weight: 2, arbitrary: fc.record({ remove: fc.constant(true as const) }) },
)

const show = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.record(
      {
        title: fc.constantFrom('Orders', 'Bestellungen'),
        unit: fc.constantFrom('pcs', '%', ''),
        max: number,
        as: fc.constantFrom<Kind>(...kinds),
        order: number,
      },
      { requiredKeys: [] },
    ),
  },
)

const timing = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.record({ lateMs: fc.integer({ min: -5_000, max: 40_000 }) }) },
)

/** A sample of one of a few series, with any act. */
export const sampleSketch: fc.Arbitrary<SampleSketch> = fc
  .tuple(series, act, show, timing)
  .map((parts) => Object.assign({}, ...parts))

/** A small batch of them, several of one series included. */
export const batchSketch = fc.array(sampleSketch, { minLength: 1, maxLength: 5 })

/** The sample at a clock (Unix ms). */
export function sampleAt({ lateMs, ...sample }: SampleSketch, now: number): Sample {
  return lateMs === undefined ? sample : { ...sample, time: now - lateMs }
}

/** A message, sometimes pinned. */
export const draft: fc.Arbitrary<AnnotationDraft> = fc.record(
  {
    text: fc.constantFrom('why?', '为什么？', '<b>', '\u{1F600}'),
    kind: fc.constantFrom('log', 'deploy', 'alert'),
    pin: fc.constantFrom({ metric: 'cpu' }, { metric: 'orders', category: 'Shirts' }),
  },
  { requiredKeys: ['text'] },
)

/** What may be done to an annotation. */
export const edit = fc.oneof(
  fc.record({ type: fc.constant('revise' as const), text: fc.constantFrom('better', 'why?') }),
  fc.record({ type: fc.constant('retract' as const) }),
  fc.record({
    type: fc.constant('react' as const),
    name: fc.constantFrom('ann', 'bob'),
    reaction: fc.constantFrom('\u{1F44D}', 'constructor'),
    on: fc.boolean(),
  }),
)

/** A board as somebody writes it, or none. */
export const board: fc.Arbitrary<BoardDraft | null> = fc.oneof(
  fc.constant(null),
  fc.record({
    charts: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b'),
        metrics: fc.constantFrom<string[]>(['cpu'], ['orders'], ['orders', 'cpu']),
        kind: fc.constantFrom<Kind>(...kinds),
        title: fc.constantFrom('A', 'B'),
      }),
      { maxLength: 2, selector: ({ id }) => id },
    ),
  }),
)

const chartId = fc.constantFrom('a', 'b', 'c', 'x', 'y')

const chart: fc.Arbitrary<ChartDraft> = fc.record(
  {
    id: chartId,
    metrics: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'gone'), { minLength: 1, maxLength: 3 }),
    title: fc.constantFrom('A', 'B'),
    by: fc.constantFrom('item', 'size'),
    top: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: ['id', 'metrics'] },
)

const place = fc.record({ before: chartId }, { requiredKeys: [] })

/** One step of arranging charts of the metrics `a` to `d`, some of which may be there. */
export const boardEdit: fc.Arbitrary<BoardEdit> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(chart, place).map(([chart, { before }]) => ({
      type: 'put' as const,
      chart,
      ...(before === undefined ? {} : { before }),
    })),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(chartId, place).map(([chart, { before }]) => ({
      type: 'move' as const,
      chart,
      ...(before === undefined ? {} : { before }),
    })),
  },
  { weight: 3, arbitrary: chartId.map((chart) => ({ type: 'remove' as const, chart })) },
  {
    weight: 1,
    arbitrary: fc
      .record({
        charts: fc.uniqueArray(chart, { maxLength: 3, selector: ({ id }) => id }),
        isClosed: fc.boolean(),
        hidden: fc.subarray(['a', 'b']),
      })
      .map(({ charts, isClosed, hidden }) => ({
        type: 'replace' as const,
        board: {
          charts,
          ...(hidden.length === 0 ? {} : { hidden }),
          ...(isClosed ? { others: 'hidden' as const } : {}),
        },
      })),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'replace' as const, board: null }) },
)

/** A few of them. */
export const someEdits = fc.array(boardEdit, { minLength: 1, maxLength: 4 })
