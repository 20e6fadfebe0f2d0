// Owns .../annotations: writing one over HTTP, and paging through what was said.

import { type Annotation, accept, encodeCursor, limits, type Result, refuse } from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { readDraft } from '../intake/intake.ts'
import { bodyOf, groupOf, keyOf, personOf, refused } from './answer.ts'
import type { RouteHost } from './host.ts'

// A script that gives no name still has to be called something.
const defaultAuthor = 'anonymous'

/** `POST /` writes an annotation, answered 201; `GET /` pages backwards by `before` and `limit`. */
export function createAnnotationRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.post('/', async (c) => {
    const written = await write(c, host)
    if (!written.ok) return refused(c, host, written.refusal)
    const { cursor, annotation } = written.value
    return c.json(annotation, 201, { 'Chartroom-Cursor': cursor })
  })
  routes.get('/', async (c) => {
    const named = groupOf(c)
    if (!named.ok) return refused(c, host, named.refusal)
    const before = numberOf(c, 'before', 0, Number.MAX_SAFE_INTEGER, 0)
    if (!before.ok) return refused(c, host, before.refusal)
    const limit = numberOf(c, 'limit', 1, limits.maxPageAnnotations, limits.pageAnnotations)
    if (!limit.ok) return refused(c, host, limit.refusal)
    const page = await host.engine.page(named.value, 'talk', before.value, limit.value)
    return c.json(page, 200, { 'Cache-Control': 'no-cache' })
  })
  return routes
}

async function write(
  c: Context,
  host: RouteHost,
): Promise<Result<{ readonly cursor: string; readonly annotation: Annotation }>> {
  const named = groupOf(c)
  if (!named.ok) return named
  const body = await bodyOf(c, limits.maxFrameBytes)
  if (!body.ok) return body
  const draft = readDraft(c.req.header('content-type'), body.value)
  if (!draft.ok) return draft
  const key = keyOf(c, host)
  if (!key.ok) return key
  const person = personOf(c, host)
  if (!person.ok) return person
  const { author = defaultAuthor, ...said } = draft.value
  const change = { type: 'annotate', author, draft: said } as const
  const claim = { name: author, person: person.value, isExact: true }
  const accepted = await host.engine.append({ group: named.value, change, claim, ...key.value })
  if (!accepted.ok) return accepted
  const { cursor, annotation } = accepted.value
  if (annotation === undefined) return refuse('malformed', 'This key was used for something that wrote no annotation.')
  return accept({ cursor: encodeCursor(cursor), annotation })
}

function numberOf(c: Context, name: string, least: number, greatest: number, otherwise: number): Result<number> {
  const text = c.req.query(name)
  if (text === undefined) return accept(otherwise)
  const number = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= greatest) return accept(number)
  const message = `must be a whole number from ${least} to ${greatest}`
  return refuse('malformed', `"${name}" ${message}.`, [{ pointer: `/${name}`, message }])
}
