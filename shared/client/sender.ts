// Owns what is sent over HTTP: one envelope at a time, in order, each answered as a WebSocket would answer it.

import * as z from 'zod/mini'
import type { ClientEnvelope, HelloEnvelope } from '../client-envelopes.ts'
import { errorCodes, type Refusal } from '../fault.ts'
import { ackEnvelope, type ServerEnvelope, serverPongEnvelope } from '../server-envelopes.ts'
import { Http } from './http.ts'
import type { Platform } from './platform.ts'

const answer = z.discriminatedUnion('type', [ackEnvelope, serverPongEnvelope])

/** Something that is sent, with the id that its answer has. */
type Sent = Exclude<ClientEnvelope, { type: 'hello' | 'subscribe' | 'unsubscribe' | 'pong' }>

/** Sends the envelopes of one person. */
export class Sender {
  readonly #http: Http
  readonly #query: string
  #last: Promise<void> = Promise.resolve()

  constructor(platform: Platform, httpUrl: string, { name, secret }: HelloEnvelope) {
    this.#http = new Http(platform, httpUrl, secret)
    this.#query = name === undefined ? '' : `?name=${encodeURIComponent(name)}`
  }

  /** Sends what writes, after what was sent before it: an edit must not overtake its message. */
  send(envelope: Sent): Promise<ServerEnvelope> {
    const answered = this.#last.then(() => this.ask(envelope))
    this.#last = answered.then(() => {})
    return answered
  }

  /** Sends it at once. */
  async ask(envelope: Sent): Promise<ServerEnvelope> {
    const answered = await this.#http.post(`/api/requests${this.#query}`, envelope, answer)
    return answered.ok ? answered.value : errorOf(envelope.id, answered.refusal)
  }
}

function errorOf(id: number | undefined, { code, message }: Refusal): ServerEnvelope {
  const { temporary } = errorCodes[code]
  return { type: 'error', ...(id === undefined ? {} : { id }), code, message, temporary }
}
