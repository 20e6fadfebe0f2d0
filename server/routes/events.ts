// Owns GET .../events: groups followed by server-sent events. What a stream is as a link is event-stream.ts's.

import {
  accept,
  errorCodes,
  type HelloEnvelope,
  type Refusal,
  type Result,
  type ServerEnvelope,
} from '@chartroom/shared'
import { type Context, Hono } from 'hono'
import type { Membership } from '../groups/groups.ts'
import { admit } from '../links/admission.ts'
import { createEventStream, type EventStream, type EventStreamEvents } from '../links/event-stream.ts'
import { welcomeFor } from '../links/requests.ts'
import { cacheOf, followedOf, placeOf, refused, resetOf } from './answer.ts'
import { helloOf } from './asker.ts'
import { type Following, followingOf, groupsOf } from './following.ts'
import type { RouteHost } from './host.ts'

// Over how long those come back who came while the server went, ms.
const comingSpreadMs = 1_000

interface Asked {
  readonly hello: HelloEnvelope
  readonly following: readonly Following[]
}

/** `GET /groups/:group/events` follows one group, `GET /events?groups=` several. */
export function createEventsRoutes(host: RouteHost): Hono {
  const routes = new Hono({ strict: false })
  let opened = 0
  const nextId = () => `sse-${++opened}`
  routes.get('/groups/:group/events', (c) => {
    const group = followedOf(c)
    return streamed(c, host, nextId(), group.ok ? askedOf(c, [group.value]) : group, 'one')
  })
  routes.get('/events', (c) => {
    const groups = groupsOf(c.req.query('groups') ?? '')
    return streamed(c, host, nextId(), groups.ok ? askedOf(c, groups.value) : groups, 'several')
  })
  return routes
}

async function streamed(
  c: Context,
  host: RouteHost,
  id: string,
  asked: Result<Asked>,
  groups: 'one' | 'several',
): Promise<Response> {
  if (!asked.ok) return refused(c, host, asked.refusal)
  if (c.req.method === 'HEAD') return answer(c, host, null)
  const place = placeOf(c, host)
  if (!place.ok) return refused(c, host, place.refusal)
  const stream = new FollowedStream(host, id, asked.value, resetOf(c), place.value)
  const refusal = await stream.begin()
  if (groups === 'several') {
    stream.goOn().catch((error: unknown) => {
      host.counters.add('bug', 1, 'stream')
      host.log.error('stream_failed', { link: id, error })
    })
    return answer(c, host, stream.body)
  }
  if (refusal === undefined) return answer(c, host, stream.body)
  // Who asked for one group is told why not in the answer itself.
  await stream.body.cancel()
  return refused(c, host, refusal)
}

function askedOf(c: Context, groups: readonly string[]): Result<Asked> {
  const hello = helloOf(c)
  if (!hello.ok) return hello
  const following = followingOf(groups, (name) => c.req.query(name), c.req.header('last-event-id'))
  return following.ok ? accept({ hello: hello.value, following: following.value }) : following
}

function answer(c: Context, host: RouteHost, body: ReadableStream<Uint8Array> | null): Response {
  const headers = {
    'Content-Type': 'text/event-stream',
    ...cacheOf(c, 'no-store'),
    'Chartroom-Time': String(host.now()),
    // nginx would gather the events, and bring them late.
    'X-Accel-Buffering': 'no',
  }
  return new Response(body, { headers })
}

/** A stream, and the groups that are followed on it. */
class FollowedStream {
  readonly #host: RouteHost
  readonly #asked: Asked
  readonly #stream: EventStream
  readonly #memberships: Membership[] = []
  readonly #leavePlace: () => void
  #isOver = false

  constructor(host: RouteHost, id: string, asked: Asked, reset: () => void, leavePlace: () => void) {
    this.#host = host
    this.#asked = asked
    this.#leavePlace = leavePlace
    const events: EventStreamEvents = {
      onDrained: () => {
        for (const membership of this.#memberships) membership.catchUp()
      },
      onEnded: (how) => {
        if (how === 'slow') host.counters.add('link_reset')
        host.log.info('stream_closed', { link: id, how })
        this.#end()
      },
    }
    const begun = asked.following.flatMap(({ group, cursor }) => (cursor ? [[group, cursor] as const] : []))
    this.#stream = createEventStream(host, id, reset, events, begun)
    host.counters.add('link_opened')
    host.log.info('stream_opened', { link: id })
    host.parked.add(this.#stream)
  }

  get body(): ReadableStream<Uint8Array> {
    return this.#stream.body
  }

  /** Lets it into the first of its groups; resolves with the refusal, which it is told. */
  async begin(): Promise<Refusal | undefined> {
    const { hello, following } = this.#asked
    this.#tell(welcomeFor(hello, this.#host.now()))
    // Who comes back to a server that goes is not refused, or a browser would never try again.
    if (this.#host.isDraining()) this.#stream.drain(Math.round(this.#host.random() * comingSpreadMs))
    const [first] = following
    return first && this.#followOne(first)
  }

  /** Lets it into the others, as it reads: the groups of who does not read wait, as they do on a WebSocket. */
  async goOn(): Promise<void> {
    for (const one of this.#asked.following.slice(1)) {
      await this.#stream.room()
      await this.#followOne(one)
    }
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const { leave } of this.#memberships.splice(0)) leave()
    this.#host.parked.delete(this.#stream)
    this.#leavePlace()
    this.#host.counters.add('link_closed')
  }

  async #followOne(one: Following): Promise<Refusal | undefined> {
    try {
      const joined = await this.#admit(one)
      if (!joined.ok) this.#refuse(one.group, joined.refusal)
      else if (joined.value !== undefined) this.#memberships.push(joined.value)
      return joined.ok ? undefined : joined.refusal
    } catch (error) {
      this.#stream.drain(0)
      throw error
    }
  }

  #admit(one: Following): Promise<Result<Membership | undefined>> {
    const { name, secret } = this.#asked.hello
    const { group, isPresent, windowMs } = one
    const person = secret === undefined ? undefined : this.#host.personOf(secret)
    return admit(this.#host, {
      ...one,
      link: this.#stream,
      claim: name === undefined ? undefined : { name, person },
      person: isPresent ? (person ?? `link ${this.#stream.id}`) : undefined,
      holder: person,
      hasPast: windowMs !== undefined,
      isGone: () => this.#isOver,
      admitted: (granted) => this.#tell({ type: 'ack', id: 0, ...granted, group }),
    })
  }

  #refuse(group: string, { code, message }: Refusal): void {
    this.#host.counters.add('refused', 1, code)
    this.#tell({ type: 'error', group, code, message, temporary: errorCodes[code].temporary })
  }

  #tell(envelope: ServerEnvelope): void {
    this.#stream.tell(envelope)
  }
}
