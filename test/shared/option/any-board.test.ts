// The promise of every chart: whatever a group sends and however its charts are arranged, each is drawn with true numbers.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Batch,
  type Chart,
  type ChartDraft,
  chartsOf,
  type GroupState,
  kinds,
  type Sample,
  type Series,
} from '../../../shared/index.ts'
import {
  anchorOf,
  dataOf,
  type Figure,
  figureOf,
  isOnCanvas,
  type Locale,
  optionOf,
  spotOf,
  structureOf,
  type View,
} from '../../../shared/option/index.ts'
import { groupOf, light, now, viewOf } from './group.ts'

const metrics = ['cpu', 'orders', 'errors', '__proto__']
const metric = fc.constantFrom(...metrics)

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -20, max: 100 }) },
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 0, 0.1, 1e-300, 5e-324, 1e300, -1e300) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MAX_SAFE_INTEGER) },
)

const labels = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  { weight: 4, arbitrary: fc.nat(14).map((n) => ({ item: `item ${n}` })) },
  { weight: 2, arbitrary: fc.record({ item: fc.constantFrom('', 'Shirts', '<b>'), size: fc.constantFrom('', 'L') }) },
)

const show = fc.record(
  {
    title: fc.constantFrom('Orders', '<i>'),
    unit: fc.constantFrom('pcs', '%', '', 'B', 's', 'EUR'),
    min: value.map((n) => n ?? 0),
    max: value.map((n) => n ?? 0),
    as: fc.constantFrom(...kinds),
    order: fc.integer(),
  },
  { requiredKeys: [] },
)

const sample: fc.Arbitrary<Sample> = fc
  .tuple(metric, labels, value, fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, show))
  .map(([metric, labels, value, show]) => ({ metric, labels, value, ...show }))

const many: fc.Arbitrary<Batch> = fc
  .tuple(metric, fc.constantFrom(31, 400), fc.array(value, { minLength: 1, maxLength: 7 }))
  .map(([metric, count, values]) =>
    Array.from({ length: count }, (_, n) => ({
      metric,
      labels: { item: `n${n}` },
      value: values[n % values.length] ?? null,
    })),
  )

const batches = fc
  .tuple(
    fc.array(fc.array(sample, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 6 }),
    fc.oneof({ weight: 7, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: many }),
  )
  .map(([some, many]) => (many.length === 0 ? some : [many, ...some]))

const chart: fc.Arbitrary<ChartDraft> = fc.record(
  {
    id: fc.constant('a'),
    metrics: fc.uniqueArray(fc.oneof(metric, fc.constant('gone')), { minLength: 1, maxLength: 4 }),
    kind: fc.constantFrom(...kinds),
    title: fc.constantFrom('A', '<b>'),
    grouping: fc.constantFrom('plain', 'grouped', 'stacked'),
    by: fc.constantFrom('item', 'size', 'none'),
    upright: fc.boolean(),
    top: fc.integer({ min: 1, max: 20 }),
    sorted: fc.constantFrom('appearance', 'value'),
    unit: fc.constantFrom('', '%', 'req', 'ms', 'USD'),
    rate: fc.boolean(),
    target: value.map((n) => n ?? 0),
    thresholds: fc.array(
      fc.record(
        {
          at: value.map((n) => n ?? 0),
          when: fc.constantFrom('above', 'below'),
          level: fc.constantFrom('warn', 'crit'),
          word: fc.constantFrom('full', '<b>'),
        },
        { requiredKeys: ['at'] },
      ),
      { maxLength: 4 },
    ),
  },
  { requiredKeys: ['id', 'metrics'] },
)

const place = fc.record({
  width: fc.integer({ min: 120, max: 1_400 }),
  height: fc.integer({ min: 40, max: 820 }),
  locale: fc.constantFrom<Locale>('en', 'zh'),
  agoMs: fc.constantFrom(0, 0, 0, 3_000, 100_000, 4_000_000),
  windowMs: fc.constantFrom(10_000, 300_000, 3_600_000),
  isPast: fc.boolean(),
  hides: fc.nat(3),
  chooses: fc.boolean(),
})

// Where a number is no number, or none that can be drawn.
function wrongNumbers(drawn: unknown, path = ''): readonly string[] {
  if (typeof drawn === 'number') return Number.isFinite(drawn) ? [] : [`${path} is ${drawn}`]
  if (drawn === null || typeof drawn !== 'object') return []
  // A series and its chart are what the group said, not what is drawn.
  return Object.entries(drawn).flatMap(([name, part]) =>
    ['series', 'members', 'chart', 'ring', 'place'].includes(name) ? [] : wrongNumbers(part, `${path}.${name}`),
  )
}

// ECharts' own word for its series is ours for something else.
function drawable(option: object): object {
  return Object.fromEntries(Object.entries(option).map(([name, part]) => [`option ${name}`, part]))
}

function drawn(figure: Figure, view: View): readonly unknown[] {
  if (!isOnCanvas(figure)) return []
  return [drawable(optionOf(figure, light, view)), dataOf(figure), structureOf(figure, light, view)]
}

function ownOf({ metrics }: Chart, state: GroupState): readonly Series[] {
  return [...state.series.values()].filter(({ definition }) => metrics.includes(definition.metric))
}

type Place = typeof place extends fc.Arbitrary<infer P> ? P : never

function viewFor({ agoMs, isPast, hides, chooses, ...size }: Place, own: readonly Series[]): View {
  const first = own[0]
  return viewOf({
    ...size,
    now: now + agoMs,
    hidden: new Set(own.slice(0, hides).map(({ key }) => key)),
    ...(isPast ? { until: now + agoMs - 2_000 } : {}),
    ...(chooses && first !== undefined ? { chosen: spotOf(first) } : {}),
  })
}

function check(chart: Chart, state: GroupState, place: Place): void {
  const own = ownOf(chart, state)
  const view = viewFor(place, own)
  const figure = figureOf(chart, state, light, view)
  expect(new Set(figure?.members ?? [])).toEqual(new Set(own))
  if (figure === undefined) return
  expect(wrongNumbers([figure, ...drawn(figure, view)])).toEqual([])
  for (const spot of own.slice(0, 40).map(spotOf)) {
    for (const at of [spot, { ...spot, time: now }, { ...spot, time: now - 5_000, timeEnd: now }]) {
      const { x, y } = anchorOf(figure, at, view)
      expect(x >= 0 && x <= view.width && y >= 0 && y <= view.height).toBe(true)
    }
  }
}

describe('any board', () => {
  it('is drawn with numbers that are numbers, all members, and anchors within its body', () => {
    fc.assert(
      fc.property(batches, chart, place, (batches, draft, place) => {
        const state = groupOf(...batches)
        const board = { charts: [{ ...draft, revision: 1, author: 'ann' }] }
        for (const chart of chartsOf({ series: state.series, board })) check(chart, state, place)
      }),
      { numRuns: 200 },
    )
  })
})
