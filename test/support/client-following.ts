// Our client as somebody who follows, on a network that lets one way in through: for the contract of them all.

import { type Connection, createConnection, createPlatform, type Replica, type Way } from '@chartroom/shared/client'
import { WebSocket } from 'ws'
import { Following, type FollowWish } from './following.ts'

const ways: readonly Way[] = ['websocket', 'event-stream', 'long-poll', 'poll']

/** Over one way of our client. */
export class ClientFollowing extends Following {
  refusal: string | undefined
  readonly #network: OneWay
  #connection: Connection | undefined
  #replica: Replica | undefined
  /** Whether it is to come back at once, and not as it likes. */
  #isComing = false

  constructor(way: Way, url: string, wish: FollowWish) {
    super(wish)
    this.#network = new OneWay(way, url)
  }

  get state() {
    return this.#followed.state
  }

  get granted(): Following['granted'] {
    const { isFilled, name, paceMs } = this.#followed
    return isFilled ? { name, paceMs } : undefined
  }

  get isOver(): boolean {
    return ['waiting', 'closed'].includes(this.#connection?.state.word ?? '')
  }

  async open(): Promise<void> {
    const { group, name, secret, paceMs = 100, windowMs } = this.wish
    const connection = createConnection({ url: this.#network.url, platform: this.#network.platform, name, secret })
    const replica = connection.follow(group, { paceMs, windowMs })
    this.#connection = connection
    this.#replica = replica
    replica.onUpdate((update) => this.updates.push(update))
    replica.onPeople(() => {
      this.people = replica.people
    })
    replica.onRefused(({ code }) => {
      this.refusal = code
    })
    connection.onState(({ word }) => {
      if (word === 'waiting' && this.#isComing) connection.reconnectNow()
    })
  }

  cut(): void {
    this.#isComing = false
    this.#network.cut()
  }

  override end(): void {
    this.#connection?.close()
  }

  async comeBack(url?: string): Promise<number> {
    // A poll forgives one question that failed; what had come when a socket was cut may still be unpacked.
    await this.until(() => {
      if (!this.isOver) throw new Error('the cut was not noticed')
    })
    const { revision } = this.#followed.state
    this.updates = []
    this.#isComing = true
    this.#network.mend(url)
    this.#connection?.reconnectNow()
    return revision
  }

  pause(): void {
    this.#network.pause()
  }

  resume(): void {
    this.#network.resume()
  }

  get #followed(): Replica {
    if (this.#replica === undefined) throw new Error('Nobody follows yet.')
    return this.#replica
  }
}

/** A network that lets one way in through, that can be cut, and on which nothing need be read. */
class OneWay {
  readonly #way: Way
  readonly #cuts = new Set<() => void>()
  readonly #sockets = new Set<WebSocket>()
  #isAway = false
  #reading: Promise<void> = Promise.resolve()
  #goOn = () => {}
  /** Where the server is. */
  #target: string
  /** What the client takes for its address. */
  readonly url: string

  constructor(way: Way, url: string) {
    this.#way = way
    this.#target = url
    this.url = url
  }

  get platform() {
    const place = ways.indexOf(this.#way)
    // What an earlier visit found: so the client begins there.
    const memory = { read: () => `${place} ${Number.MAX_SAFE_INTEGER}`, write() {} }
    const open = (url: string, protocol: string) => this.#socket(url, protocol)
    const host = createPlatform({ WebSocket, fetch: (url, init) => this.#fetch(url, init) })
    return { ...host, openSocket: open, memory }
  }

  cut(): void {
    this.#isAway = true
    for (const cut of this.#cuts) cut()
  }

  mend(url = this.#target): void {
    this.#target = url
    this.#isAway = false
  }

  pause(): void {
    this.#reading = new Promise((resolve) => {
      this.#goOn = resolve
    })
    for (const socket of this.#sockets) socket.pause()
  }

  resume(): void {
    this.#goOn()
    for (const socket of this.#sockets) socket.resume()
  }

  #socket(url: string, protocol: string): WebSocket {
    if (this.#isAway || this.#way !== 'websocket') throw new Error('No socket opens here.')
    const socket = new WebSocket(url.replace(this.url.slice(4), this.#target.slice(4)), protocol)
    const cut = () => socket.terminate()
    this.#cuts.add(cut)
    this.#sockets.add(socket)
    socket.on('close', () => {
      this.#cuts.delete(cut)
      this.#sockets.delete(socket)
    })
    return socket
  }

  async #fetch(url: string, init: RequestInit) {
    if (this.#isAway || !this.#isLet(url)) throw new TypeError('The network is away.')
    const abort = new AbortController()
    const cut = () => abort.abort()
    init.signal?.addEventListener('abort', cut)
    this.#cuts.add(cut)
    const response = await fetch(url.replace(this.url, this.#target), { ...init, signal: abort.signal })
    const reader = response.body?.getReader()
    const read = async () => {
      await this.#reading
      return reader?.read() ?? { done: true }
    }
    const { ok, status } = response
    return { ok, status, body: { getReader: () => ({ read }) }, json: async () => JSON.parse(await textOf(read)) }
  }

  #isLet(url: string): boolean {
    const { pathname, searchParams } = new URL(url)
    if (pathname === '/api/events') return this.#way === 'event-stream'
    if (pathname !== '/api/changes') return true
    // A long poll begins with a question that does not wait.
    return this.#way === 'long-poll' || (this.#way === 'poll' && searchParams.get('waitMs') === '0')
  }
}

async function textOf(read: () => Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>) {
  const pieces: Uint8Array[] = []
  for (let next = await read(); next.value !== undefined; next = await read()) pieces.push(next.value)
  return Buffer.concat(pieces).toString()
}
