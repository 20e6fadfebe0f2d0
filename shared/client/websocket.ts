// Owns the WebSocket way in: a host's socket as a transport. It knows no envelope.

import { close } from '../close.ts'
import { limits, subprotocol } from '../limits.ts'
import type { Platform, SocketLike, Undo } from './platform.ts'
import type { RungListener, Transport } from './transport.ts'

/** Abnormal closure: nobody said why (RFC 6455 7.1.5). */
const abnormal = 1006

/** Opens a WebSocket of our subprotocol at this address. */
export function openWebSocket(platform: Platform, url: string, listener: RungListener): Transport {
  const socket = beginSocket(platform, url)
  if (socket === undefined) return neverOpen(platform, listener)
  listenTo(socket, listener)
  return {
    get isFull() {
      return socket.bufferedAmount > limits.fullLinkBytes
    },
    send: (text) => socket.send(text),
    close: (code, reason) => {
      letGo(socket)
      socket.close(code, reason)
    },
  }
}

/** Looks whether a WebSocket opens here, and leaves it at that. */
export function probeWebSocket(platform: Platform, url: string, onOpens: (opens: boolean) => void): Undo {
  const probe = openWebSocket(platform, url, {
    onOpen: () => {
      probe.close(close.done.code, close.done.reason)
      onOpens(true)
    },
    onProved: () => {},
    onFrame: () => {},
    onClose: () => onOpens(false),
  })
  return () => probe.close(close.done.code, close.done.reason)
}

// A constructor throws where the page may not open such an address; that is told as every other failure.
function beginSocket(platform: Platform, url: string): SocketLike | undefined {
  try {
    return platform.openSocket(url, subprotocol)
  } catch {
    return undefined
  }
}

function neverOpen(platform: Platform, listener: RungListener): Transport {
  const cancel = platform.setTimer(() => listener.onClose(abnormal, 'the socket could not be opened'), 0)
  return { isFull: false, send: () => {}, close: cancel }
}

function listenTo(socket: SocketLike, listener: RungListener): void {
  socket.onopen = () => listener.onOpen()
  // A binary frame is none of ours: as an empty text it is refused like any other nonsense.
  socket.onmessage = ({ data }: { readonly data: unknown }) => {
    listener.onProved()
    listener.onFrame(typeof data === 'string' ? data : '')
  }
  socket.onclose = ({ code, reason }: { readonly code: number; readonly reason: string }) => {
    letGo(socket)
    listener.onClose(code, reason)
  }
  // It says nothing that the close after it does not, but `ws` throws where nobody listens.
  socket.onerror = () => {}
}

// An old socket may tell things long after another took its place.
function letGo(socket: SocketLike): void {
  socket.onopen = null
  socket.onmessage = null
  socket.onclose = null
}
