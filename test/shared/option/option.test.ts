import type { LineSeriesOption } from 'echarts/charts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Batch, type Kind, kinds } from '../../../shared/index.ts'
import type { GaugeFigure } from '../../../shared/option/gauge.ts'
import {
  type AreaFigure,
  type BarFigure,
  type CanvasFigure,
  dataOf,
  type Figure,
  figureOf,
  type HeatFigure,
  isOnCanvas,
  type LineFigure,
  look,
  type NumberFigure,
  optionOf,
  type PieFigure,
  structureOf,
  type TableFigure,
  type View,
} from '../../../shared/option/index.ts'
import { lineData, lineOption } from '../../../shared/option/line.ts'
import type { GroupState } from '../../../shared/state.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

type FigureOf = {
  number: NumberFigure
  line: LineFigure
  area: AreaFigure
  bar: BarFigure
  pie: PieFigure
  gauge: GaugeFigure
  table: TableFigure
  heat: HeatFigure
}

function draw<K extends Kind>(kind: K, state: GroupState, view: View = viewOf(), metric = 'orders'): FigureOf[K] {
  const figure = figureOf(chartOf(metric, kind), state, light, view)
  if (!isA(figure, kind)) throw new Error(`there is no ${kind}`)
  return figure
}

function isA<K extends Kind>(figure: Figure | undefined, kind: K): figure is FigureOf[K] {
  return figure?.kind === kind
}

const shop = () => groupOf(samples('orders', { Shirts: 431, Socks: 312, Hats: 5 }))

describe.each(kinds)('a chart as %s', (kind) => {
  it('is nothing while the group has no series of its metric', () => {
    expect(figureOf(chartOf('none', kind), shop(), light, viewOf())).toBeUndefined()
  })

  it('is equal for equal arguments', () => {
    expect(draw(kind, shop())).toEqual(draw(kind, shop()))
  })
})

describe('a bar chart', () => {
  it('keeps the order in which the categories appeared, whatever their values', () => {
    const state = groupOf(samples('orders', { Shirts: 1, Socks: 2 }), samples('orders', { Hats: 9, Shirts: 5 }))
    expect(draw('bar', state).rows.map(({ name, value }) => [name, value])).toEqual([
      ['Shirts', 5],
      ['Socks', 2],
      ['Hats', 9],
    ])
  })

  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`c${at}`, at]))
  const drawMany = (values: Readonly<Record<string, number>>, show = {}) =>
    draw('bar', groupOf(samples('orders', values, show)), viewOf({ height: 200 }))

  it('has one bar for all that find no room, below the greatest in the order in which they appeared', () => {
    const { rows, rest, hiddenCount, plot } = drawMany(many)
    expect(rows.map(({ name }) => name)).toEqual(Array.from({ length: 9 }, (_, at) => `c${at + 21}`))
    expect(rest).toMatchObject({ count: 21, value: 210, color: light.rest })
    expect(hiddenCount).toBe(0)
    expect(plot.height).toBeLessThanOrEqual(200)
    expect(dataOf(drawMany(many)).series[0]?.data.at(-1)).toMatchObject({ value: 210 })
  })

  it.each([
    ['shares', { unit: '%' }, many],
    ['durations', { unit: 'ms' }, many],
    ['debts and savings', {}, { ...many, c3: -1 }],
  ])('counts those of %s: their sum would say nothing', (_, show, values) => {
    const { rows, rest, hiddenCount, plot } = drawMany(values, show)
    expect(rest).toBeUndefined()
    expect([rows.length, hiddenCount]).toEqual([9, 21])
    expect(plot.height).toBeLessThanOrEqual(180)
  })

  it('has zero in view, and ends each bar where its value is', () => {
    const { rows, plot, scale } = draw('bar', groupOf(samples('orders', { a: 0, b: 50, c: 100 })))
    expect(scale).toMatchObject({ min: 0, max: 100 })
    expect(rows.map(({ end }) => (end - plot.left) / plot.width)).toEqual([0, 0.5, 1])
  })

  it('writes what goes below zero at zero', () => {
    const { rows, plot, scale } = draw('bar', groupOf(samples('orders', { a: -5, b: 5 })))
    expect(scale.min).toBe(-5)
    expect(rows.map(({ end }) => (end - plot.left) / plot.width)).toEqual([0.5, 1])
  })

  it('reaches over the whole where one is known, and further if a value does', () => {
    expect(draw('bar', groupOf(samples('orders', { a: 3 }, { unit: '%' }))).scale).toMatchObject({ min: 0, max: 100 })
    expect(draw('bar', groupOf(samples('orders', { a: 170 }, { unit: '%' }))).scale.max).toBeGreaterThanOrEqual(170)
  })

  it('has no bar where there is no value', () => {
    const { series } = dataOf(draw('bar', groupOf(samples('orders', { a: null, b: 1 }))))
    expect(series[0]?.data).toMatchObject([{ value: null }, { value: 1 }])
  })
})

