import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Annotation, Sample } from '@chartroom/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'

const hour = 3_600_000
let server: RunningServer
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-'))
  server = await startServer('--data', folder)
})
afterAll(async () => {
  await server.stop()
  await rm(folder, { recursive: true })
})

async function send<T>(to: 'metrics' | 'annotations', body: unknown): Promise<T> {
  const response = await fetch(`${server.url}/api/groups/ops/${to}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBeLessThan(300)
  return JSON.parse(await response.text())
}

describe('a pin on a time that memory no longer has', () => {
  const then = Math.floor(Date.now() / 60_000) * 60_000 - 3 * hour
  const orders = (item: string, value: number, time: number): Sample => {
    return { metric: 'orders', labels: { item }, value, time }
  }
  const pinned = async (pin: object) => (await send<Annotation>('annotations', { text: 'why?', pin })).pin?.evidence

  beforeAll(async () => {
    for (const minute of [0, 1, 2, 3]) {
      const time = then + minute * 60_000
      await send('metrics', [orders('Shirts', 40 - 10 * minute, time), orders('Socks', 60, time)])
    }
    await send('metrics', [orders('Shirts', 5, Date.now()), orders('Socks', 15, Date.now())])
  })

  it('[A6] has the value, the share and the rank of that moment', async () => {
    const evidence = await pinned({ metric: 'orders', category: 'Shirts', time: then + 60_000 })
    expect(evidence).toMatchObject({ value: 30, share: 1 / 3, rank: 2, of: 2, time: then + 60_000 })
  })

  it('[A6] has the least value of a range, and when it was', async () => {
    const evidence = await pinned({ metric: 'orders', category: 'Shirts', time: then, timeEnd: then + 180_000 })
    expect(evidence).toMatchObject({ value: 10, time: then + 180_000 })
  })

  it('[A6] has those of the present where nothing is kept of that time', async () => {
    const evidence = await pinned({ metric: 'orders', category: 'Shirts', time: then - 24 * hour })
    expect(evidence).toMatchObject({ value: 5, share: 0.25, rank: 2 })
  })
})
