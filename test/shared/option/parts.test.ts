import { describe, expect, it } from 'vitest'
import type { Chart } from '../../../shared/index.ts'
import { anchorOf, type BarFigure, dataOf, figureOf, spotAt, type View } from '../../../shared/option/index.ts'
import type { GroupState } from '../../../shared/state.ts'
import { groupOf, light, now, viewOf } from './group.ts'

const jobs = (values: Readonly<Record<string, readonly number[]>>, show = {}) =>
  Object.entries(values).flatMap(([queue, all]) =>
    all.map((value, at) => ({ metric: 'jobs', labels: { queue, urgency: ['high', 'low'][at] ?? '' }, value, ...show })),
  )
const shop = (show = {}) => groupOf(jobs({ mail: [10, 30], image: [50, 40], export: [5, 1] }, show))

function draw(chart: Partial<Chart> = {}, state: GroupState = shop(), view: View = viewOf()): BarFigure {
  const figure = figureOf({ id: 'j', metrics: ['jobs'], kind: 'bar', title: 'Jobs', ...chart }, state, light, view)
  if (figure?.kind !== 'bar') throw new Error('there are no bars')
  return figure
}

const names = ({ slots }: BarFigure) => slots.map(({ name }) => name)
const values = (figure: BarFigure) =>
  dataOf(figure).series.map(({ data }) =>
    data.map((datum) => (typeof datum === 'object' && datum !== null && 'value' in datum ? datum.value : datum)),
  )

describe('bars of two labels', () => {
  it('are stacked on the label with more values, with the sum at the end', () => {
    const figure = draw()
    expect(figure.grouping).toBe('stacked')
    expect(names(figure)).toEqual(['mail', 'image', 'export'])
    expect(figure.parts.map(({ name }) => name)).toEqual(['high', 'low'])
    expect(values(figure)).toEqual([
      [10, 50, 5],
      [30, 40, 1],
    ])
    expect(figure.slots.map(({ ends }) => ends.map(({ value }) => value))).toEqual([[40], [90], [6]])
  })

  it('stand on the other label where somebody says so', () => {
    expect(names(draw({ by: 'urgency' }))).toEqual(['high', 'low'])
  })

  it('are side by side where their sum would say nothing, or somebody says so, and plain on request', () => {
    expect(draw({}, shop({ unit: '%' })).grouping).toBe('grouped')
    expect(draw({ grouping: 'grouped' }).grouping).toBe('grouped')
    expect(draw({ grouping: 'plain' })).toMatchObject({ grouping: 'plain', parts: [], rows: { length: 6 } })
  })

  it('have the colour that a part has wherever its label is', () => {
    const state = groupOf([
      { metric: 'open', labels: { urgency: 'low' }, value: 1 },
      ...jobs({ mail: [1, 2], image: [1, 2], export: [1, 2] }),
    ])
    expect(draw({}, state).parts.map(({ name, color }) => [name, color])).toEqual([
      ['high', light.categories[1]],
      ['low', light.categories[0]],
    ])
  })

  it('are greyed, and their names with them, where no number comes any more', () => {
    const figure = draw({}, shop(), viewOf({ now: now + 600_000 }))
    expect(figure.parts.map(({ color }) => color.mark)).toEqual([light.stale[0], light.stale[1]])
    expect(new Set(figure.rows.map(({ color }) => color.mark))).toEqual(new Set([light.stale[0], light.stale[1]]))
  })

  it('lie one after the other, and each is pinned by its own series', () => {
    const figure = draw()
    const [high, low] = figure.rows
    expect(low?.box.left).toBeCloseTo((high?.box.left ?? 0) + (high?.box.width ?? 0))
    for (const { box, series } of figure.rows) {
      const spot = spotAt(figure, { x: box.left + box.width / 2, y: box.top + box.height / 2 })
      expect(spot).toEqual({ metric: 'jobs', category: series.category })
      const anchor = spot && anchorOf(figure, spot, viewOf())
      expect(anchor?.x).toBeLessThanOrEqual(box.left + box.width)
      expect(anchor?.x).toBeGreaterThan(box.left)
    }
  })

  it('leave out a part that the reader does not want, and keep its name and the other colours', () => {
    const all = draw()
    const key = all.parts[0]?.key ?? ''
    const figure = draw({}, shop(), viewOf({ hidden: new Set([key]) }))
    expect(figure.parts.map(({ name, isHidden }) => [name, isHidden])).toEqual([
      ['high', true],
      ['low', false],
    ])
    expect(values(figure)).toEqual([[30, 40, 1]])
    expect(figure.rows.map(({ color }) => color)).toEqual([1, 1, 1].map(() => all.parts[1]?.color))
    expect(figure.members).toHaveLength(6)
  })

  it('pass a threshold together, not each alone', () => {
    const figure = figureOf(
      { id: 'j', metrics: ['jobs'], kind: 'bar', title: 'Jobs', thresholds: [{ at: 60 }] },
      shop(),
      light,
      viewOf(),
    )
    expect(figure?.passed).toMatchObject({ level: 'warn', mark: { name: 'image', value: 90 } })
  })
})

