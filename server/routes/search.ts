// Owns GET .../search: the annotations in which words occur. How words are found is the engine's.

import { accept, codePoints, limits, type Result, refuse } from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { phrasesOf } from '../engine/terms.ts'
import { cacheOf, pageOf, readableOf, refused } from './answer.ts'
import type { RouteHost } from './host.ts'

/** `GET /` pages backwards through what was found for `q`, by `before` and `limit`. */
export function createSearchRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.get('/', async (c) => {
    const named = await readableOf(c, host)
    if (!named.ok) return refused(c, host, named.refusal)
    const query = queryOf(c)
    if (!query.ok) return refused(c, host, query.refusal)
    const page = pageOf(c)
    if (!page.ok) return refused(c, host, page.refusal)
    const { before, limit } = page.value
    const found = await host.engine.search(named.value, query.value, before, limit)
    return c.json(found, 200, cacheOf(c))
  })
  return routes
}

function queryOf(c: Context): Result<string> {
  const query = c.req.query('q') ?? ''
  if (codePoints(query) > limits.maxQueryLength) return noQuery(`must have at most ${limits.maxQueryLength} characters`)
  return phrasesOf(query).length > 0 ? accept(query) : noQuery('must have a letter or a digit')
}

function noQuery(message: string): Result<never> {
  return refuse('malformed', `"q" ${message}.`, [{ pointer: '/q', message }])
}
