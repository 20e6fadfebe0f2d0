import { expect, it, vi } from 'vitest'
import { Drag } from '../../../client/charts/drag.ts'

const { pause, resume } = vi.hoisted(() => {
  const resume = vi.fn()
  return { resume, pause: vi.fn(() => resume) }
})
vi.mock('../../../client/charts/scheduler.ts', () => ({ scheduler: { pause } }))

const start = 5_000
const timeAt = ({ x }: { x: number }) => x * 100

function begun(time: number | undefined = start): Drag {
  vi.clearAllMocks()
  const drag = new Drag(() => {})
  drag.begin({ x: 50, y: 50 }, time, 'zoom')
  return drag
}

it('is a click while it is shorter than 6 px', () => {
  const drag = begun()
  expect(drag.move({ x: 55, y: 50 }, timeAt)).toBe(false)
  expect([drag.hasMoved, drag.range]).toEqual([false, undefined])
  expect(pause).not.toHaveBeenCalled()
})

it('is a range from there on, in the order of time', () => {
  const drag = begun()
  expect(drag.move({ x: 40, y: 50 }, timeAt)).toBe(true)
  expect(drag.range).toEqual({ time: 4_000, timeEnd: 5_000 })
  drag.move({ x: 56, y: 50 }, timeAt)
  expect(drag.range).toEqual({ time: 5_000, timeEnd: 5_600 })
})

it('stops the drawing of charts once, until it is over', () => {
  const drag = begun()
  drag.move({ x: 40, y: 50 }, timeAt)
  drag.move({ x: 30, y: 50 }, timeAt)
  expect(pause).toHaveBeenCalledTimes(1)
  expect(resume).not.toHaveBeenCalled()
  drag.settle()
  drag.end()
  expect(resume).toHaveBeenCalledTimes(1)
})

it('has moved until the click that follows is past, so that none is taken for one', () => {
  const drag = begun()
  drag.move({ x: 40, y: 50 }, timeAt)
  drag.settle()
  expect([drag.hasMoved, drag.range]).toEqual([true, undefined])
  drag.end()
  expect(drag.hasMoved).toBe(false)
})

it('is no range on a chart without time', () => {
  const drag = begun()
  drag.begin({ x: 50, y: 50 }, undefined, 'zoom')
  expect(drag.move({ x: 10, y: 50 }, timeAt)).toBe(false)
  expect([drag.hasMoved, drag.range]).toEqual([true, undefined])
})

it('is no range where it has come back to', () => {
  const drag = begun()
  drag.move({ x: 40, y: 50 }, timeAt)
  drag.move({ x: 50, y: 50 }, timeAt)
  expect(drag.range).toBeUndefined()
})
