// Owns the only upgrade listener: who may open a WebSocket, and at which address. What is said on it is session.ts's.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { accept, canonicalGroupName, limits, type Refusal, type Result, refuse, subprotocol } from '@chartroom/shared'
import { type WebSocket, WebSocketServer } from 'ws'
import { problemOf } from '../problem.ts'
import { Session, type SessionHost } from './session.ts'
import { createWebSocketLink } from './websocket.ts'

/** What the upgrade needs of the server around it. */
export interface UpgradeHost extends SessionHost {
  isHostAllowed(host: string | undefined): boolean
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean
}

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
    perMessageDeflate: false,
    // ws would otherwise take the first one offered, whatever it is.
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  })

  function open(socket: WebSocket, request: IncomingMessage, group: string | undefined): void {
    const id = `ws-${++opened}`
    const session = new Session(host, group)
    const reset = () => {
      host.counters.add('link_reset')
      request.socket.resetAndDestroy()
    }
    const link = createWebSocketLink(socket, id, host.clock.setTimer, reset, session)
    sessions.add(session)
    socket.on('close', () => sessions.delete(session))
    host.counters.add('link_opened')
    host.log.info('link_opened', {
      link: id,
      from: request.socket.remoteAddress,
      group,
      agent: request.headers['user-agent'],
    })
    session.start(link)
  }

  function listen(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const admitted = isClosing ? closing : admit(request, host)
    if (admitted.ok) {
      sockets.handleUpgrade(request, socket, head, (opened) => open(opened, request, admitted.value))
      return
    }
    const { code, message } = admitted.refusal
    host.counters.add('refused', 1, code)
    host.log.warn('upgrade_refused', {
      from: request.socket.remoteAddress,
      code,
      message,
      origin: request.headers.origin,
    })
    refuseUpgrade(socket, admitted.refusal)
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

const closing = refuse('closing', 'This server is going away.')

function admit({ headers, url = '/' }: IncomingMessage, host: UpgradeHost): Result<string | undefined> {
  if (!host.isHostAllowed(headers.host)) return refuse('host', 'This server does not answer to that host name.')
  if (headers.upgrade?.toLowerCase() !== 'websocket') {
    return refuse('upgrade_required', 'The only upgrade here is "websocket".')
  }
  if (!host.isOriginAllowed(headers.origin, headers.host)) {
    return refuse(
      'origin',
      `Pages of "${headers.origin}" may not connect; start the server with --origin to admit them.`,
    )
  }
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((protocol) => protocol.trim())
  if (!offered.includes(subprotocol)) return refuse('malformed', `Offer the subprotocol "${subprotocol}".`)
  return groupOf(url)
}

// `/ws` has no default group; `/ws/:group` and `/room/:group/` have.
function groupOf(url: string): Result<string | undefined> {
  const path = url.split('?', 1)[0] ?? '/'
  if (/^\/ws\/?$/.test(path)) return accept(undefined)
  const name = /^\/(?:ws|room)\/([^/]+)\/?$/.exec(path)?.[1]
  if (name === undefined) return refuse('not_found', 'WebSockets are at /ws and /ws/:group.')
  try {
    return canonicalGroupName(decodeURIComponent(name))
  } catch {
    return refuse('group_name', 'The group in the address is not percent-encoded UTF-8.')
  }
}

function refuseUpgrade(socket: Duplex, refusal: Refusal): void {
  const { status, headers, body } = problemOf(refusal)
  const head = Object.entries({ ...headers, Connection: 'close', 'Content-Length': String(Buffer.byteLength(body)) })
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${status} Refused\r\n${lines}\r\n${body}`, () => socket.destroy())
}
