// Owns what is asked of the server itself: whether it is well, and where it is reached. Its counts are in counters.ts.

import type { Addresses, ServerEnvelope } from '@chartroom/shared'
import { Hono } from 'hono'
import type { RouteHost } from './host.ts'

type OperationsHost = Pick<RouteHost, 'engine' | 'isDraining' | 'version' | 'addresses' | 'now'>

/**
 * `GET /healthz` and `GET /readyz`: 200 while the engine takes changes, 503 with the reason when not, or when the server
 * is going; `GET /api/addresses`: where others on the network reach it; `GET /api/ping`: its time.
 */
export function createOperationsRoutes(host: OperationsHost): Hono {
  const routes = new Hono({ strict: false })
  // What takes no changes is of no use to anybody: who asks whether it lives and who asks whether it serves are told the same.
  for (const path of ['/healthz', '/readyz']) {
    routes.get(path, (c) => {
      const health = host.isDraining() ? { word: 'failing', reason: 'the server is going' } : host.engine.health()
      return c.json({ ...health, version: host.version }, health.word === 'ok' ? 200 : 503, {
        'Cache-Control': 'no-store',
      })
    })
  }
  routes.get('/api/ping', (c) => {
    const time = host.now()
    const answer = { type: 'pong', time } satisfies ServerEnvelope
    return c.json(answer, 200, { 'Cache-Control': 'no-store', 'Chartroom-Time': String(time) })
  })
  routes.get('/api/addresses', (c) => {
    const answer: Addresses = { addresses: [...host.addresses()] }
    return c.json(answer, 200, { 'Cache-Control': 'no-cache' })
  })
  return routes
}
