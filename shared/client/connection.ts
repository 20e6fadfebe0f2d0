// Owns the way from one session to the next: when to come back, the state words, and which groups are followed.

import { close } from '../close.ts'
import { accept, type Result, refuse } from '../fault.ts'
import { canonicalGroupName } from '../group-name.ts'
import { inboxName, isInboxName } from '../inbox.ts'
import { limits } from '../limits.ts'
import type { Update } from '../update.ts'
import { readAddress } from './address.ts'
import { Backoff } from './backoff.ts'
import { type ConnectionState, StateTeller } from './connection-state.ts'
import { FollowedGroup, type FollowedGroupOptions } from './followed-group.ts'
import { Http } from './http.ts'
import { type Identity, identityOf } from './identity.ts'
import { Ladder } from './ladder.ts'
import type { Lender } from './lender.ts'
import type { Platform, Undo } from './platform.ts'
import { silenceMs } from './pulse.ts'
import type { Replica } from './replica.ts'
import type { Uplink } from './requests.ts'
import { ServerClock } from './server-clock.ts'
import { Session, type SessionEnd } from './session.ts'
import type { FollowOptions } from './subscription.ts'
import { Tabs } from './tabs.ts'
import type { Way } from './transport.ts'
import { ways } from './ways.ts'

/** A connection to one Chartroom: one socket, several groups, and its coming back. */
export interface Connection {
  readonly state: ConnectionState
  /** The way in that something came by last. */
  readonly way: Way | undefined
  /** Told when something changed that a person would see: the word, or the lag by 0.1 s, at most 4 times a second. */
  onState(listener: (state: ConnectionState) => void): Undo
  /** Follows a group. Who follows it again gets the same replica, changed to what is asked now. */
  follow(group: string, options?: FollowOptions): Replica
  /** Comes back under another name; the groups resume, so nothing is lost. Refused when nobody may be called so. */
  rename(name: string): Result<string>
  /** Waits no longer; also after the server closed for good. */
  reconnectNow(): void
  /** Unix ms by the server's clock, as far as it is known. Bound, so that it can be handed on as a clock. */
  readonly serverNow: () => number
  close(): void
}

/** How to connect. */
export interface ConnectionOptions {
  /** `http(s)://host[:port][/base]`, or `ws(s)://.../ws`. */
  readonly url: string
  readonly platform: Platform
  /** The name to be shown; without one, one may read. */
  readonly name?: string | undefined
  /** Holds the name: made once, kept, told to nobody else. */
  readonly secret?: string | undefined
}

// A connection that lived this long was no failure.
const stableMs = 10_000

/** Opens a connection. Throws when the address, the name or the secret can be none. */
export function createConnection(options: ConnectionOptions): Connection {
  return new LiveConnection(options)
}

class LiveConnection implements Connection, Lender {
  readonly #platform: Platform
  readonly #clock: ServerClock
  readonly #backoff: Backoff
  readonly #teller: StateTeller
  readonly #http: Http
  /** For what is for the holder of the secret only. */
  readonly #ownHttp: Http
  readonly #ladder: Ladder
  readonly #groups = new Map<string, FollowedGroup>()
  readonly #undoWake: Undo
  /** The server, as tabs that share a connection to it know it. */
  readonly #httpUrl: string
  #identity: Identity
  #tabs: Tabs | undefined
  #session: Session | undefined
  /** The session, once it takes requests. */
  #uplink: Uplink | undefined
  #welcomedAt = Number.POSITIVE_INFINITY
  /** What the server said of coming back, ms. */
  #afterMs: number | undefined
  #cancelWait: Undo = () => {}
  #isClosed = false

  readonly serverNow = (): number => this.#clock.now()

