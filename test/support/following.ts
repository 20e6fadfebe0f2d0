// Strangers who follow one group over each transport, with nothing of ours but the schemas: for the contract of them all.

import {
  applyUpdate,
  type ClientEnvelope,
  createState,
  cursorOf,
  decodeServerEnvelope,
  encodeCursor,
  type GroupState,
  type ServerEnvelope,
} from '@chartroom/shared'
import { vi } from 'vitest'
import { WireClient } from './wire-client.ts'

/** How somebody follows. */
export interface FollowWish {
  readonly group: string
  readonly name?: string
  readonly secret?: string
  readonly paceMs?: Extract<ClientEnvelope, { type: 'subscribe' }>['paceMs']
  readonly windowMs?: number
  readonly cursor?: string
}

/** Somebody who follows a group, whatever the transport. */
export abstract class Following {
  /** What came and was not asked for yet. */
  readonly envelopes: ServerEnvelope[] = []
  readonly state: GroupState
  /** What each update led from and to. */
  readonly steps: { readonly from: number; readonly to: number }[] = []
  /** Why the server would not have it, over HTTP. */
  refusal: string | undefined
  isOver = false
  protected readonly wish: FollowWish
  protected readonly url: string

  constructor(url: string, wish: FollowWish, state = createState(wish.group)) {
    this.url = url
    this.wish = wish
    this.state = state
  }

  get cursor(): string {
    return encodeCursor(cursorOf(this.state))
  }

  /** Resolves with the next envelope of a type that fits. */
  async next<T extends ServerEnvelope['type']>(
    type: T,
    fits: (envelope: Extract<ServerEnvelope, { type: T }>) => boolean = () => true,
  ): Promise<Extract<ServerEnvelope, { type: T }>> {
    const isWanted = (one: ServerEnvelope): one is Extract<ServerEnvelope, { type: T }> =>
      one.type === type && fits(one as Extract<ServerEnvelope, { type: T }>) // the line before proves the type
    return this.until(() => {
      const found = this.envelopes.find(isWanted)
      if (found === undefined) throw new Error(`no ${type} came; there is ${JSON.stringify(this.envelopes)}`)
      this.envelopes.splice(this.envelopes.indexOf(found), 1)
      return found
    })
  }

  /** Resolves when what came makes the state reach a revision. */
  async reached(revision: number): Promise<void> {
    await this.until(() => {
      if (this.state.revision < revision) throw new Error(`${this.state.revision} of ${revision} was reached`)
    })
  }

  until<T>(look: () => T): Promise<T> {
    return vi.waitFor(look, { timeout: 10_000, interval: 5 })
  }

  /** Begins to follow. */
  abstract open(): Promise<void>
  /** Goes as the network would: without a word. */
  abstract cut(): void
  /** Reads nothing until `resume`. */
  pause(): void {}
  resume(): void {}

  protected took(text: string): void {
    const decoded = decodeServerEnvelope(text)
    if (!decoded.ok) throw new Error(`${decoded.refusal.message} in ${text}`)
    const { value } = decoded
    this.envelopes.push(value)
    if (value.type !== 'update') return
    this.steps.push({ from: value.from, to: value.to })
    const outcome = applyUpdate(this.state, value)
    if (outcome === 'gap') throw new Error(`a gap: ${text} at ${this.cursor}`)
  }

  protected get headers(): Record<string, string> {
    return this.wish.secret === undefined ? {} : { 'Chartroom-Secret': this.wish.secret }
  }

  protected query(cursor: string | undefined, more: Record<string, string> = {}): URLSearchParams {
    const { name, paceMs = 100, windowMs } = this.wish
    return new URLSearchParams({
      ...(name === undefined ? {} : { name }),
      ...(windowMs === undefined ? {} : { windowMs: String(windowMs) }),
      ...(cursor === undefined ? {} : { since: cursor }),
      paceMs: String(paceMs),
      ...more,
    })
  }
}

/** Over a WebSocket. */
export class SocketFollowing extends Following {
  #client: WireClient | undefined

