// Owns at which pace a page with charts follows its groups: its reader's, but no quicker than the charts can be drawn.

import type { Replica } from '@chartroom/shared/client'
import { stride } from '../charts/stride.ts'
import { followSeen, type PaceSource } from '../hidden.ts'
import type { GroupStore } from '../store.ts'
import type { ConnectionFacts } from './connection-state.ts'

/** Follows at the pace that is wanted, as far as the page can keep it; `sources` tell that another is wanted. */
export function followInStride(
  wantedMs: () => number,
  replicas: () => Iterable<Replica>,
  ...sources: readonly PaceSource[]
): () => void {
  const paceMs = () => {
    stride.want(wantedMs())
    return stride.paceMs
  }
  stride.want(wantedMs())
  return followSeen(document, paceMs, replicas, [(listener) => stride.onChange(listener), ...sources])
}

/** What the line of the connection says of a group's numbers: the choice stays the reader's where they come slower. */
export function numbersOf({ replica, paceMs }: GroupStore): Omit<ConnectionFacts, 'now'> {
  const slowed = slowedMs()
  const chosenMs = slowed === undefined ? replica.paceMs : paceMs
  return { paceMs: chosenMs, slowedMs: slowed, numbersTime: replica.state.time }
}

/** The pace at which numbers come instead of the one that is wanted (ms); undefined where the page keeps it. */
export function slowedMs(): number | undefined {
  return stride.isSlowed ? stride.paceMs : undefined
}