describe('bars of several metrics', () => {
  const traffic = groupOf(
    ['in', 'out'].flatMap((metric) =>
      ['eth0', 'lo'].map((device, at) => ({ metric, labels: { device }, value: at + 1 })),
    ),
  )

  it('are side by side in each category, the metrics as parts', () => {
    const figure = draw({ metrics: ['in', 'out'] }, traffic)
    expect([figure.grouping, names(figure), figure.parts.map(({ name }) => name)]).toEqual([
      'grouped',
      ['eth0', 'lo'],
      ['in', 'out'],
    ])
  })

  it('have a bar each where none has labels', () => {
    const bare = groupOf([
      { metric: 'in', value: 1 },
      { metric: 'out', value: 2 },
    ])
    const figure = draw({ metrics: ['in', 'out'] }, bare)
    expect(figure.rows.map(({ name, color }) => [name, color])).toEqual([
      ['in', light.categories[0]],
      ['out', light.categories[1]],
    ])
  })
})

describe('bars side by side', () => {
  const side = (isUpright: boolean, width: number, height: number) =>
    draw({ grouping: 'grouped', upright: isUpright }, shop(), viewOf({ width, height }))

  it.each([
    [false, 640, 236],
    [true, 640, 236],
  ])('have a value each where there is room for it (upright: %s)', (isUpright, width, height) => {
    const { slots, hasAxis } = side(isUpright, width, height)
    expect(slots.map(({ ends }) => ends.map(({ value }) => value))).toEqual([
      [10, 30],
      [50, 40],
      [5, 1],
    ])
    expect(hasAxis).toBe(false)
  })

  it.each([
    [false, 640, 100],
    [true, 150, 236],
  ])(
    'have an axis of values with room for its labels where there is none (upright: %s)',
    (isUpright, width, height) => {
      const figure = side(isUpright, width, height)
      const { plot, slots, scale } = figure
      expect([figure.isUpright, figure.hasAxis, slots.flatMap(({ ends }) => ends)]).toEqual([isUpright, true, []])
      expect(isUpright ? plot.left : height - plot.top - plot.height).toBeGreaterThanOrEqual(isUpright ? 40 : 20)
      expect((scale.max - scale.min) / scale.step).toBeLessThanOrEqual(4)
      expect(dataOf(figure)).toMatchObject({ [isUpright ? 'yAxis' : 'xAxis']: { interval: scale.step } })
    },
  )
})

describe('bars that stand', () => {
  it('begin at the foot, and have their values above', () => {
    const { isUpright, rows, slots, plot } = draw({ upright: true })
    expect(isUpright).toBe(true)
    expect(rows[0]?.box.top).toBeCloseTo(plot.top + plot.height - (rows[0]?.box.height ?? 0))
    expect(slots[1]?.ends[0]?.end).toBeCloseTo(rows[3]?.box.top ?? 0)
  })

  it('lie down where their names would not fit', () => {
    expect(draw({ upright: true }, shop(), viewOf({ width: 100 })).isUpright).toBe(false)
  })
})

describe('bars by value', () => {
  const state = (mail: number) => groupOf(jobs({ mail: [mail], image: [50], export: [5] }))
  const chart = { sorted: 'value', grouping: 'plain' } as const

  it('stand the greatest first, and change places once a second at most, calmly', () => {
    const before = draw(chart, state(10))
    expect(before.rows.map(({ value }) => value)).toEqual([50, 10, 5])
    const soon = viewOf({ now: now + 900, order: before.order, reorderMs: 250 })
    expect(draw(chart, state(90), soon).rows.map(({ value }) => value)).toEqual([50, 90, 5])
    const later = draw(chart, state(90), { ...soon, now: now + 1_000 })
    expect([later.rows.map(({ value }) => value), later.moveMs]).toEqual([[90, 50, 5], 250])
    expect(draw(chart, state(90), { ...soon, now: now + 1_000, reorderMs: 0 }).moveMs).toBe(0)
  })

  it('are as many as somebody wants, and one for all others', () => {
    const figure = draw({ ...chart, top: 1 }, state(10))
    expect(figure.rows.map(({ value }) => value)).toEqual([50])
    expect(figure.rest).toMatchObject({ count: 2, value: 15 })
    expect(names(figure)).toEqual(['image / high', undefined])
  })
})
