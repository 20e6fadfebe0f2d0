// A real host for the client whose clock runs faster: its sockets are real, and what waits for 5 s waits for a part of it.

import { createPlatform, type Platform } from '@chartroom/shared/client'
import { WebSocket } from 'ws'

/** Backoff, pings and deadlines of the client are made for people; a test has less time and asks for the same. */
export function fastPlatform(speed: number): Platform {
  const host = createPlatform({ WebSocket })
  const start = Date.now()
  return {
    ...host,
    now: () => start + (Date.now() - start) * speed,
    setTimer: (run, ms) => host.setTimer(run, ms / speed),
  }
}
