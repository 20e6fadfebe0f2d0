// Owns the only upgrade listener, and opens the WebSockets that entry.ts lets in. What is said on them is session.ts's
// and plain-text.ts's.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { limits, type Refusal, refuse, subprotocol } from '@chartroom/shared'
import { type WebSocket, WebSocketServer } from 'ws'
import type { LinkLimit } from '../guards/link-limit.ts'
import { problemOf } from '../problem.ts'
import { type Entry, type EntryHost, entryOf, type Open } from './entry.ts'
import type { PlainAddress } from './plain-address.ts'
import { PlainText, turnAway } from './plain-text.ts'
import { Session, type SessionHost } from './session.ts'
import { createWebSocketLink, type LinkEvents, type WebSocketLink } from './websocket.ts'

/** What the upgrade needs of the server around it. */
export interface UpgradeHost extends SessionHost, EntryHost {
  readonly links: LinkLimit
}

const inflateChunkBytes = 1_024

/** The WebSocket door of a server. */
export interface UpgradeDoor {
  /** The links that are open. */
  readonly sessions: ReadonlySet<Session>
  /** Lets nobody in any more; resolves when no link is left, and closes none itself. */
  close(): Promise<void>
}

/** Listens for upgrades on an HTTP server. Every other upgrade is refused, so that no socket is left open unanswered. */
export function createUpgradeDoor(server: Server, host: UpgradeHost): UpgradeDoor {
  const sessions = new Set<Session>()
  let opened = 0
  let isClosing = false
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.maxFrameBytes,
    // We compress once for all (frame.ts), so without a context; what comes in is short, and unpacked in little room.
    perMessageDeflate: {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      zlibInflateOptions: { chunkSize: inflateChunkBytes },
    },
    // ws would otherwise take the first one offered, whatever it is.
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  })

  function open(socket: WebSocket, request: IncomingMessage, entry: Open): void {
    const number = ++opened
    const id = `ws-${number}`
    const talk = entry.as === 'plain' ? plainText(entry.address, request, host, number) : undefined
    const session = talk?.session ?? new Session(host, entry.group)
    const link = linkOn(socket, request, host, id, talk ?? session)
    sessions.add(session)
    socket.on('close', () => sessions.delete(session))
    host.counters.add('link_opened')
    host.log.info('link_opened', {
      link: id,
      from: request.socket.remoteAddress,
      group: entry.group,
      agent: request.headers['user-agent'],
    })
    ;(talk ?? session).start(link)
  }

  function listen(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    endOnError(socket)
    const entry = isClosing ? closing : placed(entryOf(request, host), request, socket, host)
    if (entry.as === 'protocol' || entry.as === 'plain') {
      sockets.handleUpgrade(request, socket, head, (opened) => open(opened, request, entry))
      return
    }
    const { refusal } = entry
    host.counters.add('refused', 1, refusal.code)
    host.log.warn('upgrade_refused', {
      from: request.socket.remoteAddress,
      code: refusal.code,
      message: refusal.message,
      origin: request.headers.origin,
    })
    if (entry.as === 'refused') {
      refuseUpgrade(socket, refusal)
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => {
      turnAway(linkOn(opened, request, host, 'turned away', deaf), entry.form, refusal, host)
    })
  }

  server.on('upgrade', listen)
  return {
    sessions,
    async close() {
      isClosing = true
      await new Promise<void>((resolve) => sockets.close(() => resolve()))
    },
  }
}

// Whoever is let in has a place of their address until their socket is gone, however far the upgrade comes.
function placed(
  entry: Entry,
  { socket: { remoteAddress } }: IncomingMessage,
  socket: Duplex,
  { links }: UpgradeHost,
): Entry {
  if (entry.as !== 'protocol' && entry.as !== 'plain') return entry
  const place = links.enter(remoteAddress)
  if (!place.ok) return { as: 'refused', refusal: place.refusal }
  socket.on('close', place.value)
  return entry
}

// Not in `listen`: what listens there would keep the request, with its headers, as long as the link.
function endOnError(socket: Duplex): void {
  socket.on('error', () => socket.destroy())
}

function linkOn(
  socket: WebSocket,
  { socket: stream }: IncomingMessage,
  { clock, counters }: UpgradeHost,
  id: string,
  events: LinkEvents,
): WebSocketLink {
  const reset = () => {
    counters.add('link_reset')
    stream.resetAndDestroy()
  }
  return createWebSocketLink(socket, id, clock.setTimer, reset, events)
}

// Guests are numbered, so that one can tell them apart.
function plainText(address: PlainAddress, request: IncomingMessage, host: UpgradeHost, number: number): PlainText {
  const secret = request.headers['chartroom-secret']
  const name = address.name ?? `guest ${number}`
  return new PlainText(host, address, { name, secret: typeof secret === 'string' ? secret : undefined })
}

const closing: Entry = { as: 'refused', refusal: refuse('closing', 'This server is going away.').refusal }
// Nobody who was turned away is listened to.
const deaf: LinkEvents = { onText() {}, onBinary() {}, onPong() {}, onDrained() {}, onClosed() {} }

function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const { status, headers, body } = problemOf(refusal)
  const head = Object.entries({ ...headers, Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)) })
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines}\r\n${body}`, () => socket.destroy())
}
