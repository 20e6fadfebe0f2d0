// Owns one WebSocket as a link: writing, fullness, closing. Only upgrade.ts, socket-inside.ts and this file know ws.

import { type Close, close, limits } from '@chartroom/shared'
import type { Frame, UpdateFrame } from '../groups/frame.ts'
import type { Link } from '../groups/subscriber.ts'
import { type OpaqueSocket, SocketInside } from './socket-inside.ts'

/** What we need of a `ws` socket. */
export interface SocketLike extends OpaqueSocket {
  readonly OPEN: number
  readonly readyState: number
  readonly bufferedAmount: number
  send(data: Buffer, options: { readonly binary: boolean; readonly compress: boolean }, flushed: () => void): void
  ping(): void
  close(code: number, reason: string): void
  terminate(): void
  pause(): void
  resume(): void
  on(event: 'message', listener: (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => void): unknown
  on(event: 'error' | 'pong', listener: () => void): unknown
  on(event: 'close', listener: (code: number) => void): unknown
}

/** What a link tells its session. */
export interface LinkEvents {
  /** A text frame came. */
  onText(text: string): void
  /** A binary frame came. */
  onBinary(data: Buffer): void
  /** A ping of the WebSocket was answered. */
  onPong(): void
  /** The link was full, and has drained. */
  onDrained(): void
  /** The link is gone; once. `code` is ours where we closed, else the peer's, 1006 without one (RFC 6455 7.4.1). */
  onClosed(code: number): void
}

/** A link that a session holds. */
export interface SessionLink extends Link {
  /** Closes with a code of close.ts; closing twice is fine. */
  close(how: Close): void
  /** Stops reading until `resume`: what a peer sends too fast waits in its own socket. */
  pause(): void
  resume(): void
}

/** What a WebSocket sends: a text, as a ready message where there is one, and compressed where it is one for several. */
export type Sendable = Pick<Frame, 'bytes'> & Partial<Pick<UpdateFrame, 'message' | 'packed'>>

/** A WebSocket as a link: it takes whatever has bytes. */
export interface WebSocketLink extends SessionLink {
  send(frame: Sendable): void
  /** Sends a ping of RFC 6455, for a peer that knows no other. */
  ping(): void
}

// After a close frame the peer has this long to answer before the socket is cut; a slow one more, because the frame
// waits behind what it has not read yet, and only the frame tells it to come back at a slower pace.
const closeGraceMs = 1_000
const slowGraceMs = 10_000
// Who stopped reading never learns of an end that waits behind what it does not read, and the kernel keeps megabytes
// for it meanwhile: it is reset.
const resetAfter: readonly Close[] = [close.slow, close.noPong]

// The bytes are text already, and compressing for each link would cost twelve times the rest.
const asText = { binary: false, compress: false }

/** Makes a link of an open socket. `setTimer` returns its undo; `reset` cuts it so that the peer learns of it at once. */
export function createWebSocketLink(
  socket: SocketLike,
  id: string,
  setTimer: (run: () => void, ms: number) => () => void,
  reset: () => void,
  events: LinkEvents,
): WebSocketLink {
  return new OpenLink(socket, id, setTimer, reset, events)
}

// A class, because there are thousands: as a literal with functions of its own each took 1 KB more.
class OpenLink implements WebSocketLink {
  readonly id: string
  readonly #socket: SocketLike
  readonly #inside: SocketInside | undefined
  readonly #setTimer: (run: () => void, ms: number) => () => void
  readonly #reset: () => void
  readonly #events: LinkEvents
  readonly #flushed = () => this.#noteDrained()
  #wasFull = false
  #cancelSlow: (() => void) | undefined
  #cancelCut: (() => void) | undefined
  #ours: Close | undefined

  constructor(
    socket: SocketLike,
    id: string,
    setTimer: (run: () => void, ms: number) => () => void,
    reset: () => void,
    events: LinkEvents,
  ) {
    this.id = id
    this.#socket = socket
    this.#inside = SocketInside.of(socket)
    this.#setTimer = setTimer
    this.#reset = reset
    this.#events = events
    socket.on('message', (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => {
      this.#inside?.letGo()
      if (isBinary) events.onBinary(bytesOf(data))
      else events.onText(bytesOf(data).toString())
    })
    socket.on('pong', () => events.onPong())
    // ws answers a protocol fault (a frame too large, bad UTF-8) with its close code itself; the close event follows.
    socket.on('error', () => {})
    socket.on('close', (code: number) => this.#noteClosed(code))
  }

  get isFull(): boolean {
    return this.#socket.bufferedAmount >= limits.fullLinkBytes
  }

  send(frame: Sendable): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    // What is for one only, an ack or a welcome, would be compressed for each.
    const message = (this.#inside?.takesPacked ? frame.packed : undefined) ?? frame.message
    const isWritten = message !== undefined && this.#inside?.write(message) === true
    if (!isWritten) this.#socket.send(frame.bytes, asText, this.#flushed)
    this.#noteFull()
  }

  close(how: Close): void {
    if (this.#socket.readyState > this.#socket.OPEN) return
    this.#ours = how
    this.#socket.close(how.code, how.reason)
    const cut = () => (resetAfter.includes(how) ? this.#reset() : this.#socket.terminate())
    this.#cancelCut = this.#setTimer(cut, how === close.slow ? slowGraceMs : closeGraceMs)
  }

  ping(): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.ping()
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  #noteFull(): void {
    if (this.#wasFull || !this.isFull) return
    this.#wasFull = true
    this.#inside?.onceDrained(this.#flushed)
    this.#cancelSlow = this.#setTimer(() => this.close(close.slow), limits.slowLinkMs)
  }

  #noteDrained(): void {
    if (!this.#wasFull || this.isFull) return
    this.#wasFull = false
    this.#cancelSlow?.()
    this.#events.onDrained()
  }

  #noteClosed(code: number): void {
    this.#cancelSlow?.()
    this.#cancelCut?.()
    // A peer that was cut, or that answers with a code of its own, was still closed by us.
    this.#events.onClosed(this.#ours?.code ?? code)
  }
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