  constructor({ url, platform, name, secret }: ConnectionOptions) {
    const { socketUrl, httpUrl } = readAddress(url)
    const identity = identityOf(name, secret)
    if (!identity.ok) throw new Error(`Nobody can connect so: ${identity.refusal.message}`)
    this.#platform = platform
    this.#httpUrl = httpUrl
    this.#identity = identity.value
    this.#ladder = new Ladder(ways(platform, socketUrl, httpUrl))
    this.#clock = new ServerClock(platform)
    this.#backoff = new Backoff(() => platform.random())
    this.#teller = new StateTeller(platform)
    this.#http = new Http(platform, httpUrl)
    this.#ownHttp = new Http(platform, httpUrl, secret)
    this.#undoWake = platform.onWake?.(() => this.#handleWake()) ?? (() => {})
    this.#begin()
  }

  get state(): ConnectionState {
    return this.#teller.state
  }

  get way(): Way | undefined {
    return this.#tabs?.isInside ? 'tab' : this.#ladder.way
  }

  get uplink(): Uplink | undefined {
    return this.#uplink
  }

  get isWelcome(): boolean {
    return Number.isFinite(this.#welcomedAt)
  }

  get isLive(): boolean {
    return this.state.word === 'live'
  }

  onState(listener: (state: ConnectionState) => void): Undo {
    return this.#teller.onState(listener)
  }

  follow(name: string, options: FollowOptions = {}): Replica {
    if (this.#isClosed) throw new Error('A closed connection follows no group.')
    const canonical = canonicalGroupName(name)
    // A name that no group has is left to the server, which says so.
    const group = canonical.ok ? canonical.value : name
    const known = this.#groups.get(group)
    known?.change(options)
    if (!this.hasRoomFor(group)) this.#tabs?.host?.sendAway()
    return known ?? this.#followNew(group, { own: options })
  }

  rename(name: string): Result<string> {
    const identity = identityOf(name, this.#identity.secret)
    if (!identity.ok) return identity
    this.#identity = identity.value
    // Who is somebody else shares nothing with who they were.
    this.#leaveTabs()
    if (this.#session !== undefined) this.#begin()
    return accept(name)
  }

  reconnectNow(): void {
    if (this.#session === undefined && !this.#isClosed) this.#begin()
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#undoWake()
    this.#drop()
    this.#finish(close.done)
    this.#teller.close()
  }

  lend(group: string, wants: FollowOptions): FollowedGroup {
    const known = this.#groups.get(group)
    known?.lend(wants)
    return known ?? this.#followNew(group, { lent: wants })
  }

  hasRoomFor(group: string): boolean {
    // Inboxes are counted apart, and no group has two of one person.
    const groups = [...this.#groups.keys()].filter((name) => !isInboxName(name))
    return isInboxName(group) || this.#groups.has(group) || groups.length < limits.maxGroupsPerSocket
  }

  wake(): void {
    // A wait that the server asked for is kept: it spreads the return of all its clients.
    if (this.state.word === 'waiting' && this.#afterMs === undefined) this.#begin()
  }

  #followNew(group: string, options: Partial<FollowedGroupOptions>): FollowedGroup {
    const followed = new FollowedGroup({
      ...options,
      group,
      platform: this.#platform,
      clock: this.#clock,
      http: isInboxName(group) ? this.#ownHttp : this.#http,
      followInbox: (name) => this.#followInbox(group, name),
      onClose: () => {
        if (this.#groups.get(group) !== followed) return
        this.#groups.delete(group)
        if (followed.isLent) this.#tabs?.host?.handleLeft(group)
      },
    })
    this.#groups.set(group, followed)
    if (this.#uplink !== undefined) followed.attach(this.#uplink)
    return followed
  }

  // A name is held by a secret only. It is asked for behind its group, where the name is granted.
  #followInbox(group: string, name: string): FollowedGroup | undefined {
    if (this.#identity.secret === undefined || isInboxName(group)) return undefined
    const inbox = inboxName(group, name)
    const followed = this.#groups.get(inbox) ?? this.#followNew(inbox, {})
    followed.belong({ group, name })
    return followed
  }

  #begin(): void {
    this.#drop()
    this.#afterMs = undefined
    this.#tabs ??= this.#joinTabs()
    this.#session = new Session({
      platform: this.#platform,
      clock: this.#clock,
      open: this.#tabs?.open ?? this.#ladder.open,
      identity: this.#identity,
      listener: {
        onOpen: (uplink) => this.#handleOpen(uplink),
        onWelcome: (roundTripMs) => this.#handleWelcome(roundTripMs),
        onUpdate: (update) => this.#handleUpdate(update),
        onPresence: (presence) => this.#groups.get(presence.group)?.handlePresence(presence),
        onClosing: (afterMs) => {
          this.#afterMs = afterMs
        },
        onPong: (roundTripMs) => this.#handlePong(roundTripMs),
        onSilence: (lagMs) => this.#teller.set({ word: 'behind', lagMs }),
        onEnd: (end) => this.#handleEnd(end),
      },
    })
    this.#teller.set({ word: 'connecting' })
  }

  #handleOpen(uplink: Uplink): void {
    this.#uplink = uplink
    for (const followed of this.#groups.values()) followed.attach(uplink)
  }

  #handleWelcome(roundTripMs: number): void {
    this.#welcomedAt = this.#platform.now()
    this.#teller.set({ word: 'live', lagMs: roundTripMs / 2 })
    this.#tabs?.host?.handleWelcome()
  }

  #handleUpdate(update: Update): void {
    const session = this.#session
    const followed = this.#groups.get(update.group)
    const isPush = followed?.handleUpdate(update)
    // Who was told of it may have closed the connection, or renamed it.
    if (followed === undefined || !isPush || session !== this.#session) return
    const lagMs = Math.max(0, this.#clock.now() - update.time)
    const isLate = lagMs > Math.max(2 * followed.paceMs, silenceMs)
    this.#teller.set({ word: isLate ? 'behind' : 'live', lagMs })
  }

  // While numbers come, their lag says more than the network's.
  #handlePong(roundTripMs: number): void {
    if (this.state.word === 'behind' && roundTripMs <= silenceMs) {
      this.#teller.set({ word: 'live', lagMs: roundTripMs / 2 })
    }
  }

  #handleWake(): void {
    if (this.#session !== undefined) this.#session.probe()
    else this.wake()
  }

  #handleEnd(end: SessionEnd): void {
    if (this.#platform.now() - this.#welcomedAt >= stableMs) this.#backoff.reset()
    this.#drop()
    this.#tabs?.host?.handleEnd(end, this.#afterMs)
    if (end.isFinal) this.#finish(end)
    else this.#comeBack(end.code)
  }

  #comeBack(code: number): void {
    if (code === close.slow.code) for (const followed of this.#groups.values()) followed.slowDown()
    this.#wait(this.#afterMs ?? this.#backoff.next())
  }

  // Two people at one browser, or one at two servers, share no connection.
  #joinTabs(): Tabs | undefined {
    const { tabs } = this.#platform
    const { name = '', secret = '' } = this.#identity
    return (
      tabs &&
      new Tabs({
        platform: this.#platform,
        tabs,
        name: `chartroom ${JSON.stringify([this.#httpUrl, secret, name])}`,
        openOwn: this.#ladder.open,
        lender: this,
      })
    )
  }

  #leaveTabs(): void {
    this.#tabs?.close()
    this.#tabs = undefined
  }

  #wait(ms: number): void {
    this.#cancelWait = this.#platform.setTimer(() => this.#begin(), ms)
    this.#teller.set({ word: 'waiting', untilMs: this.#platform.now() + ms })
  }

  #drop(): void {
    this.#cancelWait()
    this.#session?.close()
    this.#session = undefined
    this.#uplink = undefined
    this.#welcomedAt = Number.POSITIVE_INFINITY
    for (const followed of this.#groups.values()) followed.detach()
  }

  #finish({ code, reason }: { readonly code: number; readonly reason: string }): void {
    const { refusal } = refuse('closing', `The connection is closed: ${reason}.`)
    for (const followed of this.#groups.values()) followed.end(refusal)
    this.#leaveTabs()
    this.#teller.set({ word: 'closed', code, reason })
  }
}
