import { describe, expect, it, vi } from 'vitest'
import type { Batch, GroupState } from '../../../shared/index.ts'
import { type Column, figureOf, type Sort, type TableFigure, type View } from '../../../shared/option/index.ts'
import { Ring } from '../../../shared/ring.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

function draw(state: GroupState, changes: Partial<View> = {}): TableFigure {
  const figure = figureOf(chartOf('orders', 'table'), state, light, viewOf(changes))
  if (figure?.kind !== 'table') throw new Error('there is no table')
  return figure
}

const names = ({ rows }: TableFigure) => rows.map(({ name }) => name)
const columns = (figure: TableFigure) => figure.columns.map(({ column }) => column)
const by = (column: Column, isDescending = true): { sort: Sort } => ({ sort: { column, isDescending } })
const shop = groupOf(samples('orders', { Caps: 20, Socks: 70, Shirts: 10 }))

/** What each category was five minutes ago, and is. */
function course(values: Readonly<Record<string, readonly [number, number | null]>>, show = {}): GroupState {
  return groupOf(
    Object.entries(values).flatMap(
      ([item, [before, value]]): Batch => [
        { metric: 'orders', labels: { item }, value: before, time: now - 300_000, ...show },
        { metric: 'orders', labels: { item }, value, ...show },
      ],
    ),
  )
}

describe('a table', () => {
  it('is sorted by value, the greatest first, and says so', () => {
    const figure = draw(shop)
    expect(names(figure)).toEqual(['Socks', 'Caps', 'Shirts'])
    expect(figure.order.sort).toEqual({ column: 'value', isDescending: true })
    expect(figure.rows.map(({ bar }) => bar)).toEqual([1, 2 / 7, 1 / 7])
  })

  it('is sorted as its reader wants it, and what has no number stands last either way', () => {
    const state = course({ a: [100, 110], b: [10, 30], c: [10, null] })
    expect(names(draw(state, by('value', false)))).toEqual(
      ['a', 'b', 'c'].sort((x, y) => (x === 'b' ? -1 : y === 'b' ? 1 : 0)),
    )
    expect(names(draw(state, by('change')))).toEqual(['b', 'a', 'c'])
    expect(names(draw(state, by('change', false)))).toEqual(['a', 'b', 'c'])
    expect(names(draw(shop, by('name', false)))).toEqual(['Caps', 'Shirts', 'Socks'])
  })

  it('reads the past of the rows that are shown only, however many there are', () => {
    const many = groupOf(samples('orders', Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`i${at}`, at]))))
    const reading = vi.spyOn(Ring.prototype, 'extremesFrom')
    expect(draw(many).rows).toHaveLength(6)
    expect(reading).toHaveBeenCalledTimes(6)
    expect(draw(many, by('greatest')).rows.map(({ greatest }) => greatest)).toEqual([499, 498, 497, 496, 495, 494])
    reading.mockRestore()
  })

  it('has no shares of percentages and durations, which are no parts of a whole', () => {
    for (const unit of ['%', 'ms'])
      expect(columns(draw(groupOf(samples('orders', { a: 5, b: 1 }, { unit }))))).not.toContain('share')
  })

  it('sorts names as people count', () => {
    expect(names(draw(groupOf(samples('orders', { c10: 1, c9: 1 })), by('name', false)))).toEqual(['c9', 'c10'])
  })

  it('has the share, the change, the least and the greatest of the window in a row', () => {
    const [row] = draw(course({ a: [10, 30], b: [50, 10] })).rows
    expect(row).toMatchObject({ name: 'a', value: 30, share: 0.75, change: 2, least: 10, greatest: 30 })
  })

  it('does not count what was before the window', () => {
    const [row] = draw(
      groupOf([
        { metric: 'orders', labels: { item: 'a' }, value: 900, time: now - 301_000 },
        { metric: 'orders', labels: { item: 'a' }, value: 5 },
      ]),
    ).rows
    expect(row).toMatchObject({ least: 5, greatest: 5 })
  })

  it('has no shares of what is no whole', () => {
    expect(columns(draw(groupOf(samples('orders', { a: 5, b: -1 }))))).not.toContain('share')
    expect(columns(draw(groupOf(samples('orders', { a: 5 }))))).not.toContain('share')
  })

  it('gives up columns as it gets narrow, the value never, and is never wider than its place', () => {
    const widths = [900, 640, 500, 400, 300, 120]
    const all = widths.map((width) => draw(shop, { width }))
    expect(columns(all[0] ?? draw(shop))).toEqual(['name', 'value', 'share', 'change', 'least', 'greatest'])
    expect(columns(draw(shop, { width: 350 }))).toEqual(['name', 'value', 'change'])
    for (const [at, figure] of all.entries()) {
      expect(columns(figure)).toContain('value')
      expect(columns(figure).length).toBeLessThanOrEqual(columns(all[at - 1] ?? figure).length)
      const used = figure.columns.reduce((sum, { px }) => sum + px, 0)
      if ((widths[at] ?? 0) >= 300) expect(used).toBe(widths[at])
    }
  })

  it('is sorted by value where the column that sorts gave way', () => {
    expect(draw(shop, { width: 300, ...by('least', false) }).order.sort.column).toBe('value')
  })

  it('counts the rows that find no room, which are the last', () => {
    const many = groupOf(samples('orders', Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`c${at}`, at]))))
    const figure = draw(many, { height: 140 })
    expect(names(figure)).toEqual(['c29', 'c28', 'c27'])
    expect(figure.hiddenCount).toBe(27)
  })

  it('keeps its rows in their places for a second', () => {
    const before = draw(shop)
    const after = groupOf(samples('orders', { Caps: 90, Socks: 70, Shirts: 10 }))
    expect(names(draw(after, { order: before.order, now: now + 500 }))).toEqual(['Socks', 'Caps', 'Shirts'])
    expect(names(draw(after, { order: before.order, now: now + 1_000 }))).toEqual(['Caps', 'Socks', 'Shirts'])
  })

  it('is headed by the names of the labels', () => {
    expect(draw(shop).labelled).toBe('item')
    const two = groupOf([{ metric: 'orders', labels: { shop: 'x', item: 'a' }, value: 1 }])
    expect(draw(two).labelled).toBe('item / shop')
  })
})
