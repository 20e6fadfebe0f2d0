import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Batch, commit, createState, type GroupState, type Kind, kinds } from '../../../shared/index.ts'
import {
  type Anchor,
  anchorOf,
  type Figure,
  figureOf,
  momentOf,
  type Spot,
  type View,
} from '../../../shared/option/index.ts'
import { number } from '../../support/arbitraries.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

const categories = Array.from({ length: 13 }, (_, at) => `c${at}`)

function draw(kind: Kind, state: GroupState, view: View = viewOf()): Figure {
  const figure = figureOf(chartOf('orders', kind), state, light, view)
  if (figure === undefined) throw new Error('there is nothing to draw')
  return figure
}

const shop = () => groupOf(samples('orders', { Shirts: 431, Socks: 312, Hats: 5 }))
const anchor = (kind: Kind, state: GroupState, spot: Spot, view = viewOf()) =>
  anchorOf(draw(kind, state, view), spot, view)

/** What happens to a group in a second: samples of some categories, or their removal. */
const second = fc.dictionary(
  fc.constantFrom(...categories),
  fc.oneof({ weight: 6, arbitrary: number }, { weight: 1, arbitrary: fc.constantFrom(null, 'gone' as const) }),
  { maxKeys: 6 },
)
const size = fc.record({ width: fc.integer({ min: 120, max: 900 }), height: fc.integer({ min: 60, max: 500 }) })
const spot: fc.Arbitrary<Spot> = fc.oneof(
  fc.record({
    metric: fc.constant('orders'),
    category: fc.constantFrom(...categories),
    time: fc.integer({ min: now - 400_000, max: now + 30_000 }),
  }),
  fc.record({ metric: fc.constant('orders'), category: fc.constantFrom(...categories) }),
  fc.record({ metric: fc.constant('orders'), time: fc.integer({ min: now - 400_000, max: now + 30_000 }) }),
  fc
    .tuple(fc.integer({ min: -400_000, max: 20_000 }), fc.nat(100_000))
    .map(([from, long]) => ({ metric: 'orders', time: now + from, timeEnd: now + from + long })),
  fc.constant({ metric: 'orders' }),
)

function batchOf(values: Readonly<Record<string, number | null | 'gone'>>): Batch {
  return Object.entries(values).map(([item, value]) => {
    const series = { metric: 'orders', labels: { item } }
    return value === 'gone' ? { ...series, remove: true } : { ...series, value }
  })
}

/** Where the mark of a spot is, by the figure's own numbers: what an anchor must agree with. */
function expectOnMark(figure: Figure, spot: Spot, at: Anchor): void {
  const category = spot.category ?? ''
  if (spot.category !== undefined && !figure.members.some((series) => series.category === category)) {
    expect(at.on).toBe('corner')
    return
  }
  if (figure.kind === 'bar') expectOnBar(figure, category, at)
  if (figure.kind === 'pie') expectOnSlice(figure, category, at)
  if (figure.kind === 'gauge') {
    const distance = Math.hypot(at.x - figure.centerX, at.y - figure.centerY)
    expect(distance).toBeCloseTo(figure.radius - 5)
    expect(at.y).toBeLessThanOrEqual(figure.centerY + 0.001)
  }
  if (figure.kind === 'line') expectOnMoment(figure, spot, at)
}

function expectOnBar({ rows, plot, barPx, scale }: Figure & { kind: 'bar' }, category: string, at: Anchor): void {
  const row = rows.find(({ name }) => name === category)
  if (row === undefined) return
  const xOf = (value: number) => plot.left + ((value - scale.min) / (scale.max - scale.min)) * plot.width
  const [zero, end] = [xOf(0), xOf(row.value ?? 0)]
  expect(Math.abs(at.y - row.y)).toBeLessThanOrEqual(barPx / 2)
  expect(Math.abs(at.x - end)).toBeLessThanOrEqual(2.001)
  expect(at.x).toBeGreaterThanOrEqual(Math.min(zero, end) - 0.001)
  expect(at.x).toBeLessThanOrEqual(Math.max(zero, end) + 0.001)
}

