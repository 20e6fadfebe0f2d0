import { totalmem } from 'node:os'
import { Worker } from 'node:worker_threads'
import { accept, type Batch, batch as batchSchema } from '@chartroom/shared'
import { expect, test } from 'vitest'
import { createHostSource } from '../../../server/sources/host.ts'
import { createFakeLog } from '../../support/fake-log.ts'

// Workers start from the build, which `pretest` makes.
const openWorker = () => new Worker(new URL('../../../dist/server/sources/host-probe.js', import.meta.url))
const facts = { people: 1, messagesPerMinute: 0, loopDelayMs: 1 }

/** The first batch of this machine that holds the metric. */
function batchWith(metric: string): Promise<Batch> {
  return new Promise((resolve) => {
    const source = createHostSource({
      async append(batch) {
        if (batch.some((sample) => sample.metric === metric)) void source.close().then(() => resolve(batch))
        return accept(undefined)
      },
      facts: () => facts,
      log: createFakeLog(),
      now: Date.now,
      everyMs: 100,
      openWorker,
    })
    source.start()
  })
}

test('the real worker reads this machine', async () => {
  const batch = await batchWith('cpu')
  expect(batchSchema.safeParse(batch).success).toBe(true)
  const values = (metric: string) => batch.filter((sample) => sample.metric === metric).map(({ value }) => value ?? -1)
  for (const percent of [...values('cpu'), ...values('cpu_core')]) {
    expect(percent).toBeGreaterThanOrEqual(0)
    expect(percent).toBeLessThanOrEqual(100)
  }
  expect(values('memory').every((bytes) => bytes > 0)).toBe(true)
  expect(values('memory').reduce((sum, bytes) => sum + bytes, 0)).toBe(totalmem())
  for (const rate of [...values('network'), ...values('disk'), ...values('load')])
    expect(rate).toBeGreaterThanOrEqual(0)
})
