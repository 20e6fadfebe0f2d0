// A producer on one kept connection: writes requests that are ready bytes, so that it costs less than any server.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** One connection over which one thing is posted at a time. */
export class Poster {
  readonly #socket: Socket
  #answer = ''
  #answered: ((status: string) => void) | undefined

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.on('data', (data) => this.#take(data.toString('latin1')))
    socket.on('close', () => this.#settle('closed'))
    socket.on('error', () => {})
  }

  static async open(port: number): Promise<Poster> {
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    return new Poster(socket)
  }

  /** Whether the last post is not answered yet. */
  get isBusy(): boolean {
    return this.#answered !== undefined
  }

  /** Whether the server has closed it, as it does with what was idle for seconds. */
  get isClosed(): boolean {
    return this.#socket.closed
  }

  /** Posts; resolves when it was taken, and throws when it was not. */
  async post(request: Buffer): Promise<void> {
    const status = await new Promise<string>((resolve) => {
      this.#answered = resolve
      this.#socket.write(request)
    })
    if (status !== '200') throw new Error(`A post was answered with ${status}.`)
  }

  close(): void {
    this.#socket.destroy()
  }

  #take(piece: string): void {
    this.#answer += piece
    if (isWhole(this.#answer)) this.#settle(this.#answer.slice(9, 12))
  }

  #settle(status: string): void {
    const answered = this.#answered
    this.#answer = ''
    this.#answered = undefined
    answered?.(status)
  }
}

/** How a body is sent. */
export interface Sent {
  readonly type: 'application/json' | 'application/x-ndjson'
  readonly encoding?: 'gzip'
}

/** The bytes of a whole request that posts a body of samples to a group. */
export function requestOf(group: string, body: Buffer | string, { type, encoding }: Sent = json): Buffer {
  const bytes = Buffer.from(body)
  const lines = [
    `POST /api/groups/${group}/metrics HTTP/1.1`,
    'Host: 127.0.0.1',
    `Content-Type: ${type}`,
    `Content-Length: ${bytes.length}`,
    ...(encoding === undefined ? [] : [`Content-Encoding: ${encoding}`]),
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes])
}

const json: Sent = { type: 'application/json' }

function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)?.[1]
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= headEnd + 4 + Number(length)
}