describe('a donut', () => {
  const sizes = (counts: readonly number[]) =>
    samples('orders', Object.fromEntries(counts.map((n, at) => [`c${at}`, n])))

  it('folds all but the six greatest into one, and keeps the order of appearance', () => {
    const { slices } = draw('pie', groupOf(sizes([1, 70, 60, 2, 50, 40, 30, 20])))
    expect(slices.map(({ name, value }) => [name, value])).toEqual([
      ['c1', 70],
      ['c2', 60],
      ['c4', 50],
      ['c5', 40],
      ['c6', 30],
      ['c7', 20],
      [undefined, 3],
    ])
  })

  it('does not fold a single one', () => {
    expect(draw('pie', groupOf(sizes([7, 6, 5, 4, 3, 2, 1]))).slices.map(({ name }) => name)).not.toContain(undefined)
  })

  it('folds what has no colour of its own, however great', () => {
    const { slices } = draw('pie', groupOf(sizes([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 99])))
    expect(slices.at(-1)).toMatchObject({ name: undefined, value: 103, color: light.rest })
    expect(slices).toHaveLength(7)
  })

  it('takes what is negative or absent for nothing', () => {
    const { slices, total } = draw('pie', groupOf(samples('orders', { a: -5, b: null, c: 10 })))
    expect(total).toBe(10)
    expect(slices.map(({ value, share }) => [value, share])).toEqual([
      [0, 0],
      [0, 0],
      [10, 1],
    ])
  })

  it('has no shares of nothing', () => {
    expect(draw('pie', groupOf(samples('orders', { a: 0, b: 0 }))).slices.map(({ share }) => share)).toEqual([0, 0])
  })
})

it.each(['number', 'gauge'] as const)('a %s of values whose sum no number can hold says none', (kind) => {
  const huge = samples('orders', { Shirts: Number.MAX_VALUE, Socks: Number.MAX_VALUE })
  expect(draw(kind, groupOf(huge))).toMatchObject({ value: null })
})

describe('a gauge', () => {
  it('has two ends also where its value is its least or below', () => {
    for (const value of [80, 100]) {
      expect(draw('gauge', groupOf([{ metric: 'orders', value, min: 100 }]))).toMatchObject({
        value,
        min: 100,
        max: 150,
      })
    }
  })

  it.each([
    ['a share', { unit: '%' }, 42, 0, 100],
    ['what is bounded', { min: -20, max: 50 }, 42, -20, 50],
    ['anything', {}, 42, 0, 60],
    ['nothing yet', {}, null, 0, 1],
  ])('of %s has its borders', (_, show, value, min, max) => {
    expect(draw('gauge', groupOf([{ metric: 'orders', value, ...show }]))).toMatchObject({ value, min, max })
  })

  it('says a value that its arc cannot show', () => {
    const figure = draw('gauge', groupOf([{ metric: 'orders', value: 130, unit: '%' }]))
    expect(figure.value).toBe(130)
    expect(dataOf(figure).series[0]?.data).toEqual([{ value: 100 }])
  })
})

describe('a number', () => {
  const course = (...values: readonly number[]) =>
    groupOf(values.map((value, at) => ({ metric: 'orders', value, time: now - (values.length - 1 - at) * 100_000 })))

  it('knows what it was when the window began', () => {
    expect(draw('number', course(70, 80, 90, 100))).toMatchObject({ value: 100, before: 70 })
    expect(draw('number', course(60, 70, 80, 90, 100))).toMatchObject({ value: 100, before: 70 })
  })

  it('does not know it of a series that began later', () => {
    expect(draw('number', course(90, 100)).before).toBeUndefined()
  })

  it('is the sum of its categories', () => {
    expect(draw('number', shop())).toMatchObject({ value: 748, course: { points: [] } })
  })

  it('is nothing where no category has a value', () => {
    expect(draw('number', groupOf(samples('orders', { a: null, b: null }))).value).toBeNull()
  })
})

