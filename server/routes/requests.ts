// Owns POST /api/requests: one request of who has no WebSocket, answered with the envelope that a WebSocket would send.

import {
  accept,
  type ClientEnvelope,
  canonicalGroupName,
  decodeClientEnvelope,
  type HelloEnvelope,
  isWriting,
  limits,
  type PointEnvelope,
  type Result,
  refuse,
  type ServerEnvelope,
} from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { Requests } from '../links/requests.ts'
import { bodyOf, refused } from './answer.ts'
import { helloOf } from './asker.ts'
import type { RouteHost } from './host.ts'

/**
 * `POST /` takes an envelope that writes, or a ping, from who is called `?name=` and has this `Chartroom-Secret`. The
 * answer is its `ack` or `pong`; what a WebSocket would answer with an `error` is a problem document.
 */
export function createRequestsRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  routes.post('/', async (c) => {
    const answer = await answerOf(c, host)
    if (!answer.ok) return refused(c, host, answer.refusal)
    return c.json(answer.value, 200, { 'Cache-Control': 'no-store' })
  })
  return routes
}

async function answerOf(c: Context, host: RouteHost): Promise<Result<ServerEnvelope>> {
  const hello = helloOf(c)
  if (!hello.ok) return hello
  const body = await bodyOf(c, limits.maxFrameBytes)
  if (!body.ok) return body
  const decoded = decodeClientEnvelope(new TextDecoder().decode(body.value))
  if (!decoded.ok) return decoded
  if (decoded.value.type === 'point') return point(host, hello.value, decoded.value)
  if (!isServed(decoded.value)) return refuse('not_supported', `Here "${decoded.value.type}" is no request.`)
  return serve(host, hello.value, decoded.value)
}

// Without a link of its own it is said for the person, on whatever they follow the group.
function point(
  host: RouteHost,
  { secret }: HelloEnvelope,
  { id, group = '', ...attention }: PointEnvelope,
): Result<ServerEnvelope> {
  const named = canonicalGroupName(group)
  if (!named.ok) return named
  const isHere = secret !== undefined && host.groups.pointAs(named.value, host.personOf(secret), attention)
  if (isHere) return accept({ type: 'ack', id, group: named.value })
  return refuse('not_subscribed', `Nobody with this secret follows "${named.value}".`)
}

// What is of a link has no meaning without one.
function isServed(envelope: ClientEnvelope): boolean {
  return isWriting(envelope) || envelope.type === 'ping'
}

async function serve(host: RouteHost, hello: HelloEnvelope, envelope: ClientEnvelope): Promise<Result<ServerEnvelope>> {
  let answer: ServerEnvelope | undefined
  const requests = new Requests(host, hello, undefined, {
    id: 'http',
    link: () => undefined,
    send: (sent) => {
      answer = sent
    },
  })
  const refusal = await requests.serve(envelope)
  if (refusal !== undefined) return { ok: false, refusal }
  if (answer === undefined) throw new Error(`"${envelope.type}" was not answered`)
  return accept(answer)
}
