// Owns how a route reads a request and answers a refusal; what is asked is each route's.

import { canonicalGroupName, type Refusal, type Result } from '@chartroom/shared'
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
  log.warn('request_refused', { method: c.req.method, path: c.req.path, code, message, origin: c.req.header('origin') })
  const { status, headers, body } = problemOf(refusal)
  return new Response(body, { status, headers: { ...headers } })
}

/** The canonical group of the address. */
export function groupOf(c: Context): Result<string> {
  return canonicalGroupName(c.req.param('group') ?? '')
}

/** The bytes of the body, unpacked, within the limits. */
export function bodyOf(c: Context): Promise<Result<Uint8Array>> {
  return readBody(c.req.raw.body, c.req.header('content-encoding'))
}

/** The idempotency key of a request, scoped to the holder of its secret; undefined when it has none. */
export function keyOf(c: Context, { personOf }: Pick<RouteHost, 'personOf'>): string | undefined {
  const key = c.req.header('idempotency-key')
  if (key === undefined) return undefined
  const secret = c.req.header('chartroom-secret')
  return `${secret === undefined ? 'anybody' : personOf(secret)} ${key}`
}
