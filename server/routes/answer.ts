// Owns how a route reads a request and answers a refusal; what is asked is each route's.

import {
  accept,
  canonicalFollowed,
  canonicalGroupName,
  decodeValue,
  isInboxName,
  limits,
  type Refusal,
  type Result,
  refuse,
  shownName,
} from '@chartroom/shared'
import type { HttpBindings } from '@hono/node-server'
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
    // A reaction is something said, and perhaps in private.
    path: c.req.path.replace(/\/reactions\/.*$/, '/reactions'),
    code,
    message,
    origin: c.req.header('origin'),
  })
  const { status, headers, body } = problemOf(refusal)
  return new Response(body, { status, headers: { ...headers } })
}

/**
 * Has the answer to a request carry these headers, whatever becomes of it. On Node's answer and not on the Response: for
 * that the adaptor makes a real one of each, which costs more than all else that is done for a small request.
 */
export function carry(c: Context, headers: Iterable<readonly [name: string, value: string]>): void {
  const { outgoing }: HttpBindings = c.env
  for (const [name, value] of headers) outgoing.setHeader(name, value)
}

/** Takes a place for a link of the address of a request; gives it back by what it returns. */
export function placeOf(c: Context, { links }: Pick<RouteHost, 'links'>): Result<() => void> {
  return links.enter(getConnInfo(c).remote.address)
}

/** Cuts the connection of a request, so that one who does not read learns of it at once. */
export function resetOf(c: Context): () => void {
  const { incoming }: HttpBindings = c.env
  return () => incoming.socket.resetAndDestroy()
}

/** The canonical group of the address; what a group has besides its messages, an inbox has not. */
export function groupOf(c: Context): Result<string> {
  const name = c.req.param('group') ?? ''
  return isInboxName(name) ? refuse('not_found', 'An inbox has messages only.') : canonicalGroupName(name)
}

/** The group or inbox of the address, in its canonical form. */
export function followedOf(c: Context): Result<string> {
  return canonicalFollowed(c.req.param('group') ?? '')
}

/** By which name the engine knows the group or inbox of the address; an inbox is refused to all but its holder. */
export async function readableOf(c: Context, host: Pick<RouteHost, 'engine' | 'personOf'>): Promise<Result<string>> {
  const followed = followedOf(c)
  if (!followed.ok || !isInboxName(followed.value)) return followed
  const person = personOf(c, host)
  return person.ok ? host.engine.inbox(followed.value, person.value) : person
}

/** How an answer may be kept: what is read with a secret, nowhere. */
export function cacheOf(c: Context, otherwise = 'no-cache'): { readonly 'Cache-Control': string } {
  return { 'Cache-Control': c.req.header('chartroom-secret') === undefined ? otherwise : 'private, no-store' }
}

/** The bytes of the body, unpacked, at most so many. */
export function bodyOf(c: Context, maxBytes: number): Promise<Result<Uint8Array>> {
  const length = c.req.header('content-length')
  const body = {
    length: length === undefined ? undefined : Number(length),
    whole: () => c.req.arrayBuffer(),
    stream: () => c.req.raw.body,
  }
  return readBody(body, c.req.header('content-encoding'), maxBytes)
}

/** The secret of who asks; undefined without one. */
export function secretOf(c: Context): Result<string | undefined> {
  const secret = c.req.header('chartroom-secret')
  if (secret === '' || (secret !== undefined && secret.length > limits.maxKeyLength)) {
    return refuse('malformed', `A Chartroom-Secret has 1 to ${limits.maxKeyLength} characters.`)
  }
  return accept(secret)
}

/** Who asks: a short name for the secret that they sent; undefined without one. */
export function personOf(c: Context, host: Pick<RouteHost, 'personOf'>): Result<string | undefined> {
  const secret = secretOf(c)
  return secret.ok && secret.value !== undefined ? accept(host.personOf(secret.value)) : secret
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

/** The author of what names none: a script that gives no name still has to be called something. */
export const defaultAuthor = 'anonymous'

/** Who writes, as `?author=` says. */
export function authorOf(c: Context): Result<string> {
  const named = decodeValue(shownName, c.req.query('author') ?? defaultAuthor)
  if (named.ok) return named
  const [fault] = named.refusal.faults ?? []
  const message = fault?.message ?? 'is no name'
  return refuse('malformed', `"author" ${message}.`, [{ pointer: '/author', message }])
}

/** Whether a tag is among those of an If-None-Match, compared weakly, or it says `*` (RFC 9110 13.1.2). */
export function isKnown(c: Context, etag: string): boolean {
  const tags = tagsOf(c.req.header('if-none-match')) ?? []
  return tags.some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)
}

/** The tags of an If-Match or If-None-Match, with their quotes, or `*`; undefined without the header. */
export function tagsOf(header: string | undefined): readonly string[] | undefined {
  return header?.split(',').map((tag) => tag.trim())
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
