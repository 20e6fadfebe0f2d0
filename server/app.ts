// Owns the HTTP side as one: guards in front, routes behind, and the last word on what went wrong.

import { type Refusal, refuse } from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { StorageError } from './engine/storage-error.ts'
import { securityHeaders } from './guards/headers.ts'
import { originFlag } from './guards/origin.ts'
import { createAnnotationRoutes } from './routes/annotation.ts'
import { createAnnotationsRoutes } from './routes/annotations.ts'
import { carry, refused } from './routes/answer.ts'
import { createBoardRoutes } from './routes/board.ts'
import { createChangesRoutes } from './routes/changes.ts'
import { createEventsRoutes } from './routes/events.ts'
import { createGroupsRoutes } from './routes/groups.ts'
import { createHistoryRoutes } from './routes/history.ts'
import type { RouteHost } from './routes/host.ts'
import { createMetricsRoutes } from './routes/metrics.ts'
import { createOperationsRoutes } from './routes/operations.ts'
import { createPageRoutes } from './routes/pages.ts'
import { createPresenceRoutes } from './routes/presence.ts'
import { createRequestsRoutes } from './routes/requests.ts'
import { createSearchRoutes } from './routes/search.ts'

/** The server around the app. */
export interface AppHost extends RouteHost {
  isHostAllowed(host: string | undefined): boolean
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean
}

const securityEntries = Object.entries(securityHeaders)
const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Everything that is answered over HTTP. */
export function createApp(host: AppHost): Hono {
  // Not strict, or /home and /home/ would be two addresses.
  const app = new Hono({ strict: false })

  app.use(async (c, next) => {
    carry(c, securityEntries)
    const refusal = refusalOf(host, c.req.method, (name) => c.req.header(name))
    if (refusal === undefined) await next()
    else c.res = refused(c, host, refusal)
  })

  app.route('/api/groups/:group/metrics', createMetricsRoutes(host))
  app.route('/api/groups/:group/annotations', createAnnotationsRoutes(host))
  app.route('/api/groups/:group/annotations', createAnnotationRoutes(host))
  app.route('/api/groups/:group/board', createBoardRoutes(host))
  app.route('/api/groups/:group/presence', createPresenceRoutes(host))
  app.route('/api', createEventsRoutes(host))
  app.route('/api', createChangesRoutes(host))
  app.route('/api/groups/:group/search', createSearchRoutes(host))
  app.route('/api/groups/:group', createHistoryRoutes(host))
  app.route('/api/groups', createGroupsRoutes(host))
  app.route('/api/requests', createRequestsRoutes(host))
  app.route('/', createOperationsRoutes(host))
  app.all('/api/*', (c) => elsewhere(c, host))
  app.route('/', createPageRoutes(host))
  app.notFound((c) => elsewhere(c, host))
  // The edge: whatever a route throws is our bug, is logged here, and reaches nobody else.
  app.onError((error, c) => {
    if (error instanceof StorageError) return refused(c, host, refuse('storage', 'This cannot be read now.').refusal)
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
  const flag = originFlag(origin)
  return refuse('origin', `Pages of "${origin}" may not write here; start the server with ${flag} to admit them.`)
    .refusal
}

const methods: readonly (readonly [RegExp, string])[] = [
  [/^\/api\/groups\/[^/]+\/metrics\/?$/, 'POST'],
  [/^\/api\/groups\/[^/]+\/annotations\/?$/, 'GET, POST'],
  [/^\/api\/groups\/[^/]+\/annotations\/[^/]+\/?$/, 'GET, PATCH, DELETE'],
  [/^\/api\/groups\/[^/]+\/annotations\/[^/]+\/reactions\/[^/]+\/?$/, 'PUT, DELETE'],
  [/^\/api\/groups\/[^/]+\/board\/?$/, 'GET, PATCH, PUT, DELETE'],
  [/^\/api\/groups\/[^/]+\/presence\/?$/, 'POST'],
  [/^\/api\/groups\/[^/]+\/(?:search|history|history\.csv|events|changes)\/?$/, 'GET'],
  [/^\/api\/requests\/?$/, 'POST'],
  [/^\/api\/(?:addresses|ping|events|changes)\/?$/, 'GET'],
  [/^\/api\/groups(?:\/[^/]+)?\/?$/, 'GET'],
]

// A known address asked with another method, or none of ours. RFC 9110 15.5.6: a 405 says which methods there are.
function elsewhere(c: Context, host: AppHost): Response {
  const { method, path } = c.req
  const allow = methods.find(([pattern]) => pattern.test(path))?.[1]
  if (allow === undefined) return refused(c, host, refuse('not_found', `Nothing is at ${path}.`).refusal)
  const answer = refused(c, host, refuse('method', `${method} is not served here: use ${allow}.`).refusal)
  answer.headers.set('Allow', allow)
  return answer
}
