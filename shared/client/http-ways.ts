// Owns which ways in over HTTP there are, best first. They are loaded when a WebSocket does not open, and not before.

import { eventStreamOf } from './event-stream.ts'
import { HttpTransport } from './http-transport.ts'
import { longPollOf, pollOf } from './long-poll.ts'
import type { Platform } from './platform.ts'
import type { Rung } from './transport.ts'

/** The rungs below the WebSocket, for a server at this address; none where the host cannot read answers as they come. */
export function httpWays(platform: Platform, httpUrl: string): readonly Rung[] {
  const feeds = [
    { way: 'event-stream', openFeed: eventStreamOf(platform) },
    { way: 'long-poll', openFeed: longPollOf(platform) },
    { way: 'poll', openFeed: pollOf(platform) },
  ] as const
  return feeds.flatMap(({ way, openFeed }) =>
    openFeed === undefined
      ? []
      : [{ way, open: (listener) => new HttpTransport(platform, httpUrl, openFeed, listener) }],
  )
}
