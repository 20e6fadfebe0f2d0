import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createHostWorker } from '../../../server/sources/host-worker.ts'
import { createFakeLog } from '../../support/fake-log.ts'
import { createFakeWorkers } from '../../support/fake-worker.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const reading = { cores: [50], failures: [] }

function setUp() {
  const workers = createFakeWorkers()
  const log = createFakeLog()
  return { workers, log, host: createHostWorker(log, workers.open) }
}

test('asks the worker and hands on what it answers', async () => {
  const { workers, host } = setUp()
  const asked = host.ask()
  expect(workers.last.asked).toBe(1)
  workers.last.emit('message', reading)
  expect(await asked).toEqual(reading)
})

test('keeps no process alive', () => {
  const { workers } = setUp()
  expect(workers.last.isReferenced).toBe(false)
})

test('answers with nothing, and says so in the log, when the worker talks nonsense', async () => {
  const { workers, log, host } = setUp()
  const asked = host.ask()
  workers.last.emit('message', { cores: 'many' })
  expect(await asked).toBeUndefined()
  expect(log.events).toEqual(['host_probe_nonsense'])
})

test('answers with nothing when the worker ends before it answers, and while there is none', async () => {
  const { workers, log, host } = setUp()
  const asked = host.ask()
  workers.last.end(new Error('out of memory'))
  expect(await asked).toBeUndefined()
  expect(await host.ask()).toBeUndefined()
  expect(log.lines[0]).toMatchObject({
    event: 'host_probe_ended',
    retryMs: 1_000,
    error: { message: 'out of memory' },
  })
})

test('starts another worker after 1 s, doubling to 60 s', () => {
  const { workers, log } = setUp()
  for (const waitMs of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
    workers.last.end()
    const opened = workers.opened.length
    vi.advanceTimersByTime(waitMs - 1)
    expect(workers.opened).toHaveLength(opened)
    vi.advanceTimersByTime(1)
    expect(workers.opened).toHaveLength(opened + 1)
    expect(log.lines.at(-1)).toMatchObject({ retryMs: waitMs })
  }
})

test('begins with 1 s again once a worker answered', async () => {
  const { workers, log, host } = setUp()
  workers.last.end()
  vi.advanceTimersByTime(1_000)
  const asked = host.ask()
  workers.last.emit('message', reading)
  await asked
  workers.last.end()
  expect(log.lines.map((line) => line.retryMs)).toEqual([1_000, 1_000])
})

test('tries again when a worker cannot even be started', () => {
  const workers = createFakeWorkers()
  const log = createFakeLog()
  const open = vi.fn(workers.open).mockImplementationOnce(() => {
    throw new Error('no thread left')
  })
  createHostWorker(log, open)
  expect(log.events).toEqual(['host_probe_ended'])
  vi.advanceTimersByTime(1_000)
  expect(workers.opened).toHaveLength(1)
})

test('ends a worker that does not answer within 10 s', async () => {
  const { workers, host } = setUp()
  const asked = host.ask()
  vi.advanceTimersByTime(9_999)
  expect(workers.last.isEnded).toBe(false)
  vi.advanceTimersByTime(1)
  expect(workers.last.isEnded).toBe(true)
  expect(await asked).toBeUndefined()
})

test('a worker that answered in time is not ended for it', async () => {
  const { workers, host } = setUp()
  const asked = host.ask()
  workers.last.emit('message', reading)
  await asked
  vi.advanceTimersByTime(60_000)
  expect(workers.last.isEnded).toBe(false)
})

test('closing ends the worker, answers who waits, and starts no other', async () => {
  const { workers, log, host } = setUp()
  const asked = host.ask()
  await host.close()
  await host.close()
  expect(await asked).toBeUndefined()
  expect(workers.last.isEnded).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
  expect(log.events).toEqual([])
})

test('closing while it waits to start another leaves no timer', async () => {
  const { workers, host } = setUp()
  workers.last.end()
  await host.close()
  expect(vi.getTimerCount()).toBe(0)
})
