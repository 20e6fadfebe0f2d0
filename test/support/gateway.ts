// Owns a gateway between clients and a server, of the kinds that stand in companies: one that knows no WebSocket, one that
// hands an answer on when it is whole, one that waits for no answer.

import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'

/** What a gateway does to what goes through it. */
export interface GatewayManners {
  /** What becomes of an upgrade: it is answered with a status, cut, or held without an answer. It passes where none is said. */
  upgrades?: 400 | 403 | 'cut' | 'held'
  /** Hands an answer on when it is whole: a stream never. */
  gathersAnswers?: boolean
  /** Answers 504 where the server has not after so long, ms. */
  maxAnswerMs?: number
}

/** A gateway in front of one server. */
export class Gateway {
  readonly manners: GatewayManners
  readonly #server: Server
  readonly #target: URL
  readonly #sockets = new Set<Socket>()
  /** The paths that were asked for, without their query. */
  readonly asked: string[] = []

  private constructor(target: string, manners: GatewayManners) {
    this.#target = new URL(target)
    this.manners = manners
    this.#server = createServer((from, to) => this.#pass(from, to))
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    this.#server.on('upgrade', (from: IncomingMessage, socket) => {
      this.asked.push(`upgrade ${pathOf(from)}`)
      socket.on('error', () => {})
      const { upgrades } = this.manners
      if (upgrades === 'held') return
      if (upgrades !== undefined) {
        socket.end(
          upgrades === 'cut' ? '' : `HTTP/1.1 ${upgrades} ${STATUS_CODES[upgrades]}\r\nConnection: close\r\n\r\n`,
        )
        return
      }
      const up = request({ ...this.#to(from), headers: from.headers })
      up.on('upgrade', (answer, far) => {
        const head = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`)
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${head.join('')}\r\n`)
        far.on('error', () => socket.destroy())
        socket.on('close', () => far.destroy())
        far.on('close', () => socket.destroy())
        far.pipe(socket).pipe(far)
      })
      up.on('error', () => socket.destroy())
      up.end()
    })
  }

  static async open(target: string, manners: GatewayManners = {}): Promise<Gateway> {
    const gateway = new Gateway(target, manners)
    gateway.#server.listen(0, '127.0.0.1')
    await once(gateway.#server, 'listening')
    return gateway
  }

  get url(): string {
    const address = this.#server.address()
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  }

  /** Cuts every connection that goes through it. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.cut()
    await closed
  }

  #to({ method, url }: IncomingMessage) {
    return { host: this.#target.hostname, port: this.#target.port, method, path: url }
  }

  #pass(from: IncomingMessage, to: ServerResponse): void {
    this.asked.push(pathOf(from))
    const { gathersAnswers = false, maxAnswerMs } = this.manners
    const onward = request({ ...this.#to(from), headers: from.headers })
    const late = maxAnswerMs === undefined ? undefined : setTimeout(() => fail(504), maxAnswerMs)
    const fail = (status: number) => {
      clearTimeout(late)
      onward.destroy()
      if (!to.headersSent) to.writeHead(status)
      to.end()
    }
    onward.on('error', () => fail(502))
    to.on('close', () => onward.destroy())
    onward.on('response', (answer) => {
      clearTimeout(late)
      if (!gathersAnswers) {
        to.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(to)
        return
      }
      const pieces: Buffer[] = []
      answer.on('data', (piece: Buffer) => pieces.push(piece))
      answer.on('end', () => {
        to.writeHead(answer.statusCode ?? 502, answer.headers)
        to.end(Buffer.concat(pieces))
      })
    })
    from.pipe(onward)
  }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? ''
}
