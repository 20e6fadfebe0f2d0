// Owns what a stranger calls: one address and one group give a room, with all that can be done there.

import type { Annotation, AnnotationDraft, AnnotationPage, RunName } from '../annotation.ts'
import type { Outcome } from '../apply.ts'
import type { Refusal, Result } from '../fault.ts'
import { canonicalGroupName } from '../group-name.ts'
import type { Receipt } from '../receipt.ts'
import { receipt } from '../receipt.ts'
import type { Sample } from '../sample.ts'
import type { GroupState } from '../state.ts'
import type { Update } from '../update.ts'
import { readAddress } from './address.ts'
import { type Connection, createConnection } from './connection.ts'
import type { ConnectionState } from './connection-state.ts'
import { Http } from './http.ts'
import { createPlatform, type Platform, type Undo } from './platform.ts'
import type { Attention } from './pointer.ts'
import { Queue } from './queue.ts'
import type { Pen, People, Replica, WriteOptions } from './replica.ts'
import type { FollowOptions } from './subscription.ts'

/** Which group to join, as whom, and how. */
export interface RoomOptions extends FollowOptions {
  readonly group: string
  /** The name to be shown; without one, one may read. */
  readonly name?: string | undefined
  /** Holds the name: made once, kept, told to nobody else. */
  readonly secret?: string | undefined
  /** @default this host's: Node 20 needs `createPlatform({ WebSocket })` */
  readonly platform?: Platform | undefined
}

/** Numbers to post: metric to number or to categories, or samples. A number that JSON does not have is a gap. */
export type Metrics =
  | Readonly<Record<string, number | null | Readonly<Record<string, number | null>>>>
  | readonly Sample[]

/** What happens in a room, and what its listeners hear. */
export interface RoomEvents {
  /** The state has changed, by this. */
  update: (update: Update, outcome: Outcome) => void
  /** A page of older annotations has come. */
  page: () => void
  people: (people: People) => void
  /** There is another inbox, or none. */
  inbox: (inbox: Replica | undefined) => void
  /** The word, or the lag by 0.1 s. */
  connection: (connection: ConnectionState) => void
  /** The server does not let us follow this group. */
  refused: (refusal: Refusal) => void
}

/**
 * One group, joined: its numbers and messages as they are now, and how to add to them. Its messages can be taken one by
 * one too, each once and in order, from when the group came: `for await (const annotation of room)` ends when the room
 * is closed. What one wrote oneself is among them.
 */
export interface Room extends Pen, AsyncIterable<Annotation> {
  readonly group: string
  /** One object for the room's life: updates change it. */
  readonly state: GroupState
  readonly connection: ConnectionState
  readonly people: People
  /** The name under which this group knows us, as granted. */
  readonly name: string | undefined
  /** Whether the state has come; until then it is an empty group. */
  readonly isFilled: boolean
  /** One's direct messages, for who holds a name here; write to somebody by `annotate` with `recipients`. */
  readonly inbox: Replica | undefined
  /** How many messages can be taken now. */
  readonly waiting: number
  /** Takes the next message, if there is one now. */
  read(): Annotation | undefined
  /** Takes the next message as soon as there is one; undefined when the room is closed. */
  next(): Promise<Annotation | undefined>
  on<E extends keyof RoomEvents>(event: E, listener: RoomEvents[E]): Undo
  /** Says what one attends to; what is not named stays. */
  point(attention: Attention): void
  /** Posts numbers to the group. They are not kept for later: what cannot be sent now is refused. */
  post(metrics: Metrics): Promise<Result<Receipt>>
  /** Follows otherwise: at another pace, with a longer window. What is not named stays. */
  change(options: FollowOptions): void
  /** Unix ms by the server's clock. */
  serverNow(): number
  close(): void
}

/** Joins a group. Throws when the address, the name or the secret can be none, or the host has no WebSocket. */
export function connect(url: string, options: RoomOptions): Room {
  const { group, name, secret, platform = createPlatform(), ...how } = options
  const connection = createConnection({ url, platform, name, secret })
  const replica = connection.follow(group, how)
  return new JoinedRoom(connection, replica, new Http(platform, readAddress(url).httpUrl))
}

class JoinedRoom implements Room {
  readonly #connection: Connection
  readonly #replica: Replica
  readonly #http: Http
  readonly #queue: Queue
  readonly #events: { readonly [E in keyof RoomEvents]: (listener: RoomEvents[E]) => Undo }

  constructor(connection: Connection, replica: Replica, http: Http) {
    this.#connection = connection
    this.#replica = replica
    this.#http = http
    this.#queue = new Queue(replica)
    replica.onUpdate(() => this.#queue.look())
    connection.onState(({ word }) => {
      if (word === 'closed') this.#queue.close()
    })
    this.#events = {
      update: (listener) => replica.onUpdate(listener),
      page: (listener) => replica.onPage(listener),
      people: (listener) => replica.onPeople(() => listener(replica.people)),
      inbox: (listener) => replica.onInbox(() => listener(replica.inbox)),
      connection: (listener) => connection.onState(listener),
      refused: (listener) => replica.onRefused(listener),
    }
  }

  get group(): string {
    return this.#replica.group
  }

  get state(): GroupState {
    return this.#replica.state
  }

  get connection(): ConnectionState {
    return this.#connection.state
  }

  get people(): People {
    return this.#replica.people
  }

  get name(): string | undefined {
    return this.#replica.name
  }

  get isFilled(): boolean {
    return this.#replica.isFilled
  }

  get inbox(): Replica | undefined {
    return this.#replica.inbox
  }

  get waiting(): number {
    return this.#queue.waiting
  }

  read(): Annotation | undefined {
    return this.#queue.read()
  }

  next(): Promise<Annotation | undefined> {
    return this.#queue.next()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Annotation> {
    for (let next = await this.next(); next !== undefined; next = await this.next()) yield next
  }

  on<E extends keyof RoomEvents>(event: E, listener: RoomEvents[E]): Undo {
    return this.#events[event](listener)
  }

  annotate(draft: AnnotationDraft, options?: WriteOptions): Promise<Result<Annotation>> {
    return this.#replica.annotate(draft, options)
  }

  revise(id: number, text: string, options?: WriteOptions): Promise<Result<Annotation>> {
    return this.#replica.revise(id, text, options)
  }

  retract(id: number, options?: WriteOptions): Promise<Result<Annotation>> {
    return this.#replica.retract(id, options)
  }

  react(id: number, reaction: string, on: boolean, options?: WriteOptions): Promise<Result<Annotation>> {
    return this.#replica.react(id, reaction, on, options)
  }

  point(attention: Attention): void {
    this.#replica.point(attention)
  }

  async post(metrics: Metrics): Promise<Result<Receipt>> {
    const group = canonicalGroupName(this.group)
    return group.ok
      ? this.#http.post(`/api/groups/${encodeURIComponent(group.value)}/metrics`, metrics, receipt)
      : group
  }

  pageBack(run?: RunName, limit?: number): Promise<Result<boolean>> {
    return this.#replica.pageBack(run, limit)
  }

  search(query: string, before?: number): Promise<Result<AnnotationPage>> {
    return this.#replica.search(query, before)
  }

  change(options: FollowOptions): void {
    this.#replica.change(options)
  }

  serverNow(): number {
    return this.#connection.serverNow()
  }

  close(): void {
    this.#connection.close()
  }
}
