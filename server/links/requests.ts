// Owns what each request of a ready link does, one function a request; how a link opens and closes is session.ts's.

import {
  type AnnotateEnvelope,
  type ArrangeEnvelope,
  accept,
  type Change,
  type ClientEnvelope,
  type DecodeRefusal,
  decodeCursor,
  encodeCursor,
  type HelloEnvelope,
  isInboxName,
  limits,
  type PointEnvelope,
  type ReactEnvelope,
  type Refusal,
  type Result,
  type RetractEnvelope,
  type ReviseEnvelope,
  refuse,
  type ServerEnvelope,
  type SubscribeEnvelope,
  type UnsubscribeEnvelope,
  type WelcomeEnvelope,
} from '@chartroom/shared'
import type { Engine } from '../engine/engine.ts'
import type { Claim } from '../engine/holders.ts'
import type { Groups, Membership } from '../groups/groups.ts'
import type { Link } from '../groups/subscriber.ts'
import { admit, followable } from './admission.ts'

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

/** The requests of one link that said hello. */
export class Requests {
  readonly #host: RequestsHost
  readonly #hello: HelloEnvelope
  readonly #defaultGroup: string | undefined
  readonly #answering: Answering
  readonly #person: string
  readonly #memberships = new Map<string, Membership>()
  /** The groups of which a past was asked for: who changes the pace need not ask again. */
  readonly #pasts = new Set<string>()
  #isClosed = false

  constructor(host: RequestsHost, hello: HelloEnvelope, defaultGroup: string | undefined, answering: Answering) {
    this.#host = host
    this.#hello = hello
    this.#defaultGroup = defaultGroup
    this.#answering = answering
    this.#person = hello.secret === undefined ? `link ${answering.id}` : host.personOf(hello.secret)
  }

  /** Answers hello. */
  welcome(hello: HelloEnvelope): void {
    this.#answering.send(welcomeFor(hello, this.#host.now()))
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
        return echo(envelope.id, await this.#revise(envelope))
      case 'retract':
        return echo(envelope.id, await this.#retract(envelope))
      case 'react':
        return echo(envelope.id, await this.#react(envelope))
      case 'point':
        return echo(envelope.id, this.#point(envelope))
      case 'arrange':
        return echo(envelope.id, await this.#arrange(envelope))
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
    for (const membership of this.#memberships.values()) membership.catchUp()
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
    if (earlier === undefined && this.#countOf(isInboxName(group)) >= limits.maxGroupsPerSocket) {
      return refuse('socket_group_limit', `A link follows at most ${limits.maxGroupsPerSocket} groups.`).refusal
    }
    const { id, paceMs = limits.defaultPaceMs, windowMs, present = true } = envelope
    const hasPast = windowMs !== undefined || this.#pasts.has(group)
    const joined = await admit(this.#host, {
      ...{ link, group, windowMs, paceMs, claim: this.#claim(), hasPast },
      cursor: envelope.cursor === undefined ? undefined : decodeCursor(envelope.cursor),
      person: present ? this.#person : undefined,
      holder: this.#holder,
      isGone: () => this.#isClosed,
      admitted: (granted) => this.#answering.send({ type: 'ack', id, ...granted }),
    })
    if (!joined.ok) return joined.refusal
    if (joined.value === undefined) return undefined
    // The new one is in before the old one goes, so that nobody sees the person leave.
    earlier?.leave()
    if (hasPast) this.#pasts.add(group)
    this.#memberships.set(group, joined.value)
    return undefined
  }

  #point({ id, group: asked, metric, typing, away }: PointEnvelope): Refusal | undefined {
    const membership = this.#membershipOf(asked)
    if (!membership.ok) return membership.refusal
    membership.value.point({ metric, typing, away })
    this.#answering.send({ type: 'ack', id })
    return undefined
  }

  #unsubscribe({ id, group: asked }: UnsubscribeEnvelope): Refusal | undefined {
    const membership = this.#membershipOf(asked)
    if (!membership.ok) return membership.refusal
    const { group, leave } = membership.value
    leave()
    this.#memberships.delete(group)
    this.#pasts.delete(group)
    this.#answering.send({ type: 'ack', id, group })
    return undefined
  }

  #annotate(envelope: AnnotateEnvelope): Promise<Refusal | undefined> {
    const { type: _type, id: _id, group: _group, key: _key, ...draft } = envelope
    return this.#write(envelope, (author) => ({ type: 'annotate', author, draft }))
  }

  #revise(envelope: ReviseEnvelope): Promise<Refusal | undefined> {
    const { annotation: id, text } = envelope
    return this.#write(envelope, () => ({ type: 'revise', id, text }))
  }

  #retract(envelope: RetractEnvelope): Promise<Refusal | undefined> {
    return this.#write(envelope, () => ({ type: 'retract', id: envelope.annotation }))
  }

  #react(envelope: ReactEnvelope): Promise<Refusal | undefined> {
    const { annotation: id, reaction, on } = envelope
    return this.#write(envelope, (name) => ({ type: 'react', id, name, reaction, on }))
  }

