// Owns what each request of a ready link does, one function a request; how a link opens and closes is session.ts's.

import {
  type AnnotateEnvelope,
  type Change,
  type ClientEnvelope,
  canonicalGroupName,
  type DecodeRefusal,
  decodeCursor,
  encodeCursor,
  type HelloEnvelope,
  limits,
  type Refusal,
  type Result,
  refuse,
  type ServerEnvelope,
  type SubscribeEnvelope,
  startCursor,
  type UnsubscribeEnvelope,
} from '@chartroom/shared'
import type { Engine } from '../engine/engine.ts'
import type { Groups } from '../groups/groups.ts'
import type { Link, Subscriber } from '../groups/subscriber.ts'

/** What requests need of the server around them. */
export interface RequestsHost {
  readonly engine: Engine
  readonly groups: Groups
  /** Unix ms. */
  now(): number
  /** A short name for a secret, which is not kept itself. */
  personOf(secret: string): string
}

/** The link that the requests answer on. */
export interface Answering {
  readonly id: string
  link(): Link | undefined
  send(envelope: ServerEnvelope): void
}

interface Membership {
  readonly subscriber: Subscriber
  leave(): void
}

/** The requests of one link that said hello. */
export class Requests {
  readonly #host: RequestsHost
  readonly #hello: HelloEnvelope
  readonly #defaultGroup: string | undefined
  readonly #answering: Answering
  readonly #person: string
  readonly #memberships = new Map<string, Membership>()
  #isClosed = false

  constructor(host: RequestsHost, hello: HelloEnvelope, defaultGroup: string | undefined, answering: Answering) {
    this.#host = host
    this.#hello = hello
    this.#defaultGroup = defaultGroup
    this.#answering = answering
    this.#person = hello.secret === undefined ? `link ${answering.id}` : host.personOf(hello.secret)
  }

  /** Answers hello. */
  welcome({ id, name }: HelloEnvelope): void {
    const { pacesMs, ...numbers } = limits
    this.#answering.send({
      type: 'welcome',
      id,
      ...(name === undefined ? {} : { name }),
      time: this.#host.now(),
      pingMs: limits.pingMs,
      limits: { ...numbers, pacesMs: [...pacesMs] },
    })
  }

  /** Serves a request: answers it, or says why it is refused. */
  async serve(envelope: ClientEnvelope): Promise<DecodeRefusal | undefined> {
    switch (envelope.type) {
      case 'hello':
        return echo(envelope.id, refuse('malformed', 'This link has already said hello.').refusal)
      case 'subscribe':
        return echo(envelope.id, await this.#subscribe(envelope))
      case 'unsubscribe':
        return echo(envelope.id, this.#unsubscribe(envelope))
      case 'annotate':
        return echo(envelope.id, await this.#annotate(envelope))
      case 'revise':
      case 'retract':
      case 'react':
      case 'arrange':
      case 'point':
        return echo(envelope.id, refuse('not_supported', `This server does not take "${envelope.type}" yet.`).refusal)
      case 'ping':
        this.#answering.send({ type: 'pong', ...idOf(envelope.id), time: this.#host.now() })
        return undefined
      case 'pong':
        return undefined
      default:
        return envelope satisfies never
    }
  }

  /** The link has drained: every group tells it what it missed. */
  catchUp(): void {
    for (const [group, { subscriber }] of this.#memberships) this.#host.groups.catchUp(group, subscriber)
  }

  /** Leaves every group. */
  close(): void {
    this.#isClosed = true
    for (const { leave } of this.#memberships.values()) leave()
    this.#memberships.clear()
  }

  async #subscribe(envelope: SubscribeEnvelope): Promise<Refusal | undefined> {
    const named = this.#groupOf(envelope.group)
    if (!named.ok) return named.refusal
    const group = named.value
    const link = this.#answering.link()
    const earlier = this.#memberships.get(group)
    if (link === undefined) return undefined
    if (earlier === undefined && this.#memberships.size >= limits.maxGroupsPerSocket) {
      return refuse('socket_group_limit', `A link follows at most ${limits.maxGroupsPerSocket} groups.`).refusal
    }
    const { id, windowMs, present = true, paceMs = limits.defaultPaceMs } = envelope
    const { name } = this.#hello
    const person = present ? this.#person : undefined
    const subscriber: Subscriber = { link, paceMs, person, name, cursor: startCursor }
    const cursor = envelope.cursor === undefined ? undefined : decodeCursor(envelope.cursor)
    const leave = await this.#host.groups.join(group, subscriber, { cursor, windowMs }, ({ cursor: head }) => {
      if (this.#isClosed) return false
      const granted = { group, cursor: encodeCursor(head), ...(name === undefined ? {} : { name }), paceMs }
      this.#answering.send({ type: 'ack', id, ...granted })
      return true
    })
    if (this.#isClosed) leave()
    else {
      // The new one is in before the old one goes, so that nobody sees the person leave.
      earlier?.leave()
      this.#memberships.set(group, { subscriber, leave })
    }
    return undefined
  }

  #unsubscribe({ id, group: asked }: UnsubscribeEnvelope): Refusal | undefined {
    const named = this.#groupOf(asked)
    if (!named.ok) return named.refusal
    const membership = this.#memberships.get(named.value)
    if (membership === undefined) {
      return refuse('not_subscribed', `This link does not follow "${named.value}".`).refusal
    }
    membership.leave()
    this.#memberships.delete(named.value)
    this.#answering.send({ type: 'ack', id, group: named.value })
    return undefined
  }

  async #annotate(envelope: AnnotateEnvelope): Promise<Refusal | undefined> {
    const named = this.#groupOf(envelope.group)
    if (!named.ok) return named.refusal
    const { name: author } = this.#hello
    if (author === undefined) return refuse('name_missing', 'Say hello with a name to write.').refusal
    const { type: _type, id, group: _group, key, ...draft } = envelope
    const change: Change = { type: 'annotate', author, draft }
    const scoped = key === undefined ? {} : { key: `${this.#person} ${key}` }
    const accepted = await this.#host.engine.append({ group: named.value, change, ...scoped })
    if (!accepted.ok) return accepted.refusal
    const { cursor, annotation } = accepted.value
    const said = annotation === undefined ? {} : { annotation }
    this.#answering.send({ type: 'ack', id, group: named.value, cursor: encodeCursor(cursor), ...said })
    return undefined
  }

  #groupOf(asked: string | undefined): Result<string> {
    const text = asked ?? this.#defaultGroup
    if (text === undefined) return refuse('group_missing', 'Name a group: this address has no default.')
    return canonicalGroupName(text)
  }
}

function echo(id: number | undefined, refusal: Refusal | undefined): DecodeRefusal | undefined {
  return refusal === undefined ? undefined : { ...refusal, ...idOf(id) }
}

function idOf(id: number | undefined): { id?: number } {
  return id === undefined ? {} : { id }
}
