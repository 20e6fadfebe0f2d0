import { expect, test } from 'vitest'
import { createRates } from '../../../server/sources/rates.ts'

const devices = (record: Record<string, [number, number]>) =>
  new Map(Object.entries(record).map(([name, [read, written]]) => [name, { in: read, out: written }]))

test('tells nothing at the first look, for there is nothing to compare with', () => {
  expect(createRates()(devices({ eth0: [100, 200] }), 0)).toBeUndefined()
})

test('tells the bytes a second between two looks, however far apart they are', () => {
  const rates = createRates()
  rates(devices({ eth0: [100, 200] }), 5_000)
  expect(rates(devices({ eth0: [600, 200] }), 7_000)).toEqual({ in: 250, out: 0 })
  expect(rates(devices({ eth0: [700, 250] }), 7_500)).toEqual({ in: 200, out: 100 })
})

test('adds the devices up', () => {
  const rates = createRates()
  rates(devices({ sda: [0, 0], sdb: [0, 0] }), 0)
  expect(rates(devices({ sda: [10, 1], sdb: [20, 2] }), 1_000)).toEqual({ in: 30, out: 3 })
})

test('a device that appears makes no jump by what it had counted before', () => {
  const rates = createRates()
  rates(devices({ eth0: [0, 0] }), 0)
  expect(rates(devices({ eth0: [5, 5], wlan0: [9_000, 9_000] }), 1_000)).toEqual({ in: 5, out: 5 })
  expect(rates(devices({ eth0: [5, 5], wlan0: [9_001, 9_001] }), 2_000)).toEqual({ in: 1, out: 1 })
})

test('a counter that began anew makes no negative rate', () => {
  const rates = createRates()
  rates(devices({ eth0: [500, 500] }), 0)
  expect(rates(devices({ eth0: [20, 30] }), 1_000)).toBeUndefined()
  expect(rates(devices({ eth0: [21, 32] }), 2_000)).toEqual({ in: 1, out: 2 })
})

test('two looks at one moment make no rate', () => {
  const rates = createRates()
  rates(devices({ eth0: [0, 0] }), 1_000)
  expect(rates(devices({ eth0: [5, 5] }), 1_000)).toBeUndefined()
})
