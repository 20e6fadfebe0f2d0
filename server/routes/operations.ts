// Owns what operators ask: whether the server is well. What it counted is in the log and in counters.ts.

import { Hono } from 'hono'
import type { RouteHost } from './host.ts'

/** `GET /healthz`: 200 while the engine takes changes, 503 with the reason when not, or when the server is going. */
export function createOperationsRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.get('/healthz', (c) => {
    const health = host.isDraining() ? { word: 'failing', reason: 'the server is going' } : host.engine.health()
    return c.json({ ...health, version: host.version }, health.word === 'ok' ? 200 : 503, {
      'Cache-Control': 'no-store',
    })
  })
  return routes
}
