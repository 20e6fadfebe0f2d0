// Owns the client's own pings: they measure the server's clock and tell when it is silent. It closes nothing.

import type { Platform, Undo } from './platform.ts'
import type { ServerClock } from './server-clock.ts'

/** A ping that is unanswered for this long makes the connection `behind`, ms. */
export const silenceMs = 3_000

// While nothing comes, so that one knows within 8 s that nobody is there.
const everyMs = 5_000
// While something comes, whose lag says more: only the clock is asked for. A viewer of numbers that come each second
// would otherwise cost a server nearly twice as much (`npm run bench -- ways`).
const heardEveryMs = 20_000

/** What a pulse needs: how to ping, and who wants to know. */
export interface PulseListener {
  /** Sends a ping and returns its id. */
  ping(): number
  onPong(roundTripMs: number): void
  /** The server has been silent for this long, ms; told again with each ping. */
  onSilence(silentMs: number): void
}

/** Pings every 5 s while it runs, and every 20 s while something else comes. */
export class Pulse {
  readonly #platform: Platform
  readonly #clock: ServerClock
  readonly #listener: PulseListener
  /** The id of each unanswered ping, and when it was sent, oldest first. */
  readonly #unanswered = new Map<number, number>()
  #cancel: Undo = () => {}
  #beatAt = Number.NEGATIVE_INFINITY
  #heardAt = Number.NEGATIVE_INFINITY

  constructor(platform: Platform, clock: ServerClock, listener: PulseListener) {
    this.#platform = platform
    this.#clock = clock
    this.#listener = listener
  }

  /** Pings now, and from now on. */
  beat(): void {
    this.#cancel()
    this.#beatAt = this.#platform.now()
    this.#unanswered.set(this.#listener.ping(), this.#beatAt)
    this.#cancel = this.#platform.setTimer(() => this.#look(), silenceMs)
  }

  /** Something came that answers no ping of ours. */
  hear(): void {
    this.#heardAt = this.#platform.now()
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
    this.#cancel = this.#platform.setTimer(() => this.#continue(), everyMs - silenceMs)
    const [oldestAt] = this.#unanswered.values()
    if (oldestAt !== undefined) this.#listener.onSilence(this.#platform.now() - oldestAt)
  }

  #continue(): void {
    const now = this.#platform.now()
    const [sinceBeatMs, sinceHeardMs] = [now - this.#beatAt, now - this.#heardAt]
    const restMs = Math.min(everyMs - sinceHeardMs, heardEveryMs - sinceBeatMs)
    // A clock that was set back says nothing of when that was.
    const isKnown = sinceHeardMs >= 0 && sinceBeatMs >= 0
    if (!isKnown || restMs <= 0 || this.#unanswered.size > 0) this.beat()
    else this.#cancel = this.#platform.setTimer(() => this.#continue(), restMs)
  }
}
