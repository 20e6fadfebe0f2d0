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
  let cancelDead = () => {}
  let cancelPing = setTimer(beat, limits.pingMs)

  function beat(): void {
    cancelPing = setTimer(beat, limits.pingMs)
    cancelDead()
    if (peer.isFull()) return
    cancelDead = setTimer(late, limits.pongMs)
    peer.ping()
  }

  // The ping may lie behind what filled the link after it: the next one asks again.
  function late(): void {
    if (!peer.isFull()) peer.dead()
  }

  return {
    answered: () => cancelDead(),
    close() {
      cancelPing()
      cancelDead()
    },
  }
}
