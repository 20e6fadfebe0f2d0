// The promise of a slow pace: whatever was sent is to be seen, on every way from a producer to what is drawn.

import {
  applyUpdate,
  type Cursor,
  changesSince,
  createState,
  cursorOf,
  type Kind,
  limits,
  seriesKey,
  spanOver,
  startCursor,
  windowOf,
} from '@chartroom/shared'
import {
  type Figure,
  figureOf,
  type HeatFigure,
  isOverTime,
  isTimed,
  optionOf,
  type Point,
  type TimeFigure,
  type View,
} from '@chartroom/shared/option'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pointMs } from '../../../shared/option/course.ts'
import { GrownGroup, wired } from '../../support/grown-group.ts'
import { chartOf, light, viewOf } from './group.ts'

const hourMs = 3_600_000
const metric = 'cpu'
const windowsMs = [10_000, 60_000, 300_000, 900_000, hourMs]

const value = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 9 }) },
  { weight: 1, arbitrary: fc.constantFrom(-40, 0.1, 700, 1e9) },
  { weight: 1, arbitrary: fc.constant(null) },
)
const step = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      word: fc.constant('send' as const),
      item: fc.nat(1),
      values: fc.array(value, { minLength: 1, maxLength: 4 }),
      lateMs: fc.constantFrom(0, 0, 400, 1_500, 20_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('burst' as const), item: fc.nat(1) }) },
  {
    weight: 5,
    arbitrary: fc.record({ word: fc.constant('wait' as const), ms: fc.constantFrom(40, 300, 1_000, 7_000, 90_000) }),
  },
  { weight: 6, arbitrary: fc.record({ word: fc.constant('round' as const), who: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ word: fc.constant('catch_up' as const), who: fc.nat(2) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      word: fc.constant('join' as const),
      who: fc.nat(2),
      windowMs: fc.constantFrom(...windowsMs),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** A value that was sent, and the times between which it must be seen, Unix ms. */
interface Sent {
  readonly item: string
  readonly value: number
  readonly time: number
  readonly revision: number
  until: number
}

/** Somebody who follows the group, and what was sent to them. */
class Watcher {
  readonly state = createState('ops', hourMs)
  readonly seen: Sent[] = []
  #cursor: Cursor = startCursor
  #told = 0

  /** The difference since the last one; what was missed meanwhile goes along when the link was full. */
  take(group: GrownGroup, sent: readonly Sent[], windowMs?: number): void {
    const { time } = group.state
    const isJoin = this.#cursor === startCursor
    const window = windowMs === undefined ? undefined : windowOf(group.state, windowMs)
    const update = { ...changesSince(group.state, this.#cursor), ...(window === undefined ? {} : { window }) }
    applyUpdate(this.state, wired(update))
    const slackMs = window?.bucketMs ?? 0
    for (const one of sent) {
      const isTold = one.revision > this.#told && !isJoin
      const isInWindow = window !== undefined && one.time >= window.start
      if (isJoin && window === undefined) continue
      const known = this.seen.find(
        ({ revision, value, item, time }) =>
          revision === one.revision && value === one.value && item === one.item && time === one.time,
      )
      if (known !== undefined && isInWindow) known.until = Math.max(known.until, one.time + slackMs)
      if (known === undefined && (isTold || isInWindow))
        this.seen.push({ ...one, until: Math.max(time, one.time + slackMs) })
    }
    this.#cursor = cursorOf(group.state)
    this.#told = group.state.revision
  }

  /** What a full link missed goes along: since the time of the last update that it had. */
  catchUp(group: GrownGroup, sent: readonly Sent[]): void {
    this.take(group, sent, spanOver(group.state.time - this.state.time))
  }

  comeBack(): void {
    this.#cursor = startCursor
    this.seen.length = 0
  }
}

class World {
  readonly group = new GrownGroup()
  readonly sent: Sent[] = []
  readonly #items: readonly string[]
  readonly watchers = [new Watcher(), new Watcher(), new Watcher()]

  constructor(items: readonly string[]) {
    this.#items = items
    for (const item of items) this.send(item, [1], 0)
    for (const watcher of this.watchers) watcher.take(this.group, this.sent, limits.windowMs)
  }

  take(step: Step): void {
    switch (step.word) {
      case 'send':
        this.send(this.#item(step.item), step.values, step.lateMs)
        break
      case 'burst':
        for (let at = 0; at < 40; at++) this.send(this.#item(step.item), [at === 2 ? 5_000 : 3], 0)
        break
      case 'wait':
        this.group.now += step.ms
        break
      case 'round':
        this.watchers[step.who]?.take(this.group, this.sent)
        break
      case 'catch_up':
        this.watchers[step.who]?.catchUp(this.group, this.sent)
        break
      case 'join':
        this.watchers[step.who]?.comeBack()
        this.watchers[step.who]?.take(this.group, this.sent, step.windowMs)
        break
      default:
        step satisfies never
    }
  }

  #item(at: number): string {
    return this.#items[at % this.#items.length] ?? ''
  }

  send(item: string, values: readonly (number | null)[], lateMs: number): void {
    const known = this.group.state.series.get(seriesKey(metric, { item }))
    // What is late changes nothing that was sent: it is of the past, and comes with the next window.
    const time = Math.max(this.group.now - lateMs, known?.time ?? 0)
    this.group.post(...values.map((value) => ({ metric, labels: { item }, value, time })))
    const { revision } = this.group.state
    for (const value of values) if (value !== null) this.sent.push({ item, value, time, revision, until: time })
  }
}

/** One of ECharts' series as far as it says what is painted. */
interface Drawn {
  readonly id: string
  readonly showSymbol: boolean
  readonly data: readonly (Point | { readonly value: Point; readonly symbol: string })[]
}

/** Whether a value that was sent is painted: by its line, by the band of that time, or by a dot. */
function isPainted(figure: TimeFigure, sent: Sent, windowMs: number): boolean {
  const all = optionOf(figure, light, viewOf()).series as readonly Drawn[] // what lines and areas are made of
  const { min, max } = figure.scale
  const key = figure.lines.find(({ name }) => name === sent.item)?.key ?? ''
  const [line, least, span] = [key, `${key}\u0000least`, `${key}\u0000span`].map((id) =>
    all.find((one) => one.id === id),
  )
  if (line === undefined || sent.value < min || sent.value > max) return false
  return line.data.some((item, at) => {
    const [time, value] = pointOf(item)
    if (time <= sent.time - 1_000 || time > sent.until + pointMs(windowMs) || time > figure.to) return false
    if (value === sent.value && isSeen(line, at)) return true
    if (least === undefined || span === undefined || !isSeen(span, at)) return false
    const low = pointOf(least.data[at])[1] ?? Number.NaN
    const high = low + (pointOf(span.data[at])[1] ?? Number.NaN)
    const slack = Math.abs(sent.value) * 1e-9
    return high > low && sent.value >= low - slack && sent.value <= high + slack
  })
}

/**
 * Whether a value that was sent is painted in a stack: it is the thickness of its area, or the band of an outer edge
 * goes as far as it would have moved that edge.
 */
function isInStack(figure: TimeFigure, sent: Sent, windowMs: number): boolean {
  if (figure.kind !== 'area') return false
  const all = optionOf(figure, light, viewOf()).series as readonly Drawn[] // what areas are made of
  const area = figure.lines.find(({ name }) => name === sent.item)
  const byId = (id: string) => all.find((one) => one.id === id)
  const own = byId(area?.key ?? '')
  if (own === undefined) return false
  return own.data.some((item, at) => {
    const [time, value] = pointOf(item)
    if (time <= sent.time - 1_000 || time > sent.until + pointMs(windowMs)) return false
    if (value === sent.value && isSeen(own, at)) return true
    const values = figure.lines.map((line) => line.own[at]?.[1] ?? 0)
    return (['above', 'below'] as const).every((edge) => {
      const side = (value: number) => (edge === 'above' ? Math.max(0, value) : Math.min(0, value))
      const drawn = values.reduce((sum, value) => sum + side(value), 0)
      const wanted = drawn - side(value ?? 0) + side(sent.value)
      const [least, span] = ['least', 'span'].map((part) => byId(`\u0000${edge}\u0000${part}`))
      const slack = 1e-6
      if (Math.abs(wanted - drawn) <= slack) return true
      if (least === undefined || span === undefined || !isSeen(span, at)) return false
      const low = pointOf(least.data[at])[1] ?? Number.NaN
      const high = low + (pointOf(span.data[at])[1] ?? Number.NaN)
      const { min, max } = figure.scale
      return wanted >= low - slack && wanted <= high + slack && low >= min && high <= max + slack
    })
  })
}

/** A point alone has no stroke and no width, so that only a dot shows it. */
function isSeen({ data, showSymbol }: Drawn, at: number): boolean {
  const item = data[at]
  const hasNeighbour = [data[at - 1], data[at + 1]].some((other) => pointOf(other)[1] !== null)
  return hasNeighbour || (showSymbol && item !== undefined && 'symbol' in item && item.symbol === 'circle')
}

function pointOf(item: Drawn['data'][number] | undefined): Point {
  if (item === undefined) return [Number.NaN, null]
  return 'symbol' in item ? item.value : item
}

/** Whether a cell of that time, or of the one in which it was told, shows this value or one farther from zero. */
function isInCell({ rows, from, cellMs }: HeatFigure, { item, value, time, until }: Sent): boolean {
  const cells = rows.find(({ name }) => name === item)?.cells ?? []
  return cells.some((cell) => {
    const start = from + cell.column * cellMs
    return start + cellMs > time - 1_000 && start <= until && Math.abs(cell.value) >= Math.abs(value)
  })
}

/** Checks what every watcher sees of all that was sent to them and that the window of their chart reaches. */
function holds(
  steps: readonly Step[],
  items: readonly string[],
  view: Partial<View>,
  kind: Kind,
  isShown: (figure: Figure, sent: Sent) => boolean,
): void {
  const world = new World(items)
  for (const step of steps) world.take(step)
  for (const { state, seen } of world.watchers) {
    const now = world.group.now
    const figure = figureOf(chartOf(metric, kind), state, light, viewOf({ ...view, now }))
    if (figure === undefined) throw new Error('there is no figure')
    const from = isTimed(figure) ? figure.from : now - viewOf(view).windowMs
    const hidden = seen.filter((sent) => sent.time >= from && !isShown(figure, sent))
    expect(hidden).toEqual([])
  }
}

describe('no extreme is hidden, at any pace, in any window, after any join', () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 60 })
  const view = fc.record({ windowMs: fc.constantFrom(...windowsMs), width: fc.integer({ min: 60, max: 2_000 }) })
  const runs = { numRuns: 100 }

  it.each([
    ['line', ['a', 'b']],
    ['area', ['a']],
  ] as const)('by a %s', (kind, items) => {
    const all = fc.property(steps, view, (steps, view) =>
      holds(steps, items, view, kind, (figure, sent) => isOverTime(figure) && isPainted(figure, sent, view.windowMs)),
    )
    fc.assert(all, runs)
  })

  it('by a stack of areas', () => {
    const all = fc.property(steps, view, (steps, view) =>
      holds(
        steps,
        ['a', 'b', 'c'],
        view,
        'area',
        (figure, sent) => isOverTime(figure) && isInStack(figure, sent, view.windowMs),
      ),
    )
    fc.assert(all, runs)
  })

  it('by the course of a number', () => {
    const all = fc.property(steps, view, (steps, view) =>
      holds(steps, ['a'], view, 'number', ({ kind, ...figure }, { value, time, until }) => {
        if (!('course' in figure)) return false
        const { least, greatest } = figure.course
        return least.some(([at, low], index) => {
          const isOfTime = at > time - 1_000 && at <= until + pointMs(view.windowMs)
          return isOfTime && (low ?? Number.NaN) <= value && value <= (greatest[index]?.[1] ?? Number.NaN)
        })
      }),
    )
    fc.assert(all, runs)
  })

  it('by a heat map, which shows what is farthest from zero', () => {
    const all = fc.property(steps, view, (steps, view) =>
      holds(steps, ['a', 'b'], { ...view, height: 400 }, 'heat', (figure, sent) =>
        figure.kind === 'heat' ? isInCell(figure, sent) : false,
      ),
    )
    fc.assert(all, runs)
  })
})
