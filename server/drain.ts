// Owns the orderly end: links are told when to come back, requests end, and nobody waits for ever.

import type { Server } from 'node:http'
import type { Session } from './links/session.ts'

// Reconnects are spread so that this many come back each second (REALTIME.md 4.5), over 20 s at most.
const returnsEachSecond = 5_000
const maxSpreadMs = 20_000
// What does not end by itself within this is cut.
const patienceMs = 5_000

/** What ends. */
export interface Draining {
  readonly server: Server
  readonly sessions: ReadonlySet<Session>
  readonly random: () => number
  setTimer(run: () => void, ms: number): () => void
  /** Closes what has no links: sources, groups, engine. */
  closeRest(): Promise<void>
}

/** Ends a server: resolves when every link is closed and the port is free, after 5 s at most. */
export async function drain({ server, sessions, random, setTimer, closeRest }: Draining): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const spreadMs = Math.min(maxSpreadMs, (sessions.size / returnsEachSecond) * 1_000)
  for (const session of [...sessions]) session.drain(Math.round(random() * spreadMs))
  const cancelCut = setTimer(() => server.closeAllConnections(), patienceMs)
  server.closeIdleConnections()
  await Promise.race([closed, new Promise<void>((resolve) => setTimer(resolve, patienceMs + 1_000))])
  cancelCut()
  await closeRest()
}
