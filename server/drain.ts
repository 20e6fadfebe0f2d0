// Owns the orderly end: links are told when to come back, requests end, and nobody waits for ever.

import type { Server } from 'node:http'
import type { Clock } from './groups/rounds.ts'
import type { DrainedLink } from './links/drained-link.ts'

// Reconnects are spread so that this many come back each second (REALTIME.md 4.5), over 20 s at most.
const returnsEachSecond = 5_000
const maxSpreadMs = 20_000
// Links that are told before the event loop gets its turn, as in a round (rounds.ts).
const sliceLinks = 128
// A link has a second to answer its close; then requests have theirs. What is left is cut, so that what must be written
// is written within the 10 s that most give a process to end.
const linkPatienceMs = 3_000
const requestPatienceMs = 3_000

// How often connections are looked for that have become idle.
const idleMs = 50

/** What ends. */
export interface Draining {
  readonly server: Server
  readonly door: {
    readonly sessions: ReadonlySet<DrainedLink>
    /** Lets nobody in; resolves when no link is left. */
    close(): Promise<void>
  }
  /** The streams and the polls that wait. */
  readonly parked: ReadonlySet<DrainedLink>
  readonly clock: Clock
  readonly random: () => number
  /** Closes what has no links: sources, groups, engine. */
  closeRest(): Promise<void>
}

/** Ends a server: resolves when every link is closed, the port is free and all is written. */
export async function drain({ server, door, parked, clock, random, closeRest }: Draining): Promise<void> {
  const left = door.close()
  await tellAll([...door.sessions, ...parked], clock, random)
  // Until then the port is open: whoever asks for our health is told, and not left to guess.
  await within(linkPatienceMs, left, clock)
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const cancelIdle = closeIdle(server, clock)
  const cancelCut = clock.setTimer(() => server.closeAllConnections(), requestPatienceMs / 2)
  await within(requestPatienceMs, closed, clock)
  cancelCut()
  cancelIdle()
  await closeRest()
}

// An answer that has just ended leaves its connection idle a moment later.
function closeIdle(server: Server, clock: Clock): () => void {
  let cancel = () => {}
  function again(): void {
    server.closeIdleConnections()
    cancel = clock.setTimer(again, idleMs)
  }
  again()
  return () => cancel()
}

async function tellAll(links: readonly DrainedLink[], clock: Clock, random: () => number): Promise<void> {
  const spreadMs = Math.min(maxSpreadMs, (links.length / returnsEachSecond) * 1_000)
  for (let start = 0; start < links.length; start += sliceLinks) {
    for (const link of links.slice(start, start + sliceLinks)) link.drain(Math.round(random() * spreadMs))
    await new Promise<void>((resolve) => clock.yieldTo(resolve))
  }
}

async function within(ms: number, done: Promise<void>, clock: Clock): Promise<void> {
  let cancel = () => {}
  const late = new Promise<void>((resolve) => {
    cancel = clock.setTimer(resolve, ms)
  })
  await Promise.race([done, late])
  cancel()
}
