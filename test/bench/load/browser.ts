// Owns the host of one viewer: few kept connections, and the headers that a browser adds. What is asked is the viewer's.

import { Agent, type IncomingMessage, request } from 'node:http'
import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { createPlatform, type Platform } from '@chartroom/shared/client'
import WebSocket from 'ws'
import type { Wires } from './wires.ts'

/** What of a question is said. */
export interface Question {
  readonly method: string
  readonly headers: Record<string, string>
  readonly body?: string
  readonly signal?: AbortSignal
}

/** An answer, whose text comes as it is read. */
export interface Answer {
  readonly ok: boolean
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: { getReader(): { read(): Promise<{ done: boolean; value: Uint8Array | undefined }> } }
  text(): Promise<string>
  json(): Promise<unknown>
}

// What Chromium adds to a question of a page that came over plain http.
const agentName =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const browserHeaders = {
  'User-Agent': agentName,
  'Accept-Encoding': 'gzip, deflate',
  'Accept-Language': 'en-US,en;q=0.9',
}
// As many as a browser keeps to one host.
const maxConnections = 6
// The ways over HTTP by their place in `httpWays`, as a visit remembers them.
const placeOf = { websocket: 0, 'event-stream': 1, 'long-poll': 2, poll: 3 }

/** A way in that our client has. */
export type ClientWay = keyof typeof placeOf

/** A browser with nothing but its connections. */
export class Browser {
  readonly #wires: Wires
  readonly #agent = new Agent({ keepAlive: true, maxSockets: maxConnections })
  #questions = 0

  constructor(wires: Wires) {
    this.#wires = wires
  }

  /** How many questions were asked over HTTP. */
  get questions(): number {
    return this.#questions
  }

  /** A host of our client, on a network that lets it in this way and no better one. */
  platform(way: ClientWay, takesPacked: boolean): Platform {
    const openSocket = (url: string, protocol: string) => this.openSocket(url, protocol, takesPacked)
    // The `fetch` of a browser takes the signal too.
    const fetch = (url: string, question: Question) => this.ask(url, question)
    const memory = { read: () => `${placeOf[way]} ${Number.MAX_SAFE_INTEGER}`, write: () => {} }
    return { ...createPlatform({ WebSocket, fetch }), openSocket, memory }
  }

  /** Opens a WebSocket, which offers compression or does not. */
  openSocket(url: string, protocol: string | undefined, takesPacked: boolean): WebSocket {
    const headers = { ...browserHeaders, Origin: new URL(url.replace('ws', 'http')).origin }
    const socket = new WebSocket(url, protocol, { headers, perMessageDeflate: takesPacked })
    socket.on('upgrade', (answer) => this.#wires.add(answer.socket))
    return socket
  }

  /** Asks over HTTP. Who was cut because a kept connection was closed just then asks once more, as browsers do. */
  async ask(url: string, question: Question): Promise<Answer> {
    this.#questions++
    try {
      return await this.#askOnce(url, question)
    } catch (error) {
      if (error !== stale) throw error
      return this.#askOnce(url, question)
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  #askOnce(url: string, { method, headers, body, signal }: Question): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const all = { ...browserHeaders, Referer: `${new URL(url).origin}/`, ...headers }
      const asked = request(url, { method, headers: all, agent: this.#agent, ...(signal && { signal }) })
      asked.on('socket', (socket) => this.#wires.add(socket))
      asked.on('response', (response) => resolve(answerOf(response)))
      asked.on('error', (error) =>
        reject(asked.reusedSocket && 'code' in error && error.code === 'ECONNRESET' ? stale : error),
      )
      asked.end(body)
    })
  }
}

const stale = new Error('A kept connection was closed as it was used.')

function answerOf(response: IncomingMessage): Answer {
  const { statusCode: status = 0, headers } = response
  const bytes = headers['content-encoding'] === 'gzip' ? response.pipe(createGunzip()) : response
  const text = async () => {
    const pieces: Buffer[] = []
    for await (const piece of bytes) pieces.push(piece)
    return Buffer.concat(pieces).toString()
  }
  return {
    ok: status >= 200 && status < 300,
    status,
    headers,
    body: { getReader: () => readerOf(bytes) },
    text,
    json: async () => JSON.parse(await text()),
  }
}

function readerOf(bytes: Readable): ReturnType<Answer['body']['getReader']> {
  const pieces: AsyncIterator<Buffer> = bytes[Symbol.asyncIterator]()
  return {
    async read() {
      const { done = false, value } = await pieces.next()
      return { done, value }
    },
  }
}
