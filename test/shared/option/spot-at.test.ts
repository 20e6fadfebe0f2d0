import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Kind } from '../../../shared/index.ts'
import { anchorOf, type Figure, figureOf, spotAt } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

const view = viewOf()

function draw(kind: Kind, ...values: readonly Readonly<Record<string, number>>[]): Figure {
  const state = groupOf(...values.map((each) => samples('orders', each)))
  const figure = figureOf(chartOf('orders', kind), state, light, view)
  if (figure === undefined) throw new Error('there is nothing to draw')
  return figure
}

const values = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 1, max: 99 }), { minKeys: 1 })

describe('what is pointed at', () => {
  it.each(['bar', 'pie', 'table'] as const)('where a pin of a %s sits is what the pin points at', (kind) => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), (stream) => {
        const figure = draw(kind, ...stream)
        for (const { category } of figure.members)
          expect(spotAt(figure, anchorOf(figure, { metric: 'orders', category }, view))).toEqual({
            metric: 'orders',
            category,
          })
      }),
    )
  })

  it('where a pin of a line sits is its moment, and its line or another one that runs through it', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 4 }), (stream) => {
        const figure = draw('line', ...stream)
        if (figure.kind !== 'line') throw new Error('this is no line')
        for (const { name: category, points } of figure.lines) {
          for (const [time] of points) {
            const place = anchorOf(figure, { metric: 'orders', category, time }, view)
            const spot = spotAt(figure, place)
            if (spot === undefined) throw new Error('nothing is there')
            expect(spot.time).toBe(time)
            const found = anchorOf(figure, spot, view)
            expect([found.x, found.y]).toEqual([place.x, place.y])
          }
        }
      }),
    )
  })

  it('where a pin of a heat map sits is its cell', () => {
    fc.assert(
      fc.property(fc.array(values, { minLength: 1, maxLength: 40 }), (stream) => {
        const figure = draw('heat', ...stream)
        if (figure.kind !== 'heat') throw new Error('this is no heat map')
        for (const { name: category, cells } of figure.rows) {
          for (const { time } of cells)
            expect(spotAt(figure, anchorOf(figure, { metric: 'orders', category, time }, view))).toEqual({
              metric: 'orders',
              category,
              time,
            })
        }
      }),
    )
  })

  it('of a heat map where nothing was is nothing, and its name is the present of its row', () => {
    const figure = draw('heat', { a: 1, b: 2 }, { a: 1, b: 2 })
    if (figure.kind !== 'heat') throw new Error('this is no heat map')
    expect(spotAt(figure, { x: figure.plot.left + 5, y: figure.plot.top + 5 })).toBeUndefined()
    expect(spotAt(figure, { x: 2, y: figure.plot.top + 5 })).toEqual({ metric: 'orders', category: 'a', time: now })
  })

  it('within an area is the area, upwards and downwards', () => {
    const figure = draw('area', { a: 10, b: 90, c: -50 }, { a: 10, b: 90, c: -50 })
    if (figure.kind !== 'area') throw new Error('this is no area')
    const x = figure.plot.left + figure.plot.width
    const yOf = (value: number) =>
      figure.plot.top + figure.plot.height * (1 - (value - figure.scale.min) / (figure.scale.max - figure.scale.min))
    const at = (value: number) => spotAt(figure, { x, y: yOf(value) })?.category
    expect([at(5), at(15), at(95), at(-5), at(-45)]).toEqual(['a', 'b', 'b', 'c', 'c'])
  })

  it('on the head of a table, and below its rows, is nothing', () => {
    const figure = draw('table', { a: 2, b: 1 })
    expect([10, 30, 60, 90].map((y) => spotAt(figure, { x: 400, y })?.category)).toEqual([
      undefined,
      'a',
      'b',
      undefined,
    ])
  })

  it('in the row of a bar is the bar, however small', () => {
    const figure = draw('bar', { a: 500, b: 0 })
    expect(spotAt(figure, { x: 600, y: 80 })).toEqual({ metric: 'orders', category: 'b' })
    expect(spotAt(figure, { x: 5, y: 20 })).toEqual({ metric: 'orders', category: 'a' })
    expect(spotAt(figure, { x: 5, y: 230 })).toBeUndefined()
  })

  it('in the hole of a donut, beside it and on "other" is nothing', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`c${at}`, at + 1]))
    const figure = draw('pie', many)
    if (figure.kind !== 'pie') throw new Error('this is no donut')
    const { centerX, centerY, radius } = figure
    expect(spotAt(figure, { x: centerX, y: centerY })).toBeUndefined()
    expect(spotAt(figure, { x: centerX + 1.1 * radius, y: centerY })).toBeUndefined()
    expect(spotAt(figure, anchorOf(figure, { metric: 'orders', category: 'c0' }, view))).toBeUndefined()
  })

  it('of a number or a gauge is the whole', () => {
    for (const kind of ['number', 'gauge'] as const)
      expect(spotAt(draw(kind, { a: 5 }), { x: 1, y: 1 })).toEqual({ metric: 'orders' })
  })

  it('of a line far from everything is the nearest moment that has a value', () => {
    expect(spotAt(draw('line', { a: 10 }, { a: 20 }), { x: 60, y: 20 })).toEqual({
      metric: 'orders',
      category: 'a',
      time: now - 1_000,
    })
  })
})
