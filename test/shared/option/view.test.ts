import { expect, it } from 'vitest'
import { motionMs } from '../../../shared/option/view.ts'

it.each([
  [100, 0],
  [250, 0],
  [300, 240],
  [500, 300],
  [60_000, 300],
])('at a pace of %s ms marks move for %s ms', (paceMs, ms) => {
  expect(motionMs(paceMs, false)).toBe(ms)
})

it('marks do not move for who wants no motion', () => {
  expect(motionMs(1_000, true)).toBe(0)
})
