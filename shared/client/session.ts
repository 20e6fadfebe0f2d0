// Owns one life of a connection, from hello to its end: requests, pings, deadlines. Who comes back, and when, is connection.ts's.

import type { ClientEnvelope } from '../client-envelopes.ts'
import { type Close, close, mayReconnect } from '../close.ts'
import { decodeServerEnvelope } from '../codec.ts'
import { limits } from '../limits.ts'
import type { ErrorEnvelope, PresenceEnvelope, ServerEnvelope, WelcomeEnvelope } from '../server-envelopes.ts'
import type { Update } from '../update.ts'
import { Deadline } from './deadline.ts'
import type { Identity } from './identity.ts'
import { Outflow } from './outflow.ts'
import type { Platform } from './platform.ts'
import { Pulse } from './pulse.ts'
import { type Answer, type RequestDraft, Requests, refused, type Uplink } from './requests.ts'
import type { ServerClock } from './server-clock.ts'
import type { OpenTransport, Transport } from './transport.ts'

/** How a session ended, and whether coming back by itself is pointless. */
export interface SessionEnd {
  readonly code: number
  readonly reason: string
  readonly isFinal: boolean
}

/** What a session tells; `onEnd` is the last, and is not told when the session was closed from this side. */
export interface SessionListener {
  /** Hello is on its way: requests may follow, without waiting for the welcome. */
  onOpen(uplink: Uplink): void
  onWelcome(roundTripMs: number): void
  onUpdate(update: Update): void
  onPresence(presence: PresenceEnvelope): void
  onClosing(afterMs: number): void
  onPong(roundTripMs: number): void
  onSilence(silentMs: number): void
  onEnd(end: SessionEnd): void
}

export interface SessionOptions {
  readonly platform: Platform
  readonly clock: ServerClock
  readonly open: OpenTransport
  readonly identity: Identity
  readonly listener: SessionListener
}

/** From opening to welcome. */
const handshakeMs = 10_000
/** What a question on waking may take. */
const probeMs = 5_000

/** One life of a connection. */
export class Session implements Uplink {
  readonly #options: SessionOptions
  readonly #transport: Transport
  readonly #outflow: Outflow
  readonly #requests: Requests
  readonly #deadline: Deadline
  readonly #pulse: Pulse
  #state: 'opening' | 'greeting' | 'welcomed' | 'ended' = 'opening'
  #hello = { id: 0, sentAt: 0 }

  constructor(options: SessionOptions) {
    const { platform, clock, listener } = options
    this.#options = options
    this.#requests = new Requests((envelope) => this.#send(envelope))
    this.#deadline = new Deadline(platform, () => this.#giveUp(close.noPong))
    this.#pulse = new Pulse(platform, clock, {
      ping: () => this.#ping(),
      onPong: (roundTripMs) => listener.onPong(roundTripMs),
      onSilence: (silentMs) => listener.onSilence(silentMs),
    })
    this.#outflow = new Outflow(platform, () => this.#transport)
    this.#deadline.start(handshakeMs)
    this.#transport = options.open({
      onOpen: () => this.#handleOpen(),
      onFrame: (text) => this.#handleFrame(text),
      onClose: (code, reason) => this.#end({ code, reason, isFinal: !mayReconnect(code) }),
    })
  }

  request(draft: RequestDraft, onAnswer: (answer: Answer) => void): void {
    this.#requests.send(draft, onAnswer)
  }

  /** Time may have passed unnoticed: asks whether the server is still there, and expects the answer soon. */
  probe(): void {
    this.#deadline.shorten(probeMs)
    if (this.#state === 'welcomed') this.#pulse.beat()
  }

  /** Ends it from this side. Closing twice is legal. */
  close(): void {
    if (this.#finish()) this.#transport.close(close.done.code, close.done.reason)
  }

  #handleOpen(): void {
    const { platform, identity, listener } = this.#options
    this.#state = 'greeting'
    this.#hello = { id: this.#requests.nextId(), sentAt: platform.now() }
    this.#send({ type: 'hello', id: this.#hello.id, ...identity })
    listener.onOpen(this)
  }

  #handleFrame(text: string): void {
    this.#deadline.extend()
    const decoded = decodeServerEnvelope(text)
    if (decoded.ok && decoded.value.type !== 'pong') this.#pulse.hear()
    if (decoded.ok) this.#handle(decoded.value)
    // A newer server may say more than this client knows; anything else means that the two do not understand each other.
    else if (decoded.refusal.code !== 'unknown_type') this.#giveUp(close.badFrame)
  }

  #handle(envelope: ServerEnvelope): void {
    const { listener } = this.#options
    switch (envelope.type) {
      case 'welcome':
        this.#handleWelcome(envelope)
        break
      case 'update':
        listener.onUpdate(envelope)
        break
      case 'presence':
        listener.onPresence(envelope)
        break
      case 'ack':
        this.#requests.settle(envelope)
        break
      case 'error':
        this.#handleError(envelope)
        break
      case 'ping':
        this.#send({ type: 'pong' })
        break
      case 'pong':
        this.#pulse.handlePong(envelope.id, envelope.time)
        break
      case 'closing':
        listener.onClosing(envelope.afterMs)
        break
      default:
        envelope satisfies never
    }
  }

  #handleWelcome({ id, time, pingMs }: WelcomeEnvelope): void {
    if (id !== this.#hello.id || this.#state !== 'greeting') return
    this.#state = 'welcomed'
    this.#deadline.start(pingMs + limits.graceMs)
    const { roundTripMs } = this.#options.clock.measure(this.#hello.sentAt, time)
    this.#pulse.beat()
    this.#options.listener.onWelcome(roundTripMs)
  }

  #handleError(envelope: ErrorEnvelope): void {
    if (envelope.id === this.#hello.id) this.#handleRefusedHello(envelope)
    else this.#requests.settle(envelope)
  }

  #handleRefusedHello(envelope: ErrorEnvelope): void {
    const { refusal, isTemporary } = refused(envelope)
    this.#giveUp(close.badFrame, { reason: refusal.message, isFinal: !isTemporary })
  }

  #ping(): number {
    const id = this.#requests.nextId()
    this.#send({ type: 'ping', id })
    return id
  }

  #send(envelope: ClientEnvelope): void {
    if (this.#state !== 'opening' && this.#state !== 'ended') this.#outflow.send(envelope)
  }

  // The two do not understand or hear each other: this side closes, and may come back.
  #giveUp(how: Close, told: Partial<SessionEnd> = {}): void {
    if (this.#state !== 'ended') this.#transport.close(how.code, how.reason)
    this.#end({ ...how, isFinal: false, ...told })
  }

  #end(end: SessionEnd): void {
    if (this.#finish()) this.#options.listener.onEnd(end)
  }

  #finish(): boolean {
    if (this.#state === 'ended') return false
    this.#state = 'ended'
    this.#deadline.stop()
    this.#pulse.stop()
    this.#outflow.close()
    return true
  }
}