function expectOnSlice(
  { slices, centerX, centerY, radius }: Figure & { kind: 'pie' },
  category: string,
  at: Anchor,
): void {
  const place = slices.findIndex((slice) => slice.name === category)
  const own = place < 0 ? slices.findIndex(({ name }) => name === undefined) : place
  if (own < 0 || category === '') return
  const start = slices.slice(0, own).reduce((sum, { share }) => sum + share, 0)
  const turn = (Math.atan2(at.x - centerX, centerY - at.y) / (2 * Math.PI) + 1) % 1
  expect(Math.hypot(at.x - centerX, at.y - centerY) / radius).toBeCloseTo(0.825)
  if ((slices[own]?.share ?? 0) < 0.001) return
  expect(turn).toBeGreaterThanOrEqual(start - 1e-9)
  expect(turn).toBeLessThanOrEqual(start + (slices[own]?.share ?? 0) + 1e-9)
}

function expectOnMoment(
  figure: Figure & { kind: 'line' },
  { category, time = figure.to, timeEnd }: Spot,
  at: Anchor,
): void {
  const { plot, from, to, lines } = figure
  if (Math.floor((timeEnd ?? time) / 1_000) * 1_000 < from) {
    expect(at).toMatchObject({ on: 'earlier', x: plot.left, y: plot.top + plot.height })
    return
  }
  expect(at.x).toBeGreaterThanOrEqual(plot.left - 0.001)
  expect(at.x).toBeLessThanOrEqual(plot.left + plot.width + 0.001)
  if (timeEnd !== undefined) {
    expect(at.on).toBe('range')
    return
  }
  const shown = Math.min(time, to)
  expect(Math.abs(at.x - (plot.left + ((shown - from) / 300_000) * plot.width))).toBeLessThan(plot.width / 300 + 0.001)
  const point = lines
    .find(({ name }) => name === category)
    ?.points.find(([pointTime]) => pointTime === Math.floor(time / 1_000) * 1_000)
  if (point === undefined || point[1] === null) return
  const { min, max } = figure.scale
  expect(at.y).toBeCloseTo(plot.top + plot.height * (1 - (point[1] - min) / (max - min)), 3)
}

