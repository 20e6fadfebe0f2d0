import { accept, type Batch, type Result, refuse } from '@chartroom/shared'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHostSource } from '../../../server/sources/host.ts'
import { createFakeLog } from '../../support/fake-log.ts'
import { createFakeWorkers } from '../../support/fake-worker.ts'

const startMs = 1_795_178_659_300

beforeEach(() => {
  vi.useFakeTimers({ now: startMs })
})
afterEach(() => {
  vi.useRealTimers()
})

const reading = { cores: [50], disk: { in: 1, out: 2 }, failures: [] }
const facts = { people: 1, messagesPerMinute: 2, loopDelayMs: 3 }

function setUp(append: (batch: Batch) => Promise<Result<unknown>> = async () => accept(undefined), now = Date.now) {
  const workers = createFakeWorkers()
  const log = createFakeLog()
  const batches: Batch[] = []
  const source = createHostSource({
    append(batch) {
      batches.push(batch)
      return append(batch)
    },
    facts: () => facts,
    log,
    now,
    openWorker: workers.open,
  })
  /** Lets the next due look come, and answers it. */
  async function look(message: unknown = reading) {
    await vi.advanceTimersToNextTimerAsync()
    workers.last.emit('message', message)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { workers, log, batches, source, look }
}

const metricsOf = (batch: Batch | undefined) => [...new Set(batch?.map(({ metric }) => metric))]

test('begins to look at the next whole second after it was started, and at each one from then on', async () => {
  const { source, look, workers } = setUp()
  expect(workers.opened).toHaveLength(0)
  source.start()
  const seconds: number[] = []
  for (let times = 0; times < 3; times++) {
    await look()
    seconds.push(Date.now() - startMs)
  }
  expect(seconds).toEqual([700, 1_700, 2_700])
  await source.close()
})

test('gives the worker half a second at least before the first look', async () => {
  vi.setSystemTime(startMs + 500)
  const { source, look } = setUp()
  source.start()
  await look()
  expect(Date.now() - startMs).toBe(1_700)
  await source.close()
})

test('a timer that fires a moment early makes no second look within the same second', async () => {
  let earlyMs = 0
  const { source, look, workers } = setUp(undefined, () => Date.now() - earlyMs)
  source.start()
  earlyMs = 1
  await look()
  await vi.advanceTimersByTimeAsync(500)
  expect(workers.last.asked).toBe(1)
  await source.close()
})

test('a clock that is set back by an hour delays the next look by a second and a half at most', async () => {
  let backMs = 0
  const { source, look, workers } = setUp(undefined, () => Date.now() - backMs)
  source.start()
  await look()
  backMs = 3_600_000
  await look()
  await vi.advanceTimersByTimeAsync(1_500)
  expect(workers.last.asked).toBe(3)
  await source.close()
})

test('hands on what the reading and the facts make', async () => {
  const { source, look, batches } = setUp()
  source.start()
  await look()
  expect(metricsOf(batches[0])).toEqual(['cpu', 'cpu_core', 'disk', 'loop_delay', 'conversation'])
  await source.close()
})

test('skips the seconds that a slow look takes, and does not ask twice', async () => {
  const { source, look, batches, workers } = setUp()
  source.start()
  await vi.advanceTimersByTimeAsync(3_700)
  expect(workers.last.asked).toBe(1)
  workers.last.emit('message', reading)
  await look()
  expect(workers.last.asked).toBe(2)
  expect(batches).toHaveLength(2)
  await source.close()
})

test('skips the seconds in which the last batch is still on its way', async () => {
  const { source, look, batches, workers } = setUp(() => new Promise(() => {}))
  source.start()
  await look()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(workers.last.asked).toBe(1)
  expect(batches).toHaveLength(1)
})

test('a part that fails is left out, becomes a gap once, and is told in the log once', async () => {
  const { source, look, batches, log } = setUp()
  source.start()
  await look()
  const without = { cores: [50], failures: [{ part: 'disk', reason: 'Error: none' }] }
  for (let times = 0; times < 3; times++) await look(without)
  const disks = batches.map((batch) => batch.filter(({ metric }) => metric === 'disk').map(({ value }) => value))
  expect(disks).toEqual([[1, 2], [null, null], [], []])
  expect(log.lines).toEqual([{ level: 'warn', event: 'host_part_missing', part: 'disk', reason: 'Error: none' }])
  await source.close()
})

test('goes on with the facts of the server while there is no worker', async () => {
  const { source, look, batches, workers } = setUp()
  source.start()
  await look()
  await vi.advanceTimersToNextTimerAsync()
  workers.last.end()
  await vi.advanceTimersByTimeAsync(0)
  const isGap = ({ value }: Batch[number]) => value === null
  expect(metricsOf(batches[1]?.filter(isGap))).toEqual(['cpu', 'cpu_core', 'disk'])
  expect(metricsOf(batches[1]?.filter((sample) => !isGap(sample)))).toEqual(['loop_delay', 'conversation'])
  await source.close()
})

test('a refusal is told in the log when it begins, and the source goes on', async () => {
  const answers: Result<unknown>[] = [
    refuse('group_limit', 'too many'),
    refuse('group_limit', 'too many'),
    accept(undefined),
    refuse('closing', 'the server ends'),
  ]
  const { source, look, batches, log } = setUp(async () => answers.shift() ?? accept(undefined))
  source.start()
  for (let times = 0; times < 5; times++) await look()
  expect(log.lines.map((line) => line.code)).toEqual(['group_limit', 'closing'])
  expect(batches).toHaveLength(5)
  await source.close()
})

test('an engine that throws does not end the source', async () => {
  const { source, look, batches, log } = setUp(() => Promise.reject(new Error('disk full')))
  source.start()
  await look()
  await look()
  expect(log.events).toEqual(['host_source_failed', 'host_source_failed'])
  expect(batches).toHaveLength(2)
  await source.close()
})

test('after closing nothing comes any more, and no timer is left', async () => {
  const { source, batches, workers } = setUp()
  source.start()
  await vi.advanceTimersToNextTimerAsync()
  await source.close()
  await source.close()
  expect(workers.last.isEnded).toBe(true)
  expect(batches).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('closing waits for the batch that is on its way', async () => {
  let send: (result: Result<unknown>) => void = () => {}
  const sent = new Promise<Result<unknown>>((resolve) => {
    send = resolve
  })
  const { source, look } = setUp(() => sent)
  source.start()
  await look()
  let isClosed = false
  const closing = source.close().then(() => {
    isClosed = true
  })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(isClosed).toBe(false)
  send(accept(undefined))
  await closing
})
