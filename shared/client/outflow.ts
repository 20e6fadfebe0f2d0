// Owns what goes out on a transport and when: while much waits there, only what must not be lost.

import type { ClientEnvelope } from '../client-envelopes.ts'
import { encode } from '../codec.ts'
import type { Platform, Undo } from './platform.ts'
import type { Transport } from './transport.ts'

const lookMs = 100
// Pings come no more often than every 5 s, and what one attends to a few times a second: more than these are old.
const maxHeld = 32

/** The envelopes of one session on their way out. */
export class Outflow {
  readonly #platform: Platform
  readonly #transport: () => Transport
  /** What waits until the transport has room. */
  #held: ClientEnvelope[] = []
  #cancel: Undo | undefined

  constructor(platform: Platform, transport: () => Transport) {
    this.#platform = platform
    this.#transport = transport
  }

  /** Sends it now, or, when it can wait and much waits already, as soon as there is room. */
  send(envelope: ClientEnvelope): void {
    if (canWait(envelope) && (this.#held.length > 0 || this.#transport().isFull)) this.#hold(envelope)
    else this.#transport().send(encode(envelope))
  }

  close(): void {
    this.#cancel?.()
    this.#held = []
  }

  #hold(envelope: ClientEnvelope): void {
    this.#held.push(envelope)
    if (this.#held.length > maxHeld) this.#held.shift()
    this.#cancel ??= this.#platform.setTimer(() => this.#look(), lookMs)
  }

  #look(): void {
    this.#cancel = undefined
    if (this.#transport().isFull) {
      this.#cancel = this.#platform.setTimer(() => this.#look(), lookMs)
      return
    }
    const held = this.#held
    this.#held = []
    for (const envelope of held) this.send(envelope)
  }
}

// What one says, how one follows, and who one is, are waited for by somebody.
function canWait({ type }: ClientEnvelope): boolean {
  switch (type) {
    case 'ping':
    case 'pong':
    case 'point':
      return true
    case 'hello':
    case 'subscribe':
    case 'unsubscribe':
    case 'annotate':
    case 'revise':
    case 'retract':
    case 'react':
    case 'arrange':
      return false
    default:
      return type satisfies never
  }
}
