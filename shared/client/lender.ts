// Owns what the connection of the leading tab lends to the others; it lends nothing itself.

import type { FollowedGroup } from './followed-group.ts'
import type { Uplink } from './requests.ts'
import type { FollowOptions } from './subscription.ts'

/** The connection of the leading tab, as the others use it. */
export interface Lender {
  /** Takes requests; undefined while there is no session. */
  readonly uplink: Uplink | undefined
  /** Whether the server let the leading tab in. */
  readonly isWelcome: boolean
  /** Whether the server is heard. */
  readonly isLive: boolean
  /** Unix ms, the server's. */
  serverNow(): number
  /** Somebody waits for the connection. */
  wake(): void
  /** Whether one more group can be followed, if it is not yet: one connection takes so many. */
  hasRoomFor(group: string): boolean
  /** Follows a group for other tabs too, as they want it together. */
  lend(group: string, wants: FollowOptions): FollowedGroup
}
