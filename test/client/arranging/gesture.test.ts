import type { Chart } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Gesture } from '../../../client/arranging/gesture.ts'

const grid = { columns: 12, columnPx: 100, rowPx: 72 } as const
const charts: readonly Chart[] = ['a', 'b', 'c', 'd'].map((id) => ({ id, metrics: [id], kind: 'number', title: id }))
const order = (gesture: Gesture) => gesture.charts.map(({ id }) => id).join('')

describe('a chart that is dragged', () => {
  // `d` stands in the columns from 9 on.
  const grab = () => new Gesture('move', 'd', charts, grid, { x: 950, y: 20 }, { x: 900, y: 0 })

  it('has not moved while the pointer only trembles', () => {
    const gesture = grab()
    gesture.move({ x: 953, y: 22 })
    expect([gesture.hasMoved, order(gesture)]).toEqual([false, 'abcd'])
  })

  it('goes where its corner is, and the others make room', () => {
    const gesture = grab()
    gesture.move({ x: 350, y: 20 })
    expect([order(gesture), gesture.before]).toEqual(['adbc', 'b'])
    expect(gesture.corner).toEqual({ x: 300, y: 0 })
    gesture.move({ x: 950, y: 20 })
    expect([order(gesture), gesture.before]).toEqual(['abcd', undefined])
  })
})

describe('a chart that is pulled at its corner', () => {
  it('takes as many columns and rows as the pointer has gone over', () => {
    const gesture = new Gesture('resize', 'a', charts, grid, { x: 270, y: 120 }, { x: 0, y: 0 })
    expect(gesture.size).toEqual({ columns: 3, rows: 2 })
    gesture.move({ x: 480, y: 180 })
    expect(gesture.size).toEqual({ columns: 5, rows: 3 })
    expect(gesture.charts[0]?.size).toEqual({ columns: 5, rows: 3 })
    expect(order(gesture)).toBe('abcd')
  })
})
