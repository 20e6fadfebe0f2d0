// Owns what the routes need of the server around them; each route takes from it what it uses.

import type { Counters } from '../counters.ts'
import type { Engine } from '../engine/engine.ts'
import type { Groups } from '../groups/groups.ts'
import type { Clock } from '../groups/rounds.ts'
import type { LinkLimit } from '../guards/link-limit.ts'
import type { DrainedLink } from '../links/drained-link.ts'
import type { Log } from '../log.ts'

/** The server around the routes. */
export interface RouteHost {
  readonly engine: Engine
  readonly groups: Groups
  readonly counters: Counters
  readonly log: Log
  readonly clock: Clock
  /** Unix ms. */
  now(): number
  random(): number
  /** A short name for a secret, which is not kept itself. */
  personOf(secret: string): string
  /** The answers that take their time: streams, and polls that wait. Their end is told to each. */
  readonly parked: Set<DrainedLink>
  /** Who parks an answer takes a place of their address. */
  readonly links: LinkLimit
  /** Whether the server is about to go. */
  isDraining(): boolean
  /** Where others on the network reach the server, `http://192.168.1.5:3000`; none when it listens here only. */
  addresses(): readonly string[]
  /** Where the built page lies. */
  readonly pageFolder: string
  readonly version: string
}
