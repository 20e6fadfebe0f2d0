// Owns how an upgrade is let in: by the protocol, in plain text, or not at all, and why. It opens no socket.

import type { IncomingMessage } from 'node:http'
import { accept, type Refusal, type Result, refuse, subprotocol } from '@chartroom/shared'
import { originFlag } from '../guards/origin.ts'
import { groupNamed, type PlainAddress, readPlainAddress } from './plain-address.ts'

/** Who may open a socket. */
export interface EntryHost {
  isHostAllowed(host: string | undefined): boolean
  isOriginAllowed(origin: string | undefined, host: string | undefined): boolean
}

/** How an upgrade is let in, and where. */
export type Open =
  | { readonly as: 'protocol'; readonly group: string | undefined }
  | { readonly as: 'plain'; readonly group: string; readonly address: PlainAddress }

/** What becomes of an upgrade. A browser hides why one was refused, so plain text is told on an open socket. */
export type Entry =
  | Open
  | { readonly as: 'refused'; readonly refusal: Refusal }
  | { readonly as: 'turned_away'; readonly form: PlainAddress['form']; readonly refusal: Refusal }

/** What becomes of this upgrade. */
export function entryOf(request: IncomingMessage, host: EntryHost): Entry {
  const { headers, url = '/' } = request
  if (!host.isHostAllowed(headers.host)) {
    return refused(refuse('host', 'This server does not answer to that host name.').refusal)
  }
  if (headers.upgrade?.toLowerCase() !== 'websocket') {
    return refused(refuse('upgrade_required', 'The only upgrade here is "websocket".').refusal)
  }
  const origin = originRefusal(request, host)
  const offered = headers['sec-websocket-protocol']
  return offered === undefined ? plainEntry(url, origin) : protocolEntry(url, offered, origin)
}

function originRefusal({ headers }: IncomingMessage, host: EntryHost): Refusal | undefined {
  const { origin } = headers
  if (host.isOriginAllowed(origin, headers.host)) return undefined
  const flag = originFlag(origin)
  return refuse('origin', `Pages of "${origin}" may not connect; start the server with ${flag} to admit them.`).refusal
}

function refused(refusal: Refusal): Entry {
  return { as: 'refused', refusal }
}

function protocolEntry(url: string, offered: string, origin: Refusal | undefined): Entry {
  if (origin !== undefined) return refused(origin)
  if (!offered.split(',').some((protocol) => protocol.trim() === subprotocol)) {
    return refused(refuse('malformed', `Offer the subprotocol "${subprotocol}", or none.`).refusal)
  }
  const group = groupOf(url)
  return group.ok ? { as: 'protocol', group: group.value } : refused(group.refusal)
}

function plainEntry(url: string, origin: Refusal | undefined): Entry {
  const address = readPlainAddress(url)
  if (!address.ok && address.refusal.code === 'not_found') return refused(address.refusal)
  const form = address.ok ? address.value.form : 'text'
  if (origin !== undefined) return { as: 'turned_away', form, refusal: origin }
  if (!address.ok) return { as: 'turned_away', form, refusal: address.refusal }
  return { as: 'plain', group: address.value.group, address: address.value }
}

// `/ws` has no default group; `/ws/:group` and `/room/:group/` have.
function groupOf(url: string): Result<string | undefined> {
  const path = url.split('?', 1)[0] ?? '/'
  if (/^\/ws\/?$/.test(path)) return accept(undefined)
  const name = /^\/(?:ws|room)\/([^/]+)\/?$/.exec(path)?.[1]
  return name === undefined ? refuse('not_found', 'WebSockets are at /ws and /ws/:group.') : groupNamed(name)
}
