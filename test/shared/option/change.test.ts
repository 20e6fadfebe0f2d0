import { expect, it } from 'vitest'
import { changeOf } from '../../../shared/option/index.ts'

it.each([
  ['is a ratio of what it was', 150, 100, 'pcs', 0.5],
  ['of a share is in points', 64, 62, '%', 2],
  ['has no meaning from nothing', 5, 0, 'pcs', undefined],
  ['has no meaning over zero', -5, 5, 'pcs', undefined],
  ['is not known of a gap', null, 5, 'pcs', undefined],
  ['is not known without a past', 5, undefined, 'pcs', undefined],
] as const)('a change %s', (_, value, before, unit, change) => {
  expect(changeOf(value, before, unit)).toBe(change)
})
