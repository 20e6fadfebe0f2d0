// Owns .../annotations: writing one over HTTP, and paging through a run of them. One of them is annotation.ts's.

import { accept, limits, type Result, type RunName, refuse, runNames } from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { readDraft } from '../intake/intake.ts'
import { bodyOf, cacheOf, defaultAuthor, followedOf, pageOf, readableOf, refused } from './answer.ts'
import type { RouteHost } from './host.ts'
import { type Written, write } from './write.ts'

/** `POST /` writes an annotation, answered 201; `GET /` pages backwards through a run by `before` and `limit`. */
export function createAnnotationsRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.post('/', async (c) => {
    const written = await writeDraft(c, host)
    if (!written.ok) return refused(c, host, written.refusal)
    const { cursor, annotation } = written.value
    return c.json(annotation, 201, { 'Chartroom-Cursor': cursor })
  })
  routes.get('/', async (c) => {
    const named = await readableOf(c, host)
    if (!named.ok) return refused(c, host, named.refusal)
    const run = runOf(c)
    if (!run.ok) return refused(c, host, run.refusal)
    const page = pageOf(c)
    if (!page.ok) return refused(c, host, page.refusal)
    const { before, limit } = page.value
    return c.json(await host.engine.page(named.value, run.value, before, limit), 200, cacheOf(c))
  })
  return routes
}

async function writeDraft(c: Context, host: RouteHost): Promise<Result<Written>> {
  const named = followedOf(c)
  if (!named.ok) return named
  const body = await bodyOf(c, limits.maxFrameBytes)
  if (!body.ok) return body
  const read = readDraft(c.req.header('content-type'), body.value)
  if (!read.ok) return read
  const { author = defaultAuthor, ...draft } = read.value
  return write(c, host, { group: named.value, change: { type: 'annotate', author, draft }, name: author })
}

function runOf(c: Context): Result<RunName> {
  const asked = c.req.query('run')
  const run = asked === undefined ? 'talk' : runNames.find((name) => name === asked)
  if (run !== undefined) return accept(run)
  const message = `must be one of ${runNames.join(', ')}`
  return refuse('malformed', `"run" ${message}.`, [{ pointer: '/run', message }])
}
