// A host for the client whose time stands still, whose sockets are two queues, and whose chance a test decides.

import type { FetchLike, Platform, SocketLike, Undo } from '@chartroom/shared/client'
import { FakeClock } from './fake-clock.ts'

/** A host that does nothing by itself. */
export class FakePlatform implements Platform {
  /** Every socket that was opened, oldest first. */
  readonly sockets: FakeSocket[] = []
  /** What `random` says next and from then on, 0 to 1. */
  chance: () => number = () => 0
  answer: FetchLike = () => Promise.reject(new Error('nobody answers'))
  /** When set, no socket can even be begun. */
  refusal: Error | undefined
  #epochMs = 1_795_000_000_000
  readonly #clock = new FakeClock()
  readonly #wakes = new Set<() => void>()

  readonly fetch: FetchLike = (url, init) => this.answer(url, init)
  readonly now = (): number => this.#epochMs + this.#clock.now()
  readonly random = (): number => this.chance()
  readonly setTimer = this.#clock.setTimer

  readonly openSocket = (url: string, protocol: string): FakeSocket => {
    if (this.refusal !== undefined) throw this.refusal
    const socket = new FakeSocket(url, protocol)
    this.sockets.push(socket)
    return socket
  }

  readonly onWake = (listener: () => void): Undo => {
    this.#wakes.add(listener)
    return () => void this.#wakes.delete(listener)
  }

  /** The socket that was opened last. */
  get socket(): FakeSocket {
    const socket = this.sockets.at(-1)
    if (socket === undefined) throw new Error('No socket was opened.')
    return socket
  }

  /** How many timers wait, and who listens for waking: none of both, once everything is closed. */
  get waiting(): number {
    return this.#clock.waiting + this.#wakes.size
  }

  /** Moves the time on, and runs every timer that comes due. */
  advance(ms: number): void {
    this.#clock.advance(ms)
  }

  /** Time passes and no timer notices: a laptop sleeps, or a background tab is held back. */
  suspend(ms: number): void {
    this.#epochMs += ms
  }

  /** The network is back, or the page is seen again. */
  wake(): void {
    for (const listener of [...this.#wakes]) listener()
  }
}

/** A socket as two queues: what was sent lies in `toServer`, what comes is handed over by `receive`. */
export class FakeSocket implements SocketLike {
  onopen: SocketLike['onopen'] = null
  onmessage: SocketLike['onmessage'] = null
  onclose: SocketLike['onclose'] = null
  onerror: SocketLike['onerror'] = null
  bufferedAmount = 0
  readonly url: string
  readonly protocol: string
  readonly toServer: string[] = []
  readonly toClient: string[] = []
  state: 'opening' | 'open' | 'closed' = 'opening'
  /** How the client closed it. */
  closedWith: { readonly code: number | undefined; readonly reason: string | undefined } | undefined

  constructor(url: string, protocol: string) {
    this.url = url
    this.protocol = protocol
  }

  send(text: string): void {
    if (this.state === 'opening') throw new Error('The socket is not open yet.')
    if (this.state === 'open') this.toServer.push(text)
  }

  close(code?: number, reason?: string): void {
    // What a browser does with a code that is no one's to send.
    if (code !== undefined && code !== 1000 && (code < 3000 || code > 4999)) throw new Error(`${code} may not be sent.`)
    this.closedWith ??= { code, reason }
    this.state = 'closed'
  }

  open(): void {
    this.state = 'open'
    tell(this.onopen, {})
  }

  /** A frame arrives. */
  receive(data: unknown): void {
    tell(this.onmessage, { data })
  }

  /** The other side or the network ends it; what was under way is lost. */
  end(code: number, reason = ''): void {
    this.state = 'closed'
    this.toServer.length = 0
    this.toClient.length = 0
    tell(this.onerror, {})
    tell(this.onclose, { code, reason })
  }
}

// The handlers take `never`, so that any host's events fit: here is the one host that makes its own.
function tell(handler: SocketLike['onopen'], event: unknown): void {
  Reflect.apply(handler ?? (() => {}), undefined, [event])
}
