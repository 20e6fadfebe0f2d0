// Owns requests: their ids, who waits for which answer, and what an answer means. It does not know what is asked.

import type { ClientEnvelope, PointEnvelope, SubscribeEnvelope, UnsubscribeEnvelope } from '../client-envelopes.ts'
import { isErrorCode, type Refusal, refuse } from '../fault.ts'
import type { AckEnvelope, ErrorEnvelope } from '../server-envelopes.ts'
import type { Written } from './written.ts'

/** What is asked of a server, before it has an id. */
export type RequestDraft =
  | Omit<SubscribeEnvelope, 'id'>
  | Omit<UnsubscribeEnvelope, 'id'>
  | Written
  | Omit<PointEnvelope, 'id'>

/** What became of a request. Only `isTemporary` says that the same request may succeed later. */
export type Answer =
  | { readonly ok: true; readonly value: AckEnvelope }
  | { readonly ok: false; readonly refusal: Refusal; readonly isTemporary: boolean }

/** Something that takes requests: one life of a connection. */
export interface Uplink {
  /**
   * Sends a request. The answer is a call and no promise: a frame that follows it at once must find it already heard.
   * When the connection ends first there is none: who holds an uplink is told to let it go.
   */
  request(draft: RequestDraft, onAnswer: (answer: Answer) => void): void
}

/** The requests of one connection that wait for their answer. */
export class Requests {
  readonly #send: (envelope: ClientEnvelope) => void
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #lastId = 0

  constructor(send: (envelope: ClientEnvelope) => void) {
    this.#send = send
  }

  /** An id that no other request of this connection has. */
  nextId(): number {
    this.#lastId++
    return this.#lastId
  }

  send(draft: RequestDraft, onAnswer: (answer: Answer) => void): void {
    const id = this.nextId()
    this.#waiting.set(id, onAnswer)
    this.#send({ ...draft, id })
  }

  /** Hands an answer to whoever waits for it; an answer that nobody waits for is no harm. */
  settle(envelope: AckEnvelope | ErrorEnvelope): void {
    if (envelope.id === undefined) return
    const onAnswer = this.#waiting.get(envelope.id)
    this.#waiting.delete(envelope.id)
    onAnswer?.(envelope.type === 'ack' ? { ok: true, value: envelope } : refused(envelope))
  }
}

/** The envelope that refuses a request. */
export function errorOf(id: number, { code, message }: Refusal, temporary: boolean): ErrorEnvelope {
  return { type: 'error', id, code, message, temporary }
}

/** What a server's error means, also where its code is newer than this client. */
export function refused({ code, message, temporary }: ErrorEnvelope): Answer & { readonly ok: false } {
  const unknown = temporary ? 'internal' : 'malformed'
  return { ...refuse(isErrorCode(code) ? code : unknown, message), isTemporary: temporary }
}
