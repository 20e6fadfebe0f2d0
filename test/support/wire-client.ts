// A stranger's client: ws and nothing of ours but the schemas, keeping every frame until a test asks for it.

import { type ClientEnvelope, decodeServerEnvelope, encode, type ServerEnvelope, subprotocol } from '@chartroom/shared'
import { vi } from 'vitest'
import WebSocket from 'ws'
import { patience } from './patience.ts'

type Type = ServerEnvelope['type']
type Of<T extends Type> = Extract<ServerEnvelope, { type: T }>

/** How a socket ended. */
export interface Ended {
  readonly code: number
  readonly reason: string
}

/** One WebSocket to a server. */
export class WireClient {
  readonly socket: WebSocket
  readonly envelopes: ServerEnvelope[] = []
  ended: Ended | undefined
  error: Error | undefined

  constructor(url: string, options: WebSocket.ClientOptions = {}, protocol = subprotocol) {
    this.socket = new WebSocket(url.replace(/^http/, 'ws'), protocol, options)
    this.socket.on('message', (data) => {
      const decoded = decodeServerEnvelope(String(data))
      if (!decoded.ok) throw new Error(`${decoded.refusal.message} in ${String(data)}`)
      this.envelopes.push(decoded.value)
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
    await vi.waitFor(() => {
      if (this.error !== undefined) return
      if (this.socket.readyState === WebSocket.CONNECTING) throw new Error('the socket never opened')
    }, patience)
    if (this.error !== undefined) throw this.error
    return this
  }

  send(...envelopes: ClientEnvelope[]): void {
    for (const envelope of envelopes) this.socket.send(encode(envelope))
  }

  /** Takes the next envelope of a type (that fits) out of what came, waiting for it if need be. */
  async next<T extends Type>(type: T, fits: (envelope: Of<T>) => boolean = () => true): Promise<Of<T>> {
    const isWanted = (envelope: ServerEnvelope): envelope is Of<T> => envelope.type === type && fits(envelope as Of<T>) // the line before proves the type
    return vi.waitFor(() => {
      const found = this.envelopes.find(isWanted)
      if (found === undefined) {
        const end = this.ended === undefined ? '' : `; the socket ended with ${this.ended.code}`
        throw new Error(`no ${type} came; there is ${JSON.stringify(this.envelopes)}${end}`)
      }
      this.envelopes.splice(this.envelopes.indexOf(found), 1)
      return found
    }, patience)
  }

  /** Resolves with how the socket ended. */
  async end(): Promise<Ended> {
    return vi.waitFor(() => {
      if (this.ended === undefined)
        throw new Error(`the socket never ended; there is ${JSON.stringify(this.envelopes)}`)
      return this.ended
    }, patience)
  }

  close(): void {
    this.socket.terminate()
  }
}

/** Opens a socket and says hello. */
export async function greet(url: string, name?: string, options?: WebSocket.ClientOptions): Promise<WireClient> {
  const client = await new WireClient(url, options).opened()
  client.send({ type: 'hello', id: 1, ...(name === undefined ? {} : { name }), secret: `secret of ${name}` })
  await client.next('welcome')
  return client
}
