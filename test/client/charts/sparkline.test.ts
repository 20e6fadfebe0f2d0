import { expect, it } from 'vitest'
import { courseOf } from '../../../client/charts/sparkline.ts'

it('goes from the least at the bottom to the greatest at the top', () => {
  expect(
    courseOf(
      [
        [0, 10],
        [50, 20],
        [100, 15],
      ],
      0,
      100,
    ),
  ).toEqual({
    path: 'M0 1000L500 0L1000 500',
    end: { x: 1_000, y: 500 },
    lines: [],
  })
})

it('is interrupted where a value is missing', () => {
  expect(
    courseOf(
      [
        [0, 1],
        [25, null],
        [50, 2],
        [100, 1],
      ],
      0,
      100,
    ).path,
  ).toBe('M0 1000M500 0L1000 1000')
})

it('lies in the middle when nothing changed', () => {
  expect(
    courseOf(
      [
        [0, 7],
        [100, 7],
      ],
      0,
      100,
    ).path,
  ).toBe('M0 500L1000 500')
})

it('begins at the border when its first value is older', () => {
  expect(
    courseOf(
      [
        [-10, 1],
        [100, 2],
      ],
      0,
      100,
    ).path,
  ).toBe('M0 1000L1000 0')
})

it('is nothing without a value', () => {
  expect(courseOf([[0, null]], 0, 100)).toEqual({ path: '', end: undefined, lines: [] })
})

it('has the limits that are near in view, and leaves out those that are absurdly far', () => {
  const limits = [
    { at: 20, level: 'warn' as const, word: undefined },
    { at: 10_000, level: 'crit' as const, word: undefined },
  ]
  const { end, lines } = courseOf(
    [
      [0, 0],
      [100, 10],
    ],
    0,
    100,
    limits,
  )
  expect(lines).toEqual([{ level: 'warn', y: 0 }])
  expect(end).toEqual({ x: 1_000, y: 500 })
})