describe('an anchor', () => {
  it.each(kinds)('is on its mark and in the body of a chart as %s after every update of any stream', (kind) => {
    fc.assert(
      fc.property(
        fc.array(second, { minLength: 1, maxLength: 12 }),
        fc.array(spot, { minLength: 1, maxLength: 6 }),
        size,
        (stream, spots, { width, height }) => {
          const state = createState('ops')
          let held: View['held']
          for (const [at, values] of stream.entries()) {
            const time = now - (stream.length - 1 - at) * 1_000
            commit(state, { type: 'batch', samples: batchOf(values) }, time, 'e')
            const view = viewOf({ width, height, held, now: time })
            const figure = figureOf(chartOf('orders', kind), state, light, view)
            if (figure === undefined) continue
            held = 'scale' in figure ? figure.scale : undefined
            for (const pinned of spots) {
              const place = anchorOf(figure, pinned, view)
              expect(Object.values(place).filter((part) => Number.isNaN(part))).toEqual([])
              expect(place.x >= 0 && place.x <= width && place.y >= 0 && place.y <= height).toBe(true)
              expectOnMark(figure, pinned, place)
            }
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('rides on its bar as the bar grows', () => {
    const at = (shirts: number) =>
      anchor('bar', groupOf(samples('orders', { Shirts: shirts, Socks: 100 })), {
        metric: 'orders',
        category: 'Shirts',
      })
    expect(at(80).x).toBeGreaterThan(at(40).x)
    expect(at(80).y).toBe(at(40).y)
  })

  it('stands at the left end of what goes below zero', () => {
    const state = groupOf(samples('orders', { a: -5, b: 5 }))
    expect(anchor('bar', state, { metric: 'orders', category: 'a' }).x).toBeLessThan(
      anchor('bar', state, { metric: 'orders' }).x,
    )
  })

  it('of a category that found no room is at the words that count them', () => {
    const values = Object.fromEntries(categories.map((name, at) => [name, at]))
    const figure = draw('bar', groupOf(samples('orders', values, { unit: '%' })), viewOf({ height: 100 }))
    if (figure.kind !== 'bar') throw new Error('this is no bar')
    expect(anchorOf(figure, { metric: 'orders', category: 'c0' }, { width: 640, height: 100 }).y).toBeGreaterThan(
      figure.plot.height,
    )
    const table = draw('table', groupOf(samples('orders', values)), viewOf({ height: 140 }))
    expect(anchorOf(table, { metric: 'orders', category: 'c0' }, { width: 640, height: 140 }).y).toBeGreaterThan(112)
  })

  it('of a category folded into "other" is on "other"', () => {
    const state = groupOf(samples('orders', Object.fromEntries(categories.map((name, at) => [name, at + 1]))))
    expect(anchor('pie', state, { metric: 'orders', category: 'c0' })).toEqual(
      anchor('pie', state, { metric: 'orders', category: 'c1' }),
    )
    const low = viewOf({ height: 100 })
    expect(anchor('bar', state, { metric: 'orders', category: 'c0' }, low)).toEqual(
      anchor('bar', state, { metric: 'orders', category: 'c1' }, low),
    )
    const eleventh = { metric: 'orders', category: 'c10', time: now }
    expect(anchor('area', state, eleventh)).toEqual(
      anchor('area', state, { metric: 'orders', category: 'c11', time: now }),
    )
    expect(anchor('area', state, eleventh).y).toBeLessThan(
      anchor('area', state, { metric: 'orders', category: 'c9', time: now }).y,
    )
  })

  it('waits in the corner while its category is gone, and goes back with it', () => {
    const spot = { metric: 'orders', category: 'Hats' }
    const without = groupOf(samples('orders', { Shirts: 431, Socks: 312 }))
    for (const kind of kinds) {
      expect(anchor(kind, without, spot)).toMatchObject({ on: 'corner', x: 626, y: 232 })
      expect(anchor(kind, shop(), spot).on).toBe('mark')
    }
  })

  it.each(['line', 'area'] as const)('slides out of a %s to the left with its moment', (kind) => {
    const spot = { metric: 'orders', category: 'Shirts', time: now }
    const at = (ms: number) => anchor(kind, shop(), spot, viewOf({ now: now + ms }))
    expect(at(0).x).toBeGreaterThan(at(100_000).x)
    expect(at(300_000)).toMatchObject({ on: 'mark', x: 40 })
    expect(at(301_000).on).toBe('earlier')
  })

  it('slides out of a heat map with its cell', () => {
    const spot = { metric: 'orders', category: 'Shirts', time: now }
    const at = (ms: number) => anchor('heat', shop(), spot, viewOf({ now: now + ms }))
    expect(at(0).x).toBeGreaterThan(at(100_000).x)
    expect(at(0).y).toBe(at(100_000).y)
    expect(at(310_000).on).toBe('earlier')
  })

  it('without a category is on the top line, and of one between two points on the way from one to the other', () => {
    const state = groupOf(
      [
        { metric: 'orders', labels: { item: 'a' }, value: 0, time: now - 4_000 },
        { metric: 'orders', labels: { item: 'b' }, value: 50, time: now - 4_000 },
      ],
      samples('orders', { a: 100, b: 50 }),
    )
    const figure = draw('line', state)
    const y = (spot: Spot) => anchorOf(figure, spot, viewOf()).y
    expect(y({ metric: 'orders', time: now })).toBe(y({ metric: 'orders', time: now, category: 'a' }))
    expect(y({ metric: 'orders', time: now - 4_000 })).toBe(y({ metric: 'orders', time: now, category: 'b' }))
    expect(y({ metric: 'orders', time: now - 2_000, category: 'a' })).toBeCloseTo(
      y({ metric: 'orders', category: 'b' }),
    )
  })

  it('of a range spans it, above all that it marks, cut to the window', () => {
    const state = groupOf(samples('orders', { a: 10 }), samples('orders', { a: 90 }), samples('orders', { a: 20 }))
    const figure = draw('line', state)
    if (figure.kind !== 'line') throw new Error('this is no line')
    const at = anchorOf(
      figure,
      { metric: 'orders', category: 'a', time: now - 400_000, timeEnd: now - 1_000 },
      viewOf(),
    )
    if (at.on !== 'range') throw new Error('this is no range')
    expect(at.left).toBe(figure.plot.left)
    expect(at.right).toBe(momentOf(figure, figure.lines[0], now - 1_000).x)
    expect(at.y).toBeLessThan(momentOf(figure, figure.lines[0], now - 1_000).y)
  })
})
