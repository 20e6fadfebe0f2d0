import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GroupState } from '../../../shared/index.ts'
import { type AreaFigure, dataOf, figureOf, optionOf, type View } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

function draw(state: GroupState, changes: Partial<View> = {}): AreaFigure {
  const figure = figureOf(chartOf('orders', 'area'), state, light, viewOf(changes))
  if (figure?.kind !== 'area') throw new Error('there is no area')
  return figure
}

const ends = ({ lines }: AreaFigure) => lines.map(({ points }) => points.at(-1)?.[1])
const optionsOf = (figure: AreaFigure) => [optionOf(figure, light, viewOf()).series].flat()

describe('an area', () => {
  it('of one category is its line with its filling, interrupted where it has no value', () => {
    const values = [9, 8, 2, 1, 0].map((ago) => ({
      metric: 'orders',
      value: ago === 8 ? null : 1,
      time: now - ago * 1_000,
    }))
    const figure = draw(groupOf(values))
    expect(figure.gaps).toEqual([{ from: now - 9_000, to: now - 2_000 }])
    expect(figure.lines[0]?.points.map(([, value]) => value)).toEqual([1, null, null, 1, 1, 1])
    expect(optionsOf(figure)).toMatchObject([{ lineStyle: { width: 2 }, areaStyle: { opacity: 0.22 } }])
  })

  it('of one category shows the least and the greatest of a second that held several values, and reaches over them', () => {
    const figure = draw(groupOf([10, 900, 20].flatMap((value) => samples('orders', { a: value }))))
    const [least, span, last] = dataOf(figure).series.map(({ data }) => data)
    expect([least, span, last]).toEqual(
      [10, 890, 20].map((value) => [{ value: [now, value], symbol: 'circle', symbolSize: 6 }]),
    )
    expect(figure.scale.max).toBeGreaterThanOrEqual(900)
    expect(optionsOf(figure)).toHaveLength(3)
  })

  it('is stacked upon the others, from zero outwards, in the order in which they appeared', () => {
    const figure = draw(groupOf(samples('orders', { a: 30, b: 20, c: 10 })))
    expect(ends(figure)).toEqual([30, 50, 60])
    expect(figure).toMatchObject({ total: 60, scale: { min: 0, max: 60 } })
    expect(optionsOf(figure)).toMatchObject([{}, {}, {}].map(() => ({ stack: 'areas', stackStrategy: 'samesign' })))
  })

  it('hangs downwards with what is below zero', () => {
    const figure = draw(groupOf(samples('orders', { a: 30, b: -20, c: 10, d: -5 })))
    expect(ends(figure)).toEqual([30, -20, 40, -25])
    expect(figure.total).toBe(15)
  })

  it('reaches exactly over what is stacked, whatever the values are, with zero in view', () => {
    const values = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: -99, max: 99 }), { minKeys: 2 })
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 6 }), (stream) => {
        const figure = draw(groupOf(...stream.map((each) => samples('orders', each))))
        const { min, max } = figure.scale
        expect(Math.min(min, 0)).toBe(min)
        expect(Math.max(max, 0)).toBe(max)
        const times = figure.lines.map(({ own }) => own.map(([time]) => time))
        for (const each of times) expect(each).toEqual(times[0])
        for (const [at] of (times[0] ?? []).entries()) {
          const own = figure.lines.map((line) => line.own[at]?.[1] ?? 0)
          const up = own.reduce((sum, value) => sum + Math.max(0, value), 0)
          const down = own.reduce((sum, value) => sum + Math.min(0, value), 0)
          const edges = figure.lines.map(({ points }) => points[at]?.[1] ?? 0)
          expect([Math.max(0, ...edges), Math.min(0, ...edges)]).toEqual([up, down])
          expect(up <= max && down >= min).toBe(true)
        }
      }),
    )
  })

  it('counts what has no value as nothing, and interrupts all where none has', () => {
    const figure = draw(groupOf(samples('orders', { a: 1, b: 2 }), samples('orders', { a: null, b: 2 })))
    expect(ends(figure)).toEqual([0, 2])
    const none = draw(groupOf(samples('orders', { a: 1, b: 2 }), samples('orders', { a: null, b: null })))
    expect(ends(none)).toEqual([null, null])
  })

  it('holds a value until the next one, so that what comes seldom stands on what comes often', () => {
    const often = Array.from({ length: 30 }, (_, at) => ({
      metric: 'orders',
      labels: { item: 'often' },
      value: 5,
      time: now - (29 - at) * 1_000,
    }))
    const seldom = [20, 10, 0].map((ago) => ({
      metric: 'orders',
      labels: { item: 'seldom' },
      value: 3,
      time: now - ago * 1_000,
    }))
    const upper = draw(groupOf([...often, ...seldom])).lines[1]
    const recent = upper?.points.filter(([time]) => time >= now - 20_000).map(([, value]) => value)
    expect(new Set(recent)).toEqual(new Set([8]))
  })

  it('folds what has no colour of its own into the outermost, so that the whole is whole', () => {
    const many = Object.fromEntries(Array.from({ length: 13 }, (_, at) => [`c${at}`, at + 1]))
    const figure = draw(groupOf(samples('orders', many)))
    expect(figure.lines).toHaveLength(10)
    expect(figure.rest?.points.at(-1)?.[1]).toBe(91)
    expect(figure.total).toBe(91)
    expect(dataOf(figure).series).toHaveLength(11)
  })

  it('keeps the words of a stack where it ended when all fell silent', () => {
    const state = groupOf(samples('orders', { a: 30, b: 20 }), samples('orders', { a: 30, b: 20 }))
    expect(draw(state, { now: now + 200_000 }).y).toBe(draw(state).y)
  })
})
