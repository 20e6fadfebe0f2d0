// Owns whether a link still lives: the server's ping, and the answer that is due. It closes nothing itself.

import { limits } from '@chartroom/shared'

/** A running heartbeat. */
export interface Heartbeat {
  /** The peer answered. */
  answered(): void
  close(): void
}

/**
 * Calls `ping` every 25 s, and `dead` when it was not answered within 8 s. An answer is asked of the application,
 * because proxies answer protocol pings for peers that are long gone.
 */
export function createHeartbeat(
  setTimer: (run: () => void, ms: number) => () => void,
  ping: () => void,
  dead: () => void,
): Heartbeat {
  let cancelDead = () => {}
  let cancelPing = setTimer(beat, limits.pingMs)

  function beat(): void {
    cancelPing = setTimer(beat, limits.pingMs)
    cancelDead()
    cancelDead = setTimer(dead, limits.pongMs)
    ping()
  }

  return {
    answered: () => cancelDead(),
    close() {
      cancelPing()
      cancelDead()
    },
  }
}
