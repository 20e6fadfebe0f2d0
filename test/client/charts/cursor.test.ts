import { expect, it } from 'vitest'
import { commandOf } from '../../../client/charts/cursor.ts'

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  commandOf({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })

it.each([
  ['ArrowRight', 1, 0],
  ['ArrowLeft', -1, 0],
  ['ArrowDown', 0, 1],
  ['ArrowUp', 0, -1],
  ['PageDown', 10, 0],
  ['PageUp', -10, 0],
  ['Home', Number.NEGATIVE_INFINITY, 0],
  ['End', Number.POSITIVE_INFINITY, 0],
])('%s walks the data, and with Shift takes along what lies between', (key, across, down) => {
  const step = { across, down }
  expect(press(key)).toEqual({ to: 'step', step, isRange: false })
  expect(press(key, { shiftKey: true })).toEqual({ to: 'step', step, isRange: true })
})

it.each([
  ['Enter', 'pin'],
  [' ', 'pin'],
  ['z', 'zoom'],
  ['Z', 'zoom'],
  ['0', 'present'],
  ['Escape', 'leave'],
])('%s leads to %s', (key, to) => {
  expect(press(key)).toEqual({ to })
})

it('leaves other keys, and those of the browser, alone', () => {
  expect(press('a')).toBeUndefined()
  expect(press('Tab')).toBeUndefined()
  expect(press('z', { ctrlKey: true })).toBeUndefined()
  expect(press('0', { metaKey: true })).toBeUndefined()
  expect(press('ArrowLeft', { altKey: true })).toBeUndefined()
})
