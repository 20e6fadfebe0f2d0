// A stranger's client of plain text, as wscat is one: ws without subprotocol, keeping every frame until a test asks.

import { vi } from 'vitest'
import WebSocket from 'ws'
import { patience } from './patience.ts'
import type { Ended } from './wire-client.ts'

/** One WebSocket without subprotocol to a server. */
export class PlainClient {
  readonly socket: WebSocket
  readonly lines: string[] = []
  binaryFrames = 0
  ended: Ended | undefined
  error: Error | undefined

  constructor(url: string, options: WebSocket.ClientOptions = {}) {
    this.socket = new WebSocket(url.replace(/^http/, 'ws'), options)
    this.socket.on('message', (data, isBinary) => {
      this.lines.push(String(data))
      if (isBinary) this.binaryFrames++
    })
    this.socket.on('close', (code, reason) => {
      this.ended = { code, reason: reason.toString() }
    })
    this.socket.on('error', (error) => {
      this.error = error
    })
  }

  /** Resolves when the socket is open. */
  async opened(): Promise<this> {
    await new Promise((resolve, reject) => this.socket.on('open', resolve).on('error', reject))
    return this
  }

  send(line: string): void {
    this.socket.send(line)
  }

  /** Takes the next line, waiting for it if need be. */
  async next(): Promise<string> {
    return vi.waitFor(() => {
      const line = this.lines.shift()
      if (line === undefined) throw new Error(`no line came; the socket ended with ${this.ended?.code}`)
      return line
    }, patience)
  }

  /** Resolves with how the socket ended. */
  async end(): Promise<Ended> {
    return vi.waitFor(() => {
      if (this.ended === undefined) throw new Error(`the socket never ended; there is ${JSON.stringify(this.lines)}`)
      return this.ended
    }, patience)
  }

  close(): void {
    this.socket.terminate()
  }
}
