// HTTP as bytes, for what fetch would not send: foreign Host headers, odd upgrades, half a request.

import { connect, type Socket } from 'node:net'
import { vi } from 'vitest'
import { patience } from './patience.ts'

/** A TCP connection to a server, and what came back on it. */
export class RawHttp {
  readonly socket: Socket
  answer = ''
  isClosed = false

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.socket = connect(Number(port), hostname)
    this.socket.on('data', (data) => {
      this.answer += String(data)
    })
    this.socket.on('close', () => {
      this.isClosed = true
    })
    this.socket.on('error', () => {})
  }

  send(...lines: string[]): this {
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    return this
  }

  /** Resolves with the first line of the answer, `HTTP/1.1 200 OK`. */
  async status(): Promise<string> {
    return vi.waitFor(() => {
      const [line = '', rest] = this.answer.split('\r\n', 2)
      if (rest === undefined) throw new Error('no answer came')
      return line
    }, patience)
  }

  /** Resolves when the server has closed the connection. */
  async closed(): Promise<void> {
    await vi.waitFor(() => {
      if (!this.isClosed) throw new Error('the connection is still open')
    }, patience)
  }

  close(): void {
    this.socket.destroy()
  }
}
