// Owns the feed by server-sent events: one stream for all groups, opened anew when they change.

import { createParser, type EventSourceParser } from 'eventsource-parser'
import type { HelloEnvelope } from '../client-envelopes.ts'
import { decodeServerEnvelope } from '../codec.ts'
import { limits } from '../limits.ts'
import { Deadline } from './deadline.ts'
import { type Feed, type FeedListener, type Following, headersOf, type OpenFeed, queryOf } from './feed.ts'
import type { Platform, Undo } from './platform.ts'

// A network that hands a stream over only when it ends shows nothing of it in this time.
const proveMs = 4_000
// The server writes a comment every 15 s.
const silentMs = limits.pingMs + limits.graceMs

/** A feed by server-sent events; undefined where the host cannot read an answer as it comes. */
export function eventStreamOf(platform: Platform): OpenFeed | undefined {
  const { read } = platform
  return read && ((httpUrl, listener) => new EventStream(platform, read, httpUrl, listener))
}

class EventStream implements Feed {
  readonly #read: NonNullable<Platform['read']>
  readonly #httpUrl: string
  readonly #listener: FeedListener
  readonly #deadline: Deadline
  #parser: EventSourceParser | undefined
  #letGo: Undo = () => {}

  constructor(platform: Platform, read: NonNullable<Platform['read']>, httpUrl: string, listener: FeedListener) {
    this.#read = read
    this.#httpUrl = httpUrl
    this.#listener = listener
    this.#deadline = new Deadline(platform, () => this.#end('the stream fell silent'))
  }

  follow(hello: HelloEnvelope, following: readonly Following[]): void {
    this.close()
    if (following.length === 0) return
    const parser = createParser({
      onEvent: ({ data }) => {
        // One piece may hold many events, and who was told of the first may have closed it.
        if (parser === this.#parser) this.#take(data)
      },
      onComment: () => this.#deadline.extend(),
    })
    this.#parser = parser
    this.#deadline.start(proveMs)
    const url = `${this.#httpUrl}/api/events?${queryOf(hello, following)}`
    this.#letGo = this.#read(
      url,
      { accept: 'text/event-stream', ...headersOf(hello) },
      {
        onStatus: (status) => {
          if (status !== 200) this.#end(`the stream was answered with ${status}`)
        },
        onText: (piece) => parser.feed(piece),
        onEnd: () => this.#end('the stream ended'),
      },
    )
  }

  close(): void {
    this.#deadline.stop()
    this.#parser = undefined
    this.#letGo()
    this.#letGo = () => {}
  }

  #take(data: string): void {
    const decoded = decodeServerEnvelope(data)
    if (!decoded.ok) {
      // A newer server may say more than this client knows.
      if (decoded.refusal.code !== 'unknown_type') this.#end('the stream was not understood')
      return
    }
    this.#deadline.start(silentMs)
    this.#listener.onProved()
    this.#listener.onEnvelope(decoded.value)
  }

  #end(reason: string): void {
    this.close()
    this.#listener.onEnd(reason)
  }
}
