import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GroupState } from '../../../shared/index.ts'
import { heatData, heatOption } from '../../../shared/option/heat.ts'
import { figureOf, type HeatFigure, type View } from '../../../shared/option/index.ts'
import { chartOf, groupOf, light, now, samples, viewOf } from './group.ts'

function draw(state: GroupState, changes: Partial<View> = {}): HeatFigure {
  const figure = figureOf(chartOf('orders', 'heat'), state, light, viewOf(changes))
  if (figure?.kind !== 'heat') throw new Error('there is no heat map')
  return figure
}

const series = (item: string, values: readonly (readonly [agoMs: number, value: number | null])[]) =>
  values.map(([agoMs, value]) => ({ metric: 'orders', labels: { item }, value, time: now - agoMs }))

describe('a heat map', () => {
  it('has cells of a round time, each wide enough to be pointed at, over the whole window', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 150, max: 1_200 }),
        fc.constantFrom(300_000, 900_000, 3_600_000, 21_600_000, 86_400_000),
        fc.nat(100_000),
        (width, windowMs, later) => {
          const view = { width, windowMs, now: now + later }
          const { columns, cellMs, from, to, plot } = draw(groupOf(samples('orders', { a: 1 })), view)
          expect([from % cellMs, to % cellMs]).toEqual([0, 0])
          expect(to - from).toBe(columns * cellMs)
          expect(to).toBeGreaterThan(view.now)
          expect(from).toBeLessThanOrEqual(to - windowMs)
          expect((plot.width * cellMs) / windowMs).toBeGreaterThanOrEqual(Math.min(8, plot.width / 24))
        },
      ),
    )
  })

  it('hides no spike: the value that is farthest from zero is in a cell, with its moment', () => {
    const value = fc.integer({ min: -1_000, max: 1_000 })
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 250 }), (values) => {
        const [row] = draw(
          groupOf(
            series(
              'a',
              values.map((each, at) => [(values.length - 1 - at) * 1_000, each]),
            ),
          ),
        ).rows
        const far = Math.max(...values.map(Math.abs))
        const cell = row?.cells.find((one) => Math.abs(one.value) === far)
        expect(values.at(-1 - (now - (cell?.time ?? 0)) / 1_000)).toBe(cell?.value)
      }),
    )
  })

  it('holds a value until the next one, but not over a gap, nor where a series fell silent', () => {
    const slow = draw(
      groupOf(
        series(
          'a',
          [20, 15, 10, 5, 0].map((ago) => [ago * 6_000, 7]),
        ),
      ),
    )
    const cells = slow.rows[0]?.cells ?? []
    expect(cells.map(({ column }) => column)).toEqual(cells.map((_, at) => slow.columns - cells.length + at))
    const gap = series(
      'a',
      Array.from({ length: 100 }, (_, at) => [(99 - at) * 1_000, at > 30 && at < 60 ? null : 1]),
    )
    const broken = draw(groupOf(gap))
    const filled = new Set(broken.rows[0]?.cells.map(({ column }) => column))
    expect(filled.has(Math.floor((now - 55_000 - broken.from) / broken.cellMs))).toBe(false)
    const silent = draw(
      groupOf(
        series('a', [
          [3_000, 1],
          [2_000, 1],
          [1_000, 1],
        ]),
      ),
      { now: now + 100_000 },
    )
    expect(silent.rows[0]?.cells.at(-1)?.time).toBeLessThan(now)
  })

  it('is grey where its series fell silent, and still tells little from much', () => {
    const batch = series('a', [
      [20_000, 1],
      [10_000, 500],
      [0, 1_000],
    ])
    const colorsAt = (later: number) => {
      const view = viewOf({ now: now + later })
      const figure = draw(groupOf(batch), view)
      const { visualMap } = heatOption(figure, light, view)
      const ramp = (visualMap as { inRange: { color: string[] } }).inRange.color // as heatOption has it
      return heatData(figure).series.flatMap(({ data }) => data.map(({ value: [, , , step = 0] }) => ramp[step]))
    }
    const greys: readonly (string | undefined)[] = light.stale
    expect(colorsAt(0).some((color) => greys.includes(color))).toBe(false)
    expect(new Set(colorsAt(100_000))).toEqual(new Set([light.stale[2], light.stale[1], light.stale[0]]))
  })

  it('has the key to its colours beside the times, or below them where it is narrow', () => {
    const state = groupOf(
      samples('orders', Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`item ${at}`, at]))),
    )
    const [wide, narrow] = [draw(state, { width: 640 }), draw(state, { width: 320 })]
    expect([wide.isKeyBelow, narrow.isKeyBelow]).toEqual([false, true])
    const room = ({ plot: { top, height } }: HeatFigure) => viewOf().height - top - height
    expect(room(wide)).toBeGreaterThanOrEqual(30)
    expect(room(narrow)).toBeGreaterThanOrEqual(48)
  })

  it('begins its steps with nothing: what is little is not none', () => {
    const { rows, ramp } = draw(groupOf(samples('orders', { none: 0, little: 1, much: 1_000 })))
    expect(ramp).toBe('depth')
    expect(rows.map(({ cells }) => cells.at(-1)?.step)).toEqual([0, 1, 6])
  })

  it('has the shore at zero where something is below it', () => {
    const { rows, ramp, scale } = draw(groupOf(samples('orders', { low: -20, zero: 0, high: 5 })))
    expect(ramp).toBe('landToSea')
    expect(scale.min).toBe(-scale.max)
    expect(rows.map(({ cells }) => cells.at(-1)?.step)).toEqual([0, 3, 4])
  })

  it('keeps its scale while the values fit', () => {
    const busy = draw(groupOf(samples('orders', { a: 90, b: 10 })))
    const calm = draw(groupOf(samples('orders', { a: 20, b: 10 })), { held: busy.scale })
    expect(calm.scale).toMatchObject({ min: busy.scale.min, max: busy.scale.max })
  })

  it('keeps the rows with the greatest values where there is no room for all, in the order they appeared', () => {
    const values = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`c${at}`, at]))
    const { rows, hiddenCount } = draw(groupOf(samples('orders', values)), { height: 100 })
    expect(rows.map(({ name }) => name)).toEqual(['c26', 'c27', 'c28', 'c29'])
    expect(hiddenCount).toBe(26)
  })
})
