// A real host for the client whose clock runs faster: its sockets are real, and what waits for 5 s waits for a part of it.

import { createPlatform, type Platform } from '@chartroom/shared/client'
import { WebSocket } from 'ws'

/** How far the clock goes on between two looks at it, real ms: of a host that was kept from working it stood still. */
const strideMs = 50

interface Timer {
  readonly at: number
  readonly run: () => void
}

/** Backoff, pings and deadlines of the client are made for people; a test has less time and asks for the same. */
export function fastPlatform(speed: number): Platform {
  const host = createPlatform({ WebSocket })
  const timers = new Set<Timer>()
  let time = Date.now()
  let lookedAt = performance.now()
  let armed = { at: Number.POSITIVE_INFINITY, cancel: () => {} }

  function now(): number {
    const real = performance.now()
    time += Math.min(real - lookedAt, strideMs) * speed
    lookedAt = real
    return time
  }

  function arm(at: number): void {
    if (at >= armed.at) return
    armed.cancel()
    const ms = Math.max(0, at - now()) / speed
    armed = { at, cancel: host.setTimer(fire, Math.min(ms, strideMs / 2)) }
  }

  function fire(): void {
    armed = { at: Number.POSITIVE_INFINITY, cancel: () => {} }
    const until = now()
    const due = [...timers].filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)
    for (const timer of due) if (timers.delete(timer)) timer.run()
    arm(Math.min(...[...timers].map(({ at }) => at)))
  }

  return {
    ...host,
    now,
    setTimer(run, ms) {
      const timer = { at: now() + ms, run }
      timers.add(timer)
      arm(timer.at)
      return () => void timers.delete(timer)
    },
  }
}
