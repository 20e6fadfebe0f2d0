// Owns one group as this client has it: its state, kept over connections, its people, and who is told of changes.

import {
  type Annotation,
  type AnnotationDraft,
  type AnnotationPage,
  annotationPage,
  type RunName,
} from '../annotation.ts'
import { applyUpdate, type Outcome } from '../apply.ts'
import type { BoardEdit } from '../board.ts'
import { type Cursor, decodeCursor } from '../cursor.ts'
import { accept, type Refusal, type Result, refuse } from '../fault.ts'
import { limits } from '../limits.ts'
import type { AckEnvelope, PresenceEnvelope } from '../server-envelopes.ts'
import { createState, type GroupState } from '../state.ts'
import type { Update } from '../update.ts'
import type { Http } from './http.ts'
import { Interest } from './interest.ts'
import { Listeners } from './listeners.ts'
import { Pager } from './pager.ts'
import { reachFor } from './past.ts'
import type { Platform, Undo } from './platform.ts'
import { type Attention, Pointer } from './pointer.ts'
import type { People, Replica, WriteOptions } from './replica.ts'
import type { Uplink } from './requests.ts'
import type { ServerClock } from './server-clock.ts'
import { type FollowOptions, Subscription } from './subscription.ts'
import { Unsent } from './unsent.ts'
import { type Draft, writtenOf } from './written.ts'

/** Whose an inbox is. */
export interface Owner {
  readonly group: string
  readonly name: string
}

/** What a followed group is made with. */
export interface FollowedGroupOptions {
  readonly group: string
  /** How this page follows it, if it does. */
  readonly own?: FollowOptions | undefined
  /** How other tabs follow it through this one, if any do. */
  readonly lent?: FollowOptions | undefined
  readonly platform: Platform
  readonly clock: ServerClock
  readonly http: Http
  /** Follows the inbox of a name in this group; undefined for who holds none. */
  readonly followInbox?: (name: string) => FollowedGroup | undefined
  readonly onClose: () => void
}

/** A replica as its connection sees it: attached to one session after another, and told what comes for its group. */
export class FollowedGroup implements Replica {
  readonly state: GroupState
  readonly #options: FollowedGroupOptions
  readonly #subscription: Subscription
  readonly #pagers: Readonly<Record<RunName, Pager>>
  readonly #pointer: Pointer
  readonly #unsent: Unsent
  readonly #updateListeners: Listeners<[Update, Outcome]>
  readonly #pageListeners: Listeners<[]>
  readonly #peopleListeners: Listeners<[]>
  readonly #refusedListeners: Listeners<[Refusal]>
  readonly #inboxListeners: Listeners<[]>
  readonly #handledListeners: Listeners<[]>
  readonly #interest: Interest
  /** The group and the name that an inbox belongs to: nobody is given one there. */
  #owner: Owner | undefined
  #inbox: FollowedGroup | undefined
  #people: People = { count: 0, people: [] }

  constructor(options: FollowedGroupOptions) {
    const { group, platform, http, own, lent } = options
    this.#options = options
    this.#interest = new Interest(own, lent)
    const { wants } = this.#interest
    this.state = createState(group, reachFor(wants.windowMs))
    this.#updateListeners = new Listeners(platform)
    this.#pageListeners = new Listeners(platform)
    this.#peopleListeners = new Listeners(platform)
    this.#refusedListeners = new Listeners(platform)
    this.#inboxListeners = new Listeners(platform)
    this.#handledListeners = new Listeners(platform)
    const onRefused = (refusal: Refusal) => this.#refusedListeners.tell(refusal)
    const onGranted = (name: string | undefined) => this.#handleGranted(name)
    this.#subscription = new Subscription({ ...options, ...wants, state: this.state, onRefused, onGranted })
    this.#pagers = { talk: new Pager(http, this.state, 'talk'), logs: new Pager(http, this.state, 'logs') }
    this.#pointer = new Pointer(platform, group)
    this.#unsent = new Unsent(platform)
  }

  get group(): string {
    return this.state.group
  }

  get people(): People {
    return this.#people
  }

  get paceMs(): number {
    return this.#subscription.paceMs
  }

  get name(): string | undefined {
    return this.#subscription.name ?? this.#owner?.name
  }

  get isFilled(): boolean {
    return this.#subscription.isFilled
  }

  get inbox(): Replica | undefined {
    return this.#inbox
  }

  /** Whether it is now as the server has it, with the past that was asked for: others may be told from it. */
  get isWhole(): boolean {
    return this.#subscription.isWhole
  }

  /** Whether other tabs follow it through this one. */
  get isLent(): boolean {
    return this.#interest.isLent
  }

  onInbox(listener: () => void): Undo {
    return this.#inboxListeners.add(listener)
  }

  onUpdate(listener: (update: Update, outcome: Outcome) => void): Undo {
    return this.#updateListeners.add(listener)
  }

  /** After an update was taken, also one that changed nothing. */
  onHandled(listener: () => void): Undo {
    return this.#handledListeners.add(listener)
  }

  onPage(listener: () => void): Undo {
    return this.#pageListeners.add(listener)
  }

  onPeople(listener: () => void): Undo {
    return this.#peopleListeners.add(listener)
  }

  onRefused(listener: (refusal: Refusal) => void): Undo {
    return this.#refusedListeners.add(listener)
  }

