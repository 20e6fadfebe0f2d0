// Owns GET .../changes: groups followed by asking again and again, with or without a wait. The wait is long-poll.ts's.

import {
  accept,
  errorCodes,
  type HelloEnvelope,
  type Refusal,
  type Result,
  refuse,
  type ServerEnvelope,
} from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import { Frame } from '../groups/frame.ts'
import { type Call, call } from '../links/admission.ts'
import { type Waited, waitFor } from '../links/long-poll.ts'
import { Turns } from '../links/turns.ts'
import { cacheOf, followedOf, numberOf, placeOf, refused } from './answer.ts'
import { helloOf } from './asker.ts'
import { type Following, followingOf, groupsOf } from './following.ts'
import type { RouteHost } from './host.ts'

// Below the 30 s at which many proxies take a silent request for dead.
const maxWaitMs = 25_000

interface Host extends RouteHost {
  /** Those of all polls that wait. */
  readonly turns: Turns
}

interface Asked {
  readonly hello: HelloEnvelope
  readonly following: readonly Following[]
  readonly waitMs: number
  /** Whether the answer is all that a link would be sent, and not one update. */
  readonly isWhole: boolean
}

interface Called {
  readonly one: Following
  readonly call: Call
}

/** `GET /groups/:group/changes` is answered with an update, `GET /changes?groups=` with all that is new of several. */
export function createChangesRoutes(server: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  const host = { ...server, turns: new Turns(server.clock) }
  routes.get('/groups/:group/changes', (c) => {
    const group = followedOf(c)
    return answer(c, host, group.ok ? askedOf(c, [group.value], false) : group)
  })
  routes.get('/changes', (c) => {
    const groups = groupsOf(c.req.query('groups') ?? '')
    return answer(c, host, groups.ok ? askedOf(c, groups.value, true) : groups)
  })
  return routes
}

function askedOf(c: Context, groups: readonly string[], isWhole: boolean): Result<Asked> {
  const hello = helloOf(c)
  if (!hello.ok) return hello
  const waitMs = numberOf(c, 'waitMs', 0, maxWaitMs, 0)
  if (!waitMs.ok) return waitMs
  const following = followingOf(groups, (name) => c.req.query(name))
  if (!following.ok) return following
  return accept({ hello: hello.value, following: following.value, waitMs: waitMs.value, isWhole })
}

async function answer(c: Context, host: Host, asked: Result<Asked>): Promise<Response> {
  if (!asked.ok) return refused(c, host, asked.refusal)
  if (host.isDraining()) return going(c, host, 0)
  const { waitMs } = asked.value
  // Who does not wait is gone at once.
  const place = waitMs > 0 ? placeOf(c, host) : accept(() => {})
  if (!place.ok) return refused(c, host, place.refusal)
  try {
    return await answerCalls(c, host, asked.value)
  } finally {
    place.value()
  }
}

async function answerCalls(c: Context, host: Host, asked: Asked): Promise<Response> {
  const { hello, following, isWhole } = asked
  const called: Called[] = []
  const errors: ServerEnvelope[] = []
  try {
    for (const one of following) {
      const made = await call(host, callerOf(host, hello, one))
      if (made.ok) called.push({ one, call: made.value })
      else if (!isWhole) return refused(c, host, made.refusal)
      else errors.push(errorOf(one.group, made.refusal))
    }
    return await answerTo(c, host, asked, called, errors)
  } finally {
    for (const { call } of called) call.end()
  }
}

function callerOf(host: RouteHost, { name, secret }: HelloEnvelope, { group, paceMs, isPresent }: Following) {
  const person = secret === undefined ? undefined : host.personOf(secret)
  const claim = name === undefined ? undefined : { name, person }
  // Who has no secret is somebody else with each request: they are not counted.
  return { group, paceMs, claim, person: isPresent ? person : undefined, holder: person }
}

async function answerTo(
  c: Context,
  host: Host,
  { waitMs, isWhole }: Asked,
  called: readonly Called[],
  errors: readonly ServerEnvelope[],
): Promise<Response> {
  const polled = called.map(({ one, call }) => ({ ...one, group: call.group, place: call.place }))
  const { clock, parked, turns } = host
  const waiting = { clock, parked, turns, waitMs, tellsPeople: isWhole, signal: c.req.raw.signal }
  // What is refused is told at once.
  const mayWait = waitMs > 0 && errors.length === 0
  const waited: Waited = mayWait ? await waitFor(polled, waiting) : { end: 'late', updates: new Map(), afterMs: 0 }
  if (waited.end === 'drained') return going(c, host, waited.afterMs)
  if (waited.end === 'left') return c.body(null, 204)
  const frames = await framesOf(called, waited)
  if (isWhole) for (const { call } of called) call.place?.told()
  const [[, update] = []] = frames
  const all = [...errors.map((error) => new Frame(error)), ...frames.flat()]
  return c.body(isWhole ? joined(all) : new Uint8Array(update?.bytes ?? []), 200, {
    'Content-Type': 'application/json',
    ...cacheOf(c, 'no-store'),
    'Chartroom-Time': String(host.now()),
  })
}

// Of each group what was granted, what changed, and who is here: as a link is told when it subscribes.
function framesOf(called: readonly Called[], { updates }: Waited): Promise<(readonly [Frame, Frame, Frame])[]> {
  return Promise.all(
    called.map(async ({ one, call: { group, admitted } }) => {
      const past = await group.past(one)
      const update = updates.get(group) ?? group.difference(one, past)
      return [new Frame({ type: 'ack', id: 0, ...admitted }), update, group.presence] as const
    }),
  )
}

function joined(frames: readonly Frame[]): Uint8Array<ArrayBuffer> {
  const parts = frames.flatMap(({ bytes }, at) => [Buffer.from(at === 0 ? '[' : ','), bytes])
  return new Uint8Array(Buffer.concat([...parts, Buffer.from(parts.length === 0 ? '[]' : ']')]))
}

function errorOf(group: string, { code, message }: Refusal): ServerEnvelope {
  return { type: 'error', group, code, message, temporary: errorCodes[code].temporary }
}

function going(c: Context, host: RouteHost, afterMs: number): Response {
  const refusal = refuse('closing', 'This server is going away.').refusal
  const answer = refused(c, host, refusal)
  answer.headers.set('Retry-After', String(Math.max(1, Math.ceil(afterMs / 1_000))))
  return answer
}
