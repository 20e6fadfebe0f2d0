// Owns the HTTP side as one: guards in front, routes behind, and the last word on what went wrong.

import { type Refusal, refuse } from '@chartroom/shared'
import { Hono } from 'hono'
import { securityHeaders } from './guards/headers.ts'
import { createAnnotationRoutes } from './routes/annotations.ts'
import { refused } from './routes/answer.ts'
import { createGroupsRoutes } from './routes/groups.ts'
import type { RouteHost } from './routes/host.ts'
import { createMetricsRoutes } from './routes/metrics.ts'
import { createOperationsRoutes } from './routes/operations.ts'
import { createPageRoutes } from './routes/pages.ts'

/** The server around the app. */
export interface AppHost extends RouteHost {
  isHostAllowed(host: string | undefined): boolean
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean
}

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Everything that is answered over HTTP. */
export function createApp(host: AppHost): Hono {
  // Not strict, or /home and /home/ would be two addresses.
  const app = new Hono({ strict: false })

  app.use(async (c, next) => {
    const refusal = refusalOf(host, c.req.method, (name) => c.req.header(name))
    if (refusal === undefined) await next()
    else c.res = refused(c, host, refusal)
    for (const [name, value] of Object.entries(securityHeaders)) c.res.headers.set(name, value)
  })

  app.route('/api/groups/:group/metrics', createMetricsRoutes(host))
  app.route('/api/groups/:group/annotations', createAnnotationRoutes(host))
  app.route('/api/groups', createGroupsRoutes(host))
  app.route('/', createOperationsRoutes(host))
  app.all('/api/*', (c) => refused(c, host, unknownPlace(c.req.method, c.req.path)))
  app.route('/', createPageRoutes(host))
  app.notFound((c) => refused(c, host, unknownPlace(c.req.method, c.req.path)))
  // The edge: whatever a route throws is our bug, is logged here, and reaches nobody else.
  app.onError((error, c) => {
    host.counters.add('bug', 1, 'http')
    host.log.error('request_failed', { path: c.req.path, error })
    return refused(c, host, refuse('internal', 'Something went wrong here. It has been logged.').refusal)
  })
  return app
}

function refusalOf(host: AppHost, method: string, header: (name: string) => string | undefined): Refusal | undefined {
  const hostName = header('host')
  if (!host.isHostAllowed(hostName)) return refuse('host', 'This server does not answer to that host name.').refusal
  const origin = header('origin')
  if (reading.has(method) || host.isOriginAllowed(origin, hostName)) return undefined
  return refuse('origin', `Pages of "${origin}" may not write here; start the server with --origin to admit them.`)
    .refusal
}

const methods: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/groups\/[^/]+\/metrics\/?$/, 'POST'],
  [/^\/api\/groups\/[^/]+\/annotations\/?$/, 'GET or POST'],
  [/^\/api\/addresses\/?$/, 'GET'],
  [/^\/api\/groups(?:\/[^/]+)?\/?$/, 'GET'],
]

function unknownPlace(method: string, path: string): Refusal {
  const known = methods.find(([pattern]) => pattern.test(path))
  if (known !== undefined) return refuse('method', `${method} is not served here: use ${known[1]}.`).refusal
  return refuse('not_found', `Nothing is at ${path}.`).refusal
}
