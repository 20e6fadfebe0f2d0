import { expect, it } from 'vitest'
import { wasReloaded } from '../../../client/views/reloaded.ts'

const record = (...types: string[]) => ({
  getEntriesByType: (): PerformanceEntryList =>
    types.map((type) => ({ type, name: '/', entryType: 'navigation', startTime: 0, duration: 0, toJSON: () => ({}) })),
})

it('a page was reloaded when the browser says so, and not when it came by a link or the way back', () => {
  expect(wasReloaded(record('reload'))).toBe(true)
  expect(wasReloaded(record('navigate'))).toBe(false)
  expect(wasReloaded(record('back_forward'))).toBe(false)
})

it('a page of a browser that does not say was not reloaded', () => {
  expect(wasReloaded(record())).toBe(false)
})
