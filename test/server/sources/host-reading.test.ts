import { expect, test } from 'vitest'
import { decodeReading } from '../../../server/sources/host-reading.ts'

const whole = {
  cores: [12.5, 80],
  memory: { total: 100, programs: 60, free: 30 },
  loads: [0.5, 0.4, 0.3],
  network: { in: 1, out: 2 },
  disk: { in: 3, out: 4 },
  failures: [{ part: 'disk', reason: 'Error: none' }],
}

test('a whole reading is taken', () => {
  expect(decodeReading(whole)).toEqual(whole)
})

test('a reading of nothing but failures is taken', () => {
  expect(decodeReading({ failures: [] })).toEqual({ failures: [] })
})

test.each([
  ['no object', 'look'],
  ['nothing', null],
  ['no failures', { cores: [1] }],
  ['cores that are no numbers', { ...whole, cores: ['1'] }],
  ['a core that is not finite', { ...whole, cores: [Number.NaN] }],
  ['memory without a part', { ...whole, memory: { total: 100, programs: 60 } }],
  ['a rate that is not finite', { ...whole, network: { in: Number.POSITIVE_INFINITY, out: 0 } }],
  ['a disk that is null', { ...whole, disk: null }],
  ['a failure of an unknown part', { ...whole, failures: [{ part: 'fan', reason: 'Error: none' }] }],
  ['a failure without a reason', { ...whole, failures: [{ part: 'disk' }] }],
])('what holds %s is no reading', (_, message) => {
  expect(decodeReading(message)).toBeUndefined()
})
