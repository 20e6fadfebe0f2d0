import { expect, test } from 'vitest'
import { createCores } from '../../../server/sources/cores.ts'

const started = { user: 100, nice: 0, sys: 50, idle: 850, irq: 0 }

test('tells nothing at the first look, for there is nothing to compare with', () => {
  expect(createCores()([started])).toBeUndefined()
})

test('tells the share of the time since the last look in which a core was not idle', () => {
  const cores = createCores()
  cores([started, started])
  const busy = { user: 140, nice: 5, sys: 60, idle: 890, irq: 5 }
  const idle = { ...started, idle: 950 }
  expect(cores([busy, idle])).toEqual([60, 0])
})

test('compares with the last look, not with the first', () => {
  const cores = createCores()
  cores([started])
  cores([{ ...started, user: 200 }])
  expect(cores([{ ...started, user: 200, idle: 950 }])).toEqual([0])
})

test('tells nothing when the counters did not move in between', () => {
  const cores = createCores()
  cores([started])
  expect(cores([started])).toBeUndefined()
})

test('stays within 0 and 100 when an idle counter steps back', () => {
  const cores = createCores()
  cores([started])
  expect(cores([{ ...started, user: 200, idle: 840 }])).toEqual([100])
})

test('tells nothing at the look at which a core was plugged in, and all of them at the next', () => {
  const cores = createCores()
  cores([started])
  expect(cores([{ ...started, user: 200 }, started])).toBeUndefined()
  expect(
    cores([
      { ...started, user: 300 },
      { ...started, idle: 950 },
    ]),
  ).toEqual([100, 0])
})

test('tells nothing on a machine that tells of no core', () => {
  const cores = createCores()
  cores([])
  expect(cores([])).toBeUndefined()
})