  #arrange(envelope: ArrangeEnvelope): Promise<Refusal | undefined> {
    const { edits } = envelope
    return this.#write(envelope, (name) => ({ type: 'arrange', edits, name }))
  }

  // Under which name, and whether they may, the engine says in the commit that stores it.
  async #write(
    { id, group: asked, key }: Pick<AnnotateEnvelope, 'id' | 'group' | 'key'>,
    changeOf: (name: string) => Change,
  ): Promise<Refusal | undefined> {
    const named = this.#groupOf(asked)
    if (!named.ok) return named.refusal
    const group = named.value
    const claim = this.#claim()
    if (claim === undefined) return refuse('name_missing', 'Say hello with a name to write.').refusal
    // Without a secret the key alone must do, or a retry over another link would do it twice.
    const scope = this.#hello.secret === undefined ? 'anybody' : this.#person
    const scoped = key === undefined ? {} : { key: `${scope} ${key}` }
    const accepted = await this.#host.engine.append({ group, change: changeOf(claim.name), claim, ...scoped })
    if (!accepted.ok) return accepted.refusal
    const { cursor, annotation, inbox } = accepted.value
    const written = annotation === undefined ? {} : { annotation }
    this.#answering.send({ type: 'ack', id, group: inbox ?? group, cursor: encodeCursor(cursor), ...written })
    return undefined
  }

  #claim(): Claim | undefined {
    const { name } = this.#hello
    return name === undefined ? undefined : { name, person: this.#holder }
  }

  get #holder(): string | undefined {
    return this.#hello.secret === undefined ? undefined : this.#person
  }

  // Inboxes are counted apart, so that a link may follow that of each of its groups.
  #countOf(inboxes: boolean): number {
    return [...this.#memberships.keys()].filter((group) => isInboxName(group) === inboxes).length
  }

  #membershipOf(asked: string | undefined): Result<Membership & { readonly group: string }> {
    const named = this.#groupOf(asked)
    if (!named.ok) return named
    const membership = this.#memberships.get(named.value)
    if (membership === undefined) return refuse('not_subscribed', `This link does not follow "${named.value}".`)
    return accept({ ...membership, group: named.value })
  }

  #groupOf(asked: string | undefined): Result<string> {
    const text = asked ?? this.#defaultGroup
    if (text === undefined) return refuse('group_missing', 'Name a group: this address has no default.')
    return followable(text)
  }
}

/** The answer to hello at a time (Unix ms). */
export function welcomeFor({ id, name }: HelloEnvelope, time: number): WelcomeEnvelope {
  const { pacesMs, ...numbers } = limits
  const told = { ...numbers, pacesMs: [...pacesMs] }
  return { type: 'welcome', id, ...(name === undefined ? {} : { name }), time, pingMs: limits.pingMs, limits: told }
}

function echo(id: number | undefined, refusal: Refusal | undefined): DecodeRefusal | undefined {
  return refusal === undefined ? undefined : { ...refusal, ...idOf(id) }
}

function idOf(id: number | undefined): { id?: number } {
  return id === undefined ? {} : { id }
}
