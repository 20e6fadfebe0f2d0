// Owns what is sent over HTTP: one envelope at a time, in order, each answered as a WebSocket would answer it.

import * as z from 'zod/mini'
import type { ClientEnvelope, HelloEnvelope } from '../client-envelopes.ts'
import { errorCodes, type Refusal, refuse } from '../fault.ts'
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
  /** Grows when what waits here must not go out any more. */
  #turn = 0

  constructor(platform: Platform, httpUrl: string, { name, secret }: HelloEnvelope) {
    this.#http = new Http(platform, httpUrl, secret)
    this.#query = name === undefined ? '' : `?name=${encodeURIComponent(name)}`
  }

  /**
   * Sends what writes, after what was sent before it: an edit must not overtake its message. Where that was refused for
   * now, or did not arrive, this is refused with it unsent, so that both can be sent again in their order.
   */
  send(envelope: Sent): Promise<ServerEnvelope> {
    const turn = this.#turn
    const answered = this.#last.then(() => this.#askInTurn(turn, envelope))
    this.#last = answered.then((answer) => {
      if (answer.type === 'error' && answer.temporary && turn === this.#turn) this.stop()
    })
    return answered
  }

  /** What waits for its turn is not sent any more: it is refused for now. */
  stop(): void {
    this.#turn++
  }

  #askInTurn(turn: number, envelope: Sent): Promise<ServerEnvelope> {
    if (turn !== this.#turn) return Promise.resolve(errorOf(envelope.id, overtaken))
    return this.ask(envelope)
  }

  /** Sends it at once. */
  async ask(envelope: Sent): Promise<ServerEnvelope> {
    const answered = await this.#http.post(`/api/requests${this.#query}`, envelope, answer)
    return answered.ok ? answered.value : errorOf(envelope.id, answered.refusal)
  }
}

const { refusal: overtaken } = refuse('closing', 'What was sent before did not arrive: this waits with it.')

function errorOf(id: number | undefined, { code, message }: Refusal): ServerEnvelope {
  const { temporary } = errorCodes[code]
  return { type: 'error', ...(id === undefined ? {} : { id }), code, message, temporary }
}
