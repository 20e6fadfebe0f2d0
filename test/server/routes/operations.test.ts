import { beforeEach, describe, expect, it } from 'vitest'
import type { Health } from '../../../server/engine/engine.ts'
import { createMemoryEngine } from '../../../server/engine/memory.ts'
import type { RouteHost } from '../../../server/routes/host.ts'
import { createOperationsRoutes } from '../../../server/routes/operations.ts'

describe.each(['/healthz', '/readyz'])('%s', (path) => {
  let health: Health
  let isDraining: boolean

  beforeEach(() => {
    health = { word: 'ok' }
    isDraining = false
  })

  async function asked(): Promise<{ status: number; cache: string | null; body: unknown }> {
    const engine = { ...createMemoryEngine({ now: Date.now, random: Math.random }), health: () => health }
    const host: Pick<RouteHost, 'engine' | 'isDraining' | 'version' | 'addresses' | 'now'> = {
      engine,
      isDraining: () => isDraining,
      now: Date.now,
      version: '0.1.0',
      addresses: () => [],
    }
    const response = await createOperationsRoutes(host).request(path)
    return { status: response.status, cache: response.headers.get('cache-control'), body: await response.json() }
  }

  it('is 200 while the engine takes changes', async () => {
    expect(await asked()).toEqual({ status: 200, cache: 'no-store', body: { word: 'ok', version: '0.1.0' } })
  })

  it('is 503 with the reason when it does not', async () => {
    health = { word: 'failing', reason: 'The disk is full.' }
    expect(await asked()).toMatchObject({ status: 503, body: { word: 'failing', reason: 'The disk is full.' } })
  })

  it('is 503 when the server is going, however well the engine is', async () => {
    isDraining = true
    expect(await asked()).toMatchObject({ status: 503, body: { word: 'failing', reason: 'the server is going' } })
  })
})
