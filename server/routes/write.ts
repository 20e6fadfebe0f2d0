// Owns how a route has something written or changed by somebody: who asks, with which key, and what came of it.

import {
  type Accepted,
  type Annotation,
  accept,
  type Change,
  encodeCursor,
  type Result,
  refuse,
} from '@chartroom/shared'
import type { Context } from 'hono'
import { keyOf, personOf } from './answer.ts'
import type { RouteHost } from './host.ts'

/** A change, and the name in which it is asked for. */
export interface Writing {
  readonly group: string
  readonly change: Change
  readonly name: string
}

/** The annotation as it is now, and where the group stands. */
export interface Written {
  readonly cursor: string
  readonly annotation: Annotation
}

/** Has it done by who holds the request's secret. Nobody is given another name over HTTP than they asked for. */
export async function done(c: Context, host: RouteHost, { group, change, name }: Writing): Promise<Result<Accepted>> {
  const key = keyOf(c, host)
  if (!key.ok) return key
  const person = personOf(c, host)
  if (!person.ok) return person
  const claim = { name, person: person.value, isExact: true }
  return host.engine.append({ group, change, claim, ...key.value })
}

/** Has an annotation written or changed so. */
export async function write(c: Context, host: RouteHost, writing: Writing): Promise<Result<Written>> {
  const accepted = await done(c, host, writing)
  if (!accepted.ok) return accepted
  const { cursor, annotation } = accepted.value
  if (annotation === undefined) return refuse('malformed', 'This key was used for something that wrote no annotation.')
  return accept({ cursor: encodeCursor(cursor), annotation })
}
