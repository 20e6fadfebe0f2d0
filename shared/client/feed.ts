// Owns what an HTTP way in offers for receiving: the news of the groups that are followed. Sending is sender.ts's.

import type { HelloEnvelope } from '../client-envelopes.ts'
import type { ServerEnvelope } from '../server-envelopes.ts'

/** One group as it is followed over HTTP. */
export interface Following {
  /** As it was asked for. */
  readonly group: string
  readonly paceMs: number | undefined
  /** How far we have come; undefined: the whole group. */
  readonly cursor: string | undefined
  /** The past that is asked for this time, ms. */
  readonly windowMs: number | undefined
  readonly isPresent: boolean
}

/** What a feed tells. After its `onEnd`, or after it was closed from this side, nothing more. */
export interface FeedListener {
  onEnvelope(envelope: ServerEnvelope): void
  /** News come as they should: this network lets the way in work. May be told again. */
  onProved(): void
  /** It ended, or the network does not let it work. */
  onEnd(reason: string): void
}

/** News of groups. */
export interface Feed {
  /** Follows these groups from now on, and no others: each begins with its `ack` and an update from its cursor. */
  follow(hello: HelloEnvelope, following: readonly Following[]): void
  close(): void
}

/** Begins a feed of the server at this address (`Address.httpUrl`). It never throws. */
export type OpenFeed = (httpUrl: string, listener: FeedListener) => Feed

/** The query that follows these groups, as PROTOCOL.md EV3 says. */
export function queryOf({ name }: HelloEnvelope, following: readonly Following[]): string {
  const list = (partOf: (one: Following) => string | number | undefined) =>
    following
      .flatMap((one) => {
        const value = partOf(one)
        return value === undefined ? [] : [`${encodeURIComponent(one.group)}=${value}`]
      })
      .join(',')
  const parts = {
    groups: following.map(({ group }) => encodeURIComponent(group)).join(','),
    since: list(({ cursor }) => cursor),
    paceMs: list(({ paceMs }) => paceMs),
    windowMs: list(({ windowMs }) => windowMs),
    absent: following.flatMap(({ group, isPresent }) => (isPresent ? [] : [encodeURIComponent(group)])).join(','),
    name: name ?? '',
  }
  return Object.entries(parts)
    .flatMap(([key, value]) => (value === '' ? [] : [`${key}=${encodeURIComponent(value)}`]))
    .join('&')
}

/** The headers of a request of this person. */
export function headersOf({ secret }: HelloEnvelope): Record<string, string> {
  return secret === undefined ? {} : { 'chartroom-secret': secret }
}
