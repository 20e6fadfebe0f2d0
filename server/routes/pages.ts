// Owns the pages and their files as built, and what a plain GET of a WebSocket address is told.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '@chartroom/shared'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { refused } from './answer.ts'
import type { RouteHost } from './host.ts'

// Built files carry a hash in their name, so they never change.
const assetCache = 'public, max-age=31536000, immutable'

/** The pages: `/`, `/g/:group`, `/home/`, `/room/:group/`, and what they load. */
export function createPageRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  const page = join(host.pageFolder, 'index.html')
  for (const path of ['/', '/g/:group', '/home', '/room/:group']) {
    routes.get(path, async (c) => c.html(await readFile(page, 'utf8'), 200, { 'Cache-Control': 'no-cache' }))
  }
  for (const path of ['/ws', '/ws/:group', '/chat', '/chatsocket'])
    routes.get(path, (c) => refused(c, host, refuse('upgrade_required', otherWays).refusal))
  routes.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.res.headers.set('Cache-Control', assetCache)
  })
  routes.use('/look.js', async (c, next) => {
    await next()
    c.res.headers.set('Cache-Control', 'no-cache')
  })
  // The build packed them.
  routes.use('/*', serveStatic({ root: host.pageFolder, precompressed: true }))
  return routes
}

const otherWays =
  'This is the address of a WebSocket, with subprotocol chartroom.v1 or in plain text. The page of a group is /g/:group, ' +
  'its snapshot GET /api/groups/:group, its changes .../events (server-sent) and .../changes (polled), and numbers go to ' +
  'POST /api/groups/:group/metrics.'
