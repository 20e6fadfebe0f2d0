import { type Batch, batch as batchSchema, chartsOf, commit, createState } from '@chartroom/shared'
import { expect, test } from 'vitest'
import { gapsBetween, hostBatch } from '../../../server/sources/host-batch.ts'

const facts = { people: 3, messagesPerMinute: 7, loopDelayMs: 1.26 }
const gibibyte = 1_073_741_824
const whole = {
  cores: [12.34, 80],
  memory: { total: 8 * gibibyte, programs: 3 * gibibyte, free: gibibyte },
  loads: [0.501, 0.4, 0.3],
  network: { in: 1_200.6, out: 300 },
  disk: { in: 0, out: 4_096 },
  failures: [],
}

const valuesOf = (batch: Batch, metric: string) =>
  Object.fromEntries(
    batch
      .filter((sample) => sample.metric === metric)
      .map(({ labels = {}, value }) => [Object.values(labels).join(), value]),
  )

test('a whole reading makes eight charts, the most telling first, each with its kind', () => {
  const state = createState('host')
  commit(state, { type: 'batch', samples: hostBatch(whole, facts) }, 1_000, 'k3f9')
  expect(chartsOf(state).map(({ title, kind }) => `${title}: ${kind}`)).toEqual([
    'CPU: gauge',
    'CPU by core: bar',
    'Memory: pie',
    'Network: line',
    'Load average: line',
    'Disk: line',
    'Event loop delay: number',
    'Conversation: bar',
  ])
})

test('what it makes may come through the door of any producer', () => {
  expect(batchSchema.safeParse(hostBatch(whole, facts)).success).toBe(true)
})

test('the CPU is the mean of its cores', () => {
  const batch = hostBatch(whole, facts)
  expect(valuesOf(batch, 'cpu')).toEqual({ '': 46.2 })
  expect(valuesOf(batch, 'cpu_core')).toEqual({ 'core 0': 12.3, 'core 1': 80 })
})

test('the parts of the memory add up to all of it', () => {
  const batch = hostBatch(whole, facts)
  const parts = valuesOf(batch, 'memory')
  expect(parts).toEqual({ programs: 3 * gibibyte, cache: 4 * gibibyte, free: gibibyte })
  expect(batch.find(({ metric }) => metric === 'memory')?.max).toBe(8 * gibibyte)
})

test('memory has no slice for a cache where the system tells of none', () => {
  const memory = { total: 100, programs: 60, free: 40 }
  expect(valuesOf(hostBatch({ ...whole, memory }, facts), 'memory')).toEqual({ programs: 60, free: 40 })
})

test('rates, loads and facts keep what their inputs said', () => {
  const batch = hostBatch(whole, facts)
  expect(valuesOf(batch, 'network')).toEqual({ received: 1_201, sent: 300 })
  expect(valuesOf(batch, 'disk')).toEqual({ read: 0, written: 4_096 })
  expect(valuesOf(batch, 'load')).toEqual({ '1 min': 0.5, '5 min': 0.4, '15 min': 0.3 })
  expect(valuesOf(batch, 'loop_delay')).toEqual({ '': 1.3 })
  expect(valuesOf(batch, 'conversation')).toEqual({ 'people connected': 3, 'messages a minute': 7 })
})

test.each([
  [16, 16, 'core 0', 'core 15'],
  [17, 9, 'cores 0–1', 'core 16'],
  [64, 16, 'cores 0–3', 'cores 60–63'],
  [192, 16, 'cores 0–11', 'cores 180–191'],
])('%i cores are %i bars, from "%s" to "%s"', (count, bars, first, last) => {
  const cores = Array.from({ length: count }, () => 50)
  const names = Object.keys(valuesOf(hostBatch({ cores, failures: [] }, facts), 'cpu_core'))
  expect(names).toHaveLength(bars)
  expect([names.at(0), names.at(-1)]).toEqual([first, last])
})

test('a bar of several cores is their mean', () => {
  const cores = Array.from({ length: 32 }, (_, core) => (core < 2 ? core * 50 : 0))
  expect(valuesOf(hostBatch({ cores, failures: [] }, facts), 'cpu_core')['cores 0–1']).toBe(25)
})

test.each(['cores', 'memory', 'loads', 'network', 'disk'] as const)('without %s the other charts stay', (part) => {
  const metrics = (batch: Batch) => [...new Set(batch.map(({ metric }) => metric))]
  const own = { cores: ['cpu', 'cpu_core'], memory: ['memory'], loads: ['load'], network: ['network'], disk: ['disk'] }
  const all = metrics(hostBatch(whole, facts))
  const rest = metrics(hostBatch({ ...whole, [part]: undefined }, facts))
  expect(rest).toEqual(all.filter((metric) => !own[part].includes(metric)))
})

test('without a reading the facts of the server are told', () => {
  const metrics = hostBatch(undefined, facts).map(({ metric }) => metric)
  expect(metrics).toEqual(['loop_delay', 'conversation', 'conversation'])
})

test('a series that is there no more is told as a gap, once', () => {
  const first = hostBatch(whole, facts)
  const second = hostBatch({ ...whole, disk: undefined }, facts)
  const gaps = gapsBetween(first, second)
  expect(valuesOf(gaps, 'disk')).toEqual({ read: null, written: null })
  expect(gaps).toHaveLength(2)
  expect(gapsBetween([...second, ...gaps], second)).toEqual([])
})
