// Owns the client's own pings: they measure the server's clock and tell when it is silent. It closes nothing.

import type { Platform, Undo } from './platform.ts'
import type { ServerClock } from './server-clock.ts'

/** A ping that is unanswered for this long makes the connection `behind`, ms. */
export const silenceMs = 3_000

const everyMs = 5_000

/** What a pulse needs: how to ping, and who wants to know. */
export interface PulseListener {
  /** Sends a ping and returns its id. */
  ping(): number
  onPong(roundTripMs: number): void
  /** The server has been silent for this long, ms; told again with each ping. */
  onSilence(silentMs: number): void
}

/** Pings every 5 s while it runs. */
export class Pulse {
  readonly #platform: Platform
  readonly #clock: ServerClock
  readonly #listener: PulseListener
  /** The id of each unanswered ping, and when it was sent, oldest first. */
  readonly #unanswered = new Map<number, number>()
  #cancel: Undo = () => {}

  constructor(platform: Platform, clock: ServerClock, listener: PulseListener) {
    this.#platform = platform
    this.#clock = clock
    this.#listener = listener
  }

  /** Pings now, and from now on. */
  beat(): void {
    this.#cancel()
    this.#unanswered.set(this.#listener.ping(), this.#platform.now())
    this.#cancel = this.#platform.setTimer(() => this.#look(), silenceMs)
  }

  stop(): void {
    this.#cancel()
  }

  /** Takes the server's answer to one of our pings. A later one answers the earlier too: frames stay in order. */
  handlePong(id: number | undefined, serverTime: number): void {
    const sentAt = id === undefined ? undefined : this.#unanswered.get(id)
    if (id === undefined || sentAt === undefined) return
    for (const earlier of [...this.#unanswered.keys()]) if (earlier <= id) this.#unanswered.delete(earlier)
    this.#listener.onPong(this.#clock.measure(sentAt, serverTime).roundTripMs)
  }

  #look(): void {
    this.#cancel = this.#platform.setTimer(() => this.beat(), everyMs - silenceMs)
    const [oldestAt] = this.#unanswered.values()
    if (oldestAt !== undefined) this.#listener.onSilence(this.#platform.now() - oldestAt)
  }
}