describe('a line chart', () => {
  it('ends on a whole second, and reaches back by the window', () => {
    const { from, to } = draw('line', shop(), viewOf({ now: now + 700 }))
    expect([from, to]).toEqual([now - 300_000, now])
  })

  it('has a band only where a second held several values', () => {
    expect(draw('line', shop()).hasBand).toBe(false)
    const twice: Batch = [...samples('orders', { Shirts: 1 }), ...samples('orders', { Shirts: 5 })]
    const figure = draw('line', groupOf(twice, twice))
    expect(figure.hasBand).toBe(true)
    expect(lineData(figure).series.map(({ id, data }) => [id.split('\u0000')[3] ?? 'last', data[0]])).toEqual([
      ['least', [now - 1_000, 1]],
      ['span', [now - 1_000, 4]],
      ['last', [now - 1_000, 5]],
    ])
  })

  it('is a dot where a value stands alone, and there only', () => {
    const value = (at: number | null): Batch => samples('orders', { Shirts: at })
    const figure = draw('line', groupOf(value(1), value(2), value(null), value(7), value(null)))
    const [line] = lineOption(figure, light, viewOf()).series as readonly LineSeriesOption[] // of one line
    expect(line).toMatchObject({ showSymbol: true, symbol: 'none', data: [[now - 4_000, 1], {}, {}, {}, {}] })
    expect(line?.data?.map((item) => Object(item).symbol)).toEqual([
      undefined,
      undefined,
      undefined,
      'circle',
      undefined,
    ])
    const joined = draw('line', groupOf(value(1), value(2), value(null), value(7), value(8)))
    expect(structureOf(joined, light, viewOf())).not.toBe(structureOf(figure, light, viewOf()))
  })

  it('shows what a second held before it ended without a value', () => {
    const held: Batch = [9, 3, null].flatMap((value) => samples('orders', { Shirts: value }))
    const { lines } = draw('line', groupOf(samples('orders', { Shirts: 1 }), held))
    expect(lines[0]).toMatchObject({
      points: [
        [now - 1_000, 1],
        [now, 9],
        [now, null],
      ],
      least: [
        [now - 1_000, 1],
        [now, 3],
        [now, null],
      ],
      greatest: [
        [now - 1_000, 1],
        [now, 9],
        [now, null],
      ],
    })
  })

  it('has no lines for categories without a colour, and counts them', () => {
    const many = Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`c${at}`, at]))
    expect(draw('line', groupOf(samples('orders', many)))).toMatchObject({ lines: { length: 10 }, hiddenCount: 3 })
  })

  it('keeps the words at the ends 17 px apart, in the order of the values', () => {
    const { lines, plot } = draw('line', groupOf(samples('orders', { a: 100, b: 101, c: 99, d: 0 })))
    const ys = Object.fromEntries(lines.map(({ name, y }) => [name, y]))
    const inOrder = [ys.b, ys.a, ys.c, ys.d].map((y) => y ?? 0)
    for (const [at, y] of inOrder.slice(1).entries()) expect(y - (inOrder[at] ?? 0)).toBeGreaterThanOrEqual(17)
    expect(ys.d).toBe(plot.top + plot.height)
  })

  it.each([60, 236])('keeps the words at the ends of many lines within a chart %i px high', (height) => {
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`c${at}`, 100 + at]))
    const { lines, plot } = draw('line', groupOf(samples('orders', many)), viewOf({ height }))
    const ys = lines.map(({ y }) => y).sort((a, b) => a - b)
    expect(ys[0]).toBeGreaterThanOrEqual(8)
    expect(ys.at(-1)).toBeLessThanOrEqual(plot.top + plot.height)
    expect(new Set(ys).size).toBe(10)
  })

  it('tells the gaps of an only line', () => {
    const values = [9, 8, 2, 1, 0].map((ago) => ({
      metric: 'orders',
      value: ago === 8 ? null : 1,
      time: now - ago * 1_000,
    }))
    expect(draw('line', groupOf(values)).gaps).toEqual([{ from: now - 9_000, to: now - 2_000 }])
  })
})

describe('a series that fell silent', () => {
  const later = viewOf({ now: now + 600_000 })

  it('is grey beside one that did not', () => {
    const state = groupOf(samples('orders', { Shirts: 1, Socks: 2 }))
    const [shirts] = state.series.values()
    if (shirts !== undefined) shirts.time = later.now
    const [one, other] = draw('bar', state, later).rows
    expect(one).toMatchObject({ isSilent: false, color: light.categories[0] })
    expect(other).toMatchObject({ isSilent: true, color: { mark: light.stale[1], text: light.ink3 } })
  })
})