  async open(): Promise<void> {
    const { group, name, secret, paceMs = 100, windowMs, cursor } = this.wish
    this.#client = new WireClient(`${this.url}/ws`)
    this.#client.socket.on('message', (data) => this.took(String(data)))
    this.#client.socket.on('close', () => {
      this.isOver = true
    })
    await this.#client.opened()
    this.#client.send(
      { type: 'hello', id: 0, ...(name === undefined ? {} : { name }), ...(secret === undefined ? {} : { secret }) },
      {
        ...{ type: 'subscribe', id: 0, group, paceMs },
        ...(windowMs === undefined ? {} : { windowMs }),
        ...(cursor === undefined ? {} : { cursor }),
      },
    )
  }

  cut(): void {
    this.#client?.close()
  }

  override pause(): void {
    this.#client?.socket.pause()
  }

  override resume(): void {
    this.#client?.socket.resume()
  }
}

/** Over server-sent events, read as the standard says. */
export class EventFollowing extends Following {
  readonly #abort = new AbortController()
  /** The last id that came, which a browser sends back. */
  lastEventId = ''
  retryMs: number | undefined
  #isPaused = false
  #goOn = () => {}

  async open(): Promise<void> {
    const path = `/api/groups/${encodeURIComponent(this.wish.group)}/events`
    const response = await fetch(`${this.url}${path}?${this.query(this.wish.cursor)}`, {
      headers: this.headers,
      signal: this.#abort.signal,
    })
    if (response.status === 200) void this.#read(response)
    else this.refusal = String(Object(await response.json()).code)
  }

  cut(): void {
    this.#abort.abort()
  }

  override pause(): void {
    this.#isPaused = true
  }

  override resume(): void {
    this.#isPaused = false
    this.#goOn()
  }

  async #read(response: Response): Promise<void> {
    let text = ''
    const decoder = new TextDecoder()
    try {
      for await (const bytes of response.body ?? []) {
        text += decoder.decode(bytes, { stream: true })
        const events = text.split('\n\n')
        text = events.pop() ?? ''
        for (const event of events) this.#tookEvent(event)
        if (this.#isPaused) await new Promise<void>((resolve) => (this.#goOn = resolve))
      }
    } catch (error) {
      if (!this.#abort.signal.aborted && !(error instanceof TypeError)) throw error
    }
    this.isOver = true
  }

  #tookEvent(event: string): void {
    for (const line of event.split('\n')) {
      if (line.startsWith('id: ')) this.lastEventId = line.slice(4)
      if (line.startsWith('retry: ')) this.retryMs = Number(line.slice(7))
      if (line.startsWith('data: ')) this.took(line.slice(6))
    }
  }
}

/** By asking again and again, with a wait or without. */
export class PollFollowing extends Following {
  readonly #waitMs: number
  readonly #abort = new AbortController()
  #isPaused = false
  #goOn = () => {}

  constructor(waitMs: number, url: string, wish: FollowWish, state?: GroupState) {
    super(url, wish, state)
    this.#waitMs = waitMs
  }

  async open(): Promise<void> {
    await this.#ask(this.wish.cursor)
    if (!this.isOver) void this.#askOn()
  }

  cut(): void {
    this.isOver = true
    this.#abort.abort()
  }

  override pause(): void {
    this.#isPaused = true
  }

  override resume(): void {
    this.#isPaused = false
    this.#goOn()
  }

  async #askOn(): Promise<void> {
    while (!this.isOver) {
      if (this.#isPaused) await new Promise<void>((resolve) => (this.#goOn = resolve))
      await this.#ask(this.cursor)
    }
  }

  async #ask(cursor: string | undefined): Promise<void> {
    const groups = encodeURIComponent(this.wish.group)
    const query = this.query(cursor, { groups, waitMs: String(this.#waitMs) })
    try {
      const response = await fetch(`${this.url}/api/changes?${query}`, {
        headers: this.headers,
        signal: this.#abort.signal,
      })
      const answer: unknown = await response.json()
      if (!Array.isArray(answer)) throw new TypeError(String(Object(answer).code))
      for (const envelope of answer) this.took(JSON.stringify(envelope))
    } catch (error) {
      // An abort, or a server that goes or has gone.
      if (!(error instanceof TypeError) && !this.#abort.signal.aborted) throw error
      this.isOver = true
    }
  }
}
