// Owns whether a link still lives: the server's ping, and the answer that is due. It closes nothing itself.

import { limits } from '@chartroom/shared'

/** A running heartbeat. */
export interface Heartbeat {
  /** The peer answered. */
  answered(): void
  close(): void
}

/** The peer whose life is asked for. */
export interface Beating {
  /** Whether so much waits for it that a ping would wait too; that it does not drain is seen by its link. */
  isFull(): boolean
  ping(): void
  /** It did not answer. */
  dead(): void
}

/**
 * Pings every 25 s, and calls `dead` when that was not answered within 8 s. An answer is asked of the application,
 * because proxies answer protocol pings for peers that are long gone.
 */
export function createHeartbeat(setTimer: (run: () => void, ms: number) => () => void, peer: Beating): Heartbeat {
  return new Pulse(setTimer, peer)
}

// A class, because there are thousands of it.
class Pulse implements Heartbeat {
  readonly #setTimer: (run: () => void, ms: number) => () => void
  readonly #peer: Beating
  #cancelPing: () => void
  #cancelDead: (() => void) | undefined

  constructor(setTimer: (run: () => void, ms: number) => () => void, peer: Beating) {
    this.#setTimer = setTimer
    this.#peer = peer
    this.#cancelPing = this.#nextBeat()
  }

  answered(): void {
    this.#cancelDead?.()
    this.#cancelDead = undefined
  }

  close(): void {
    this.#cancelPing()
    this.answered()
  }

  #nextBeat(): () => void {
    return this.#setTimer(() => this.#beat(), limits.pingMs)
  }

  #beat(): void {
    this.#cancelPing = this.#nextBeat()
    this.answered()
    if (this.#peer.isFull()) return
    this.#cancelDead = this.#setTimer(() => this.#late(), limits.pongMs)
    this.#peer.ping()
  }

  // The ping may lie behind what filled the link after it: the next one asks again.
  #late(): void {
    if (!this.#peer.isFull()) this.#peer.dead()
  }
}