describe('an option', () => {
  const drawn = ['line', 'area', 'bar', 'pie', 'gauge', 'heat'] as const

  it('is made of every kind that is drawn on a canvas', () => {
    expect(kinds.filter((kind) => isOnCanvas(draw(kind, shop())))).toEqual(drawn)
  })

  const parts = (figure: CanvasFigure, view = viewOf()) => ({
    option: optionOf(figure, light, view),
    structure: structureOf(figure, light, view),
  })

  it.each(drawn)('of a %s gives every series an id that stays', (kind) => {
    const ids = (state: GroupState) => dataOf(draw(kind, state)).series.map(({ id }) => id)
    const state = shop()
    const before = ids(state)
    expect(new Set(before).size).toBe(before.length)
    expect(ids(groupOf(samples('orders', { Shirts: 7, Socks: 9, Hats: 1 })))).toEqual(before)
    expect([optionOf(draw(kind, state), light, viewOf()).series].flat().map((series) => series?.id)).toEqual(before)
  })

  it.each(drawn)('of a %s keeps its structure while only values change', (kind) => {
    const one = parts(draw(kind, groupOf(samples('orders', { Shirts: 431, Socks: 312 }, { max: 500 }))))
    const other = parts(draw(kind, groupOf(samples('orders', { Shirts: 428, Socks: 355 }, { max: 500 }))))
    expect(other.structure).toBe(one.structure)
  })

  it.each(['line', 'bar'] as const)('of a %s stands still when its values have fewer digits', (kind) => {
    const busy = draw(kind, groupOf(samples('orders', { read: 2_500, write: 455 }, { unit: 'B/s' })))
    const view = viewOf({ held: busy.scale })
    const idle = draw(kind, groupOf(samples('orders', { read: 0, write: 0 }, { unit: 'B/s' })), view)
    expect(idle.plot).toEqual(busy.plot)
    expect(parts(idle).structure).toBe(parts(busy).structure)
  })

  it.each(drawn)('of a %s has another structure in another theme, and in another size', (kind) => {
    const { structure } = parts(draw(kind, shop()))
    expect(structureOf(draw(kind, shop()), look('dark'), viewOf())).not.toBe(structure)
    expect(parts(draw(kind, shop()), viewOf({ width: 300 })).structure).not.toBe(structure)
  })

  it('of a bar chart has another structure with another category', () => {
    const more = groupOf(samples('orders', { Shirts: 431, Socks: 312, Hats: 5, Caps: 1 }))
    expect(parts(draw('bar', more)).structure).not.toBe(parts(draw('bar', shop())).structure)
  })

  it('draws a line of one point as a dot, and begins anew when it has two', () => {
    const one = draw('line', shop())
    const lines = [optionOf(one, light, viewOf()).series].flat()
    expect(lines.some((line) => line !== undefined && 'showSymbol' in line && line.showSymbol === true)).toBe(true)
  })

  it('moves marks but never lines, and nothing where nobody wants it', () => {
    const moving = viewOf({ motionMs: 300 })
    expect(optionOf(draw('bar', shop()), light, moving)).toMatchObject({
      animation: true,
      animationDurationUpdate: 300,
    })
    for (const pie of [optionOf(draw('pie', shop()), light, moving).series].flat())
      expect(pie).toMatchObject({ animationDuration: 0, animationDurationUpdate: 300 })
    expect(optionOf(draw('bar', shop()), light, viewOf()).animation).toBe(false)
    for (const line of [optionOf(draw('line', shop()), light, moving).series].flat())
      expect(line).toMatchObject({ animation: false })
  })

  it('holds no number that is none, whatever the values are', () => {
    const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }))
    const values = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), value, { minKeys: 1 })
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), fc.constantFrom(...drawn), (all, kind) => {
        const figure = draw(kind, groupOf(...all.map((each) => samples('orders', each))))
        const option = optionOf(figure, light, viewOf())
        expect(numbersOf([option, dataOf(figure)]).filter((number) => !Number.isFinite(number))).toEqual([])
      }),
    )
  })
})

function numbersOf(part: unknown): number[] {
  if (typeof part === 'number') return [part]
  if (part === null || typeof part !== 'object') return []
  return Object.values(part).flatMap(numbersOf)
}
