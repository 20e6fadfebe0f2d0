// Owns how a route reads a request and answers a refusal; what is asked is each route's.

import { accept, canonicalGroupName, limits, type Refusal, type Result, refuse } from '@chartroom/shared'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { readBody } from '../intake/body.ts'
import { problemOf } from '../problem.ts'
import type { RouteHost } from './host.ts'

/** The answer to a refused request: counted, and logged with its reason. */
export function refused(
  c: Context,
  { counters, log }: Pick<RouteHost, 'counters' | 'log'>,
  refusal: Refusal,
): Response {
  const { code, message } = refusal
  counters.add('refused', 1, code)
  log.warn('request_refused', {
    from: getConnInfo(c).remote.address,
    method: c.req.method,
    path: c.req.path,
    code,
    message,
    origin: c.req.header('origin'),
  })
  const { status, headers, body } = problemOf(refusal)
  return new Response(body, { status, headers: { ...headers } })
}

/** The canonical group of the address. */
export function groupOf(c: Context): Result<string> {
  return canonicalGroupName(c.req.param('group') ?? '')
}

/** The bytes of the body, unpacked, at most so many. */
export function bodyOf(c: Context, maxBytes: number): Promise<Result<Uint8Array>> {
  return readBody(c.req.raw.body, c.req.header('content-encoding'), maxBytes)
}

/** Who asks: a short name for the secret that they sent; undefined without one. */
export function personOf(c: Context, host: Pick<RouteHost, 'personOf'>): Result<string | undefined> {
  const secret = c.req.header('chartroom-secret')
  if (secret === undefined) return accept(undefined)
  if (secret === '' || secret.length > limits.maxKeyLength) {
    return refuse('malformed', `A Chartroom-Secret has 1 to ${limits.maxKeyLength} characters.`)
  }
  return accept(host.personOf(secret))
}

/** The idempotency key of a request, scoped to the holder of its secret; none when it has none. */
export function keyOf(c: Context, host: Pick<RouteHost, 'personOf'>): Result<{ readonly key?: string }> {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return accept({})
  // An empty one would be that of every script whose variable is not set.
  if (key === '' || key.length > limits.maxKeyLength) {
    return refuse('malformed', `An Idempotency-Key has 1 to ${limits.maxKeyLength} characters.`)
  }
  const person = personOf(c, host)
  return person.ok ? accept({ key: `${person.value ?? 'anybody'} ${key}` }) : person
}

/** A whole number of the query. */
export function numberOf(c: Context, name: string, least: number, greatest: number, otherwise: number): Result<number> {
  const text = c.req.query(name)
  if (text === undefined) return accept(otherwise)
  const number = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN
  if (number >= least && number <= greatest) return accept(number)
  const message = `must be a whole number from ${least} to ${greatest}`
  return refuse('malformed', `"${name}" ${message}.`, [{ pointer: `/${name}`, message }])
}

/** Which part of a run was asked for: at most `limit` before the id `before`, 0: from the newest. */
export function pageOf(c: Context): Result<{ readonly before: number; readonly limit: number }> {
  const before = numberOf(c, 'before', 0, Number.MAX_SAFE_INTEGER, 0)
  if (!before.ok) return before
  const limit = numberOf(c, 'limit', 1, limits.maxPageAnnotations, limits.pageAnnotations)
  return limit.ok ? accept({ before: before.value, limit: limit.value }) : limit
}