  annotate(draft: AnnotationDraft, options?: WriteOptions): Promise<Result<Annotation>> {
    return this.#write({ ...draft, type: 'annotate' }, options)
  }

  revise(id: number, text: string, options?: WriteOptions): Promise<Result<Annotation>> {
    return this.#write({ type: 'revise', annotation: id, text }, options)
  }

  retract(id: number, options?: WriteOptions): Promise<Result<Annotation>> {
    return this.#write({ type: 'retract', annotation: id }, options)
  }

  react(id: number, reaction: string, on: boolean, options?: WriteOptions): Promise<Result<Annotation>> {
    return this.#write({ type: 'react', annotation: id, reaction, on }, options)
  }

  async arrange(edits: readonly BoardEdit[], options?: WriteOptions): Promise<Result<Cursor>> {
    const done = await this.#send({ type: 'arrange', edits: [...edits] }, options)
    return done.ok ? stored(decodeCursor(done.value.cursor ?? '')) : done
  }

  point(attention: Attention): void {
    this.#pointer.point(this.#interest.attend(attention))
  }

  async pageBack(run: RunName = 'talk', limit: number = limits.pageAnnotations): Promise<Result<boolean>> {
    const paged = await this.#pagers[run].pageBack(limit)
    if (paged.ok) this.#pageListeners.tell()
    return paged
  }

  search(query: string, before?: number): Promise<Result<AnnotationPage>> {
    const asked = `q=${encodeURIComponent(query)}&limit=${limits.pageAnnotations}`
    const from = before === undefined ? '' : `&before=${before}`
    return this.#options.http.get(
      `/api/groups/${encodeURIComponent(this.group)}/search?${asked}${from}`,
      annotationPage,
    )
  }

  /** It is the inbox of a name that this page was granted in a group. */
  belong(owner: Owner): void {
    this.#owner = owner
    this.change({})
  }

  change(options: FollowOptions): void {
    this.#subscription.change(this.#interest.want(options))
  }

  /** Follows it for other tabs too, as they want it together; undefined: for none of them any more. */
  lend(lent: FollowOptions | undefined): void {
    const changed = this.#interest.lend(lent)
    if (this.#interest.isNobodys) this.close()
    else this.#subscription.change(changed)
    if (lent !== undefined) this.#subscription.askAgain()
  }

  /** Says what the pages of other tabs attend to, with what this one does. */
  lendAttention(others: readonly Attention[]): void {
    this.#pointer.point(this.#interest.lendAttention(others))
  }

  close(): void {
    this.#inbox?.close()
    this.#subscription.leave()
    this.#pointer.detach()
    this.#unsent.end({ code: 'closing', message: 'The group was left before it was stored.' })
    this.#options.onClose()
  }

  /** A session began: subscribe, and send what was written meanwhile. */
  attach(uplink: Uplink): void {
    this.#subscription.attach(uplink)
    this.#unsent.attach(uplink)
    this.#pointer.attach(uplink)
  }

  /** The session ended; another may come. */
  detach(): void {
    this.#subscription.detach()
    this.#unsent.detach()
    this.#pointer.detach()
  }

  /** The session ended, and no other will come by itself. */
  end(refusal: Refusal): void {
    this.#subscription.detach()
    this.#unsent.end(refusal)
    this.#pointer.detach()
  }

  /** The link did not drain at this pace: the next subscribe asks for a slower one. */
  slowDown(): void {
    this.#subscription.slowDown()
  }

  /** Takes an update; true when it was pushed, and false when it answers a subscribe, so that its age says nothing. */
  handleUpdate(update: Update): boolean {
    const outcome = applyUpdate(this.state, update)
    const isPush = this.#subscription.handleOutcome(update, outcome)
    if (outcome === 'replaced' || outcome === 'merged') this.#updateListeners.tell(update, outcome)
    this.#handledListeners.tell()
    return isPush
  }

  handlePresence({ count, people }: PresenceEnvelope): void {
    this.#people = { count, people }
    this.#peopleListeners.tell()
  }

  // Who only looks at a group is not looked for there.
  #handleGranted(name: string | undefined): void {
    const isSought = name !== undefined && this.#subscription.isPresent
    const inbox = isSought ? this.#options.followInbox?.(name) : undefined
    if (inbox === this.#inbox) return
    this.#inbox?.close()
    this.#inbox = inbox
    this.#inboxListeners.tell()
  }

  async #write(draft: Draft, options?: WriteOptions): Promise<Result<Annotation>> {
    const done = await this.#send(draft, options)
    return done.ok ? stored(done.value.annotation) : done
  }

  #send(draft: Draft, { key = createKey(this.#options.platform) }: WriteOptions = {}): Promise<Result<AckEnvelope>> {
    // What is written to somebody goes to the group of the inbox, with recipients.
    const group = draft.type === 'annotate' ? (this.#owner?.group ?? this.group) : this.group
    const written = writtenOf({ ...draft, group }, key)
    return written.ok ? this.#unsent.add(written.value) : Promise.resolve(written)
  }
}

function stored<T>(what: T | undefined): Result<T> {
  return what === undefined ? refuse('internal', 'The server did not say what it stored.') : accept(what)
}

// 128 random bits: nobody else writes under this key.
function createKey(platform: Platform): string {
  return Array.from({ length: 4 }, () =>
    Math.floor(platform.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('')
}
