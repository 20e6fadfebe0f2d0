// Owns the feed by asking again and again: with a wait at the server (long poll), or with one here (poll).

import type { HelloEnvelope } from '../client-envelopes.ts'
import { decodeValue } from '../codec.ts'
import { limits } from '../limits.ts'
import { serverEnvelope } from '../server-envelopes.ts'
import { Deadline } from './deadline.ts'
import { type Feed, type FeedListener, type Following, headersOf, type OpenFeed, queryOf } from './feed.ts'
import type { Platform, Undo } from './platform.ts'

// The longest that the server takes (PROTOCOL.md CH3).
const longWaitMs = 25_000
// What an answer may take beyond its wait.
const graceMs = 10_000
// A gateway may end one wait that it takes for too long. Who is refused twice in a row is not wanted.
const maxFailures = 2
const retryMs = 1_000

/** A feed by long poll; undefined where the host cannot let go of a request. */
export function longPollOf(platform: Platform): OpenFeed | undefined {
  const { read } = platform
  return read && ((httpUrl, listener) => new Poll({ platform, read, httpUrl, listener, waitMs: longWaitMs }))
}

/** A feed by poll, at the fastest pace of its groups; undefined as above. */
export function pollOf(platform: Platform): OpenFeed | undefined {
  const { read } = platform
  return read && ((httpUrl, listener) => new Poll({ platform, read, httpUrl, listener, waitMs: 0 }))
}

interface PollOptions {
  readonly platform: Platform
  readonly read: NonNullable<Platform['read']>
  readonly httpUrl: string
  readonly listener: FeedListener
  readonly waitMs: number
}

class Poll implements Feed {
  readonly #options: PollOptions
  readonly #deadline: Deadline
  #hello: HelloEnvelope = { type: 'hello', id: 0 }
  readonly #following = new Map<string, Following>()
  #failures = 0
  /** Whether the first answer is due: somebody waits for what was granted. */
  #isNew = true
  #letGo: Undo = () => {}
  #cancelRest: Undo = () => {}

  constructor(options: PollOptions) {
    this.#options = options
    this.#deadline = new Deadline(options.platform, () => this.#failed('no answer came in time'))
  }

  follow(hello: HelloEnvelope, following: readonly Following[]): void {
    this.close()
    this.#hello = hello
    this.#isNew = true
    this.#following.clear()
    for (const one of following) this.#following.set(one.group, one)
    if (following.length > 0) this.#ask()
  }

  close(): void {
    this.#deadline.stop()
    this.#cancelRest()
    this.#letGo()
    this.#letGo = () => {}
  }

  #ask(): void {
    const { read, httpUrl } = this.#options
    const waitMs = this.#isNew ? 0 : this.#options.waitMs
    // What asks for the past, or for all, is answered at once, and proves no wait.
    const proves = this.#options.waitMs === 0 || (waitMs > 0 && [...this.#following.values()].every(isKnown))
    const asked = `${queryOf(this.#hello, [...this.#following.values()])}&waitMs=${waitMs}`
    let text = ''
    let status = 0
    this.#deadline.start(waitMs + graceMs)
    this.#letGo = read(
      `${httpUrl}/api/changes?${asked}`,
      { accept: 'application/json', ...headersOf(this.#hello) },
      {
        onStatus: (said) => {
          status = said
        },
        onText: (piece) => {
          text += piece
        },
        onEnd: (isWhole) => {
          if (isWhole && status === 200) this.#take(text, proves)
          else
            this.#failed(status === 0 ? 'the server could not be reached' : `the question was answered with ${status}`)
        },
      },
    )
  }

  #take(text: string, proves: boolean): void {
    const read = readArray(text)
    if (read === undefined) {
      this.#failed('the answer was not understood')
      return
    }
    const letGo = this.#letGo
    this.#isNew = false
    if (proves) {
      this.#failures = 0
      this.#options.listener.onProved()
    }
    for (const item of read) {
      const decoded = decodeValue(serverEnvelope, item)
      // A newer server may say more than this client knows.
      if (!decoded.ok) continue
      if (decoded.value.type === 'update')
        this.#reached(decoded.value.group, `${decoded.value.epoch}:${decoded.value.to}`)
      this.#options.listener.onEnvelope(decoded.value)
      // Who was told may have followed other groups, or closed it.
      if (letGo !== this.#letGo) return
    }
    this.#rest(this.#options.waitMs > 0 ? 0 : this.#paceMs)
  }

  #reached(group: string, cursor: string): void {
    const one = this.#following.get(group)
    if (one !== undefined) this.#following.set(group, { ...one, cursor, windowMs: undefined })
  }

  get #paceMs(): number {
    return Math.min(...[...this.#following.values()].map(({ paceMs = limits.defaultPaceMs }) => paceMs))
  }

  #rest(ms: number): void {
    this.#deadline.stop()
    this.#letGo = () => {}
    this.#cancelRest = this.#options.platform.setTimer(() => this.#ask(), ms)
  }

  #failed(reason: string): void {
    this.close()
    this.#failures++
    if (this.#failures < maxFailures) this.#rest(retryMs)
    else this.#options.listener.onEnd(reason)
  }
}

function isKnown({ cursor, windowMs }: Following): boolean {
  return cursor !== undefined && windowMs === undefined
}

function readArray(text: string): readonly unknown[] | undefined {
  try {
    const read: unknown = JSON.parse(text)
    return Array.isArray(read) ? read : undefined
  } catch {
    return undefined
  }
}
