// Owns one WebSocket as a link: writing, fullness, closing. It is, with upgrade.ts, the only file that knows ws.

import { type Close, close, limits } from '@chartroom/shared'
import type { Frame } from '../groups/frame.ts'
import type { Link } from '../groups/subscriber.ts'

/** What we need of a `ws` socket. */
export interface SocketLike {
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

/** A WebSocket as a link: it takes whatever has bytes. */
export interface WebSocketLink extends SessionLink {
  send(frame: Pick<Frame, 'bytes'>): void
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

/** Makes a link of an open socket. `setTimer` returns its undo; `reset` cuts it so that the peer learns of it at once. */
export function createWebSocketLink(
  socket: SocketLike,
  id: string,
  setTimer: (run: () => void, ms: number) => () => void,
  reset: () => void,
  events: LinkEvents,
): WebSocketLink {
  let wasFull = false
  let cancelSlow = () => {}
  let cancelCut = () => {}
  let ours: Close | undefined

  function shut(how: Close): void {
    if (socket.readyState > socket.OPEN) return
    ours = how
    socket.close(how.code, how.reason)
    const cut = () => (resetAfter.includes(how) ? reset() : socket.terminate())
    cancelCut = setTimer(cut, how === close.slow ? slowGraceMs : closeGraceMs)
  }

  function noteFull(): void {
    if (wasFull || socket.bufferedAmount < limits.fullLinkBytes) return
    wasFull = true
    cancelSlow = setTimer(() => shut(close.slow), limits.slowLinkMs)
  }

  function flushed(): void {
    if (!wasFull || socket.bufferedAmount >= limits.fullLinkBytes) return
    wasFull = false
    cancelSlow()
    events.onDrained()
  }

  socket.on('message', (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => {
    if (isBinary) events.onBinary(bytesOf(data))
    else events.onText(bytesOf(data).toString())
  })
  socket.on('pong', () => events.onPong())
  // ws answers a protocol fault (a frame too large, bad UTF-8) with its close code itself; the close event follows.
  socket.on('error', () => {})
  socket.on('close', (code: number) => {
    cancelSlow()
    cancelCut()
    // A peer that was cut, or that answers with a code of its own, was still closed by us.
    events.onClosed(ours?.code ?? code)
  })

  return {
    id,
    get isFull() {
      return socket.bufferedAmount >= limits.fullLinkBytes
    },
    send(frame) {
      if (socket.readyState !== socket.OPEN) return
      // The bytes are text already, and compressing for each link would cost twelve times the rest.
      socket.send(frame.bytes, { binary: false, compress: false }, flushed)
      noteFull()
    },
    close: shut,
    ping() {
      if (socket.readyState === socket.OPEN) socket.ping()
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  }
}

function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return Buffer.isBuffer(data) ? data : Buffer.from(data)
}
