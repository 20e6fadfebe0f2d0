// Owns POST .../presence: what somebody attends to, said by who has no link to say it on.

import { accept, limits, type Result, refuse } from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { readAttention } from '../intake/intake.ts'
import { bodyOf, groupOf, personOf, refused } from './answer.ts'
import type { RouteHost } from './host.ts'

/** `POST /` says it for the person of the secret, on whatever they follow the group; answered 204. */
export function createPresenceRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.post('/', async (c) => {
    const pointed = await point(c, host)
    return pointed.ok ? c.body(null, 204) : refused(c, host, pointed.refusal)
  })
  return routes
}

async function point(c: Context, host: RouteHost): Promise<Result<undefined>> {
  const named = groupOf(c)
  if (!named.ok) return named
  const person = personOf(c, host)
  if (!person.ok) return person
  const body = await bodyOf(c, limits.maxFrameBytes)
  if (!body.ok) return body
  const read = readAttention(c.req.header('content-type'), body.value)
  if (!read.ok) return read
  const isHere = person.value !== undefined && host.groups.pointAs(named.value, person.value, read.value)
  return isHere ? accept(undefined) : refuse('not_subscribed', `Nobody with this secret follows "${named.value}".`)
}
