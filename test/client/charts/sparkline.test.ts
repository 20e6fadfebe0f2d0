import type { Course, Point } from '@chartroom/shared/option'
import { expect, it } from 'vitest'
import { pathsOf } from '../../../client/charts/sparkline.ts'

/** A course of these values at these times; its band is as narrow as the line, or as wide as is said. */
function course(...all: readonly (readonly [time: number, last: number | null, least?: number, greatest?: number])[]) {
  return all.reduce<Course>(
    ({ points, least, greatest }, [time, last, low = last, high = last]) => ({
      points: [...points, [time, last] satisfies Point],
      least: [...least, [time, low] satisfies Point],
      greatest: [...greatest, [time, high] satisfies Point],
    }),
    { points: [], least: [], greatest: [] },
  )
}

it('goes from the least at the bottom to the greatest at the top', () => {
  expect(pathsOf(course([0, 10], [50, 20], [100, 15]), 0, 100)).toEqual({
    path: 'M0 1000L500 0L1000 500',
    band: '',
    end: { x: 1_000, y: 500 },
    lines: [],
  })
})

it('is interrupted where a value is missing, and a dot where one stands alone', () => {
  const { path } = pathsOf(course([0, 1], [25, null], [50, 2], [100, 1]), 0, 100)
  expect(path).toBe('M0 1000L0 1000M500 0L1000 1000')
})

it('lies in the middle when nothing changed', () => {
  expect(pathsOf(course([0, 7], [100, 7]), 0, 100).path).toBe('M0 500L1000 500')
})

it('begins at the border when its first value is older', () => {
  expect(pathsOf(course([-10, 1], [100, 2]), 0, 100).path).toBe('M0 1000L1000 0')
})

it('is nothing without a value', () => {
  expect(pathsOf(course([0, null]), 0, 100)).toEqual({ path: '', band: '', end: undefined, lines: [] })
})

it('has the limits that are near in view, and leaves out those that are absurdly far', () => {
  const limits = [
    { at: 20, level: 'warn' as const, word: undefined },
    { at: 10_000, level: 'crit' as const, word: undefined },
  ]
  const { end, lines } = pathsOf(course([0, 0], [100, 10]), 0, 100, limits)
  expect(lines).toEqual([{ level: 'warn', y: 0 }])
  expect(end).toEqual({ x: 1_000, y: 500 })
})

it('has a band that holds the spikes between its values, each of which it reaches', () => {
  const spiky = course([0, 10], [50, 10, 0, 90], [75, null], [100, 10, 10, 100])
  expect(pathsOf(spiky, 0, 100)).toMatchObject({
    path: 'M0 900L500 900M1000 900L1000 900',
    band: 'M0 900L500 100L500 1000L0 900ZM1000 0L1000 900Z',
    end: { x: 1_000, y: 900 },
  })
})
