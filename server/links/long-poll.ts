// Owns the wait of a poll: a link in the clocks of its groups that is answered once. What is asked, and how the answer
// looks, is the routes'.

import type { Cursor } from '@chartroom/shared'
import { type Frame, UpdateFrame } from '../groups/frame.ts'
import type { Group } from '../groups/group.ts'
import type { Clock } from '../groups/rounds.ts'
import type { Place } from '../groups/seats.ts'
import type { Link } from '../groups/subscriber.ts'
import type { DrainedLink } from './drained-link.ts'

/** A group that is open, and where the one who polls it stands. */
export interface Polled {
  readonly group: Group
  /** Undefined: they have nothing. */
  readonly cursor: Cursor | undefined
  /** With the past of it (ms) there is always something to be told. */
  readonly windowMs: number | undefined
  readonly paceMs: number
  /** Where they are counted, which knows what people they were told of. */
  readonly place: Place | undefined
}

/** How a wait ended: something is to be told, its time was over, the one who waits left, or the server goes. */
export type WaitEnd = 'told' | 'late' | 'left' | 'drained'

/** What a wait is to end by. */
export interface Waiting {
  readonly clock: Pick<Clock, 'setTimer'>
  readonly waitMs: number
  /** Whether it also ends when the people of a group change. */
  readonly tellsPeople: boolean
  /** Aborted when the one who waits has left. */
  readonly signal: AbortSignal
  /** Where the server finds it when it goes. */
  readonly parked: Set<DrainedLink>
}

/** How a wait ended, and the updates of the rounds that ended it, by group. */
export interface Waited {
  readonly end: WaitEnd
  readonly updates: ReadonlyMap<Group, UpdateFrame>
  /** When to come back where the server goes, ms. */
  readonly afterMs: number
}

/** Waits until a round has something for one of the groups; not at all, where one has something already. */
export async function waitFor(polled: readonly Polled[], waiting: Waiting): Promise<Waited> {
  const updates = new Map<Group, UpdateFrame>()
  const { clock, waitMs, signal, parked } = waiting
  const leaves: (() => void)[] = []
  let afterMs = 0
  const end = await new Promise<WaitEnd>((resolve) => {
    const link = {
      drain(ms: number) {
        afterMs = ms
        resolve('drained')
      },
    }
    const leave = () => resolve('left')
    parked.add(link)
    signal.addEventListener('abort', leave)
    leaves.push(
      () => parked.delete(link),
      () => signal.removeEventListener('abort', leave),
    )
    leaves.push(clock.setTimer(() => resolve('late'), waitMs))
    if (signal.aborted) leave()
    for (const one of polled) {
      const told = () => resolve('told')
      const peopleDueMs = waiting.tellsPeople ? one.place?.peopleDueMs(one.paceMs) : undefined
      if (peopleDueMs !== undefined) leaves.push(clock.setTimer(told, peopleDueMs))
      const left = enter(one, waiting, updates, told)
      if (left === undefined) told()
      else leaves.push(left)
    }
  })
  for (const leave of leaves) leave()
  return { end, updates, afterMs }
}

// Undefined where there is something to be told now.
function enter(
  { group, cursor, windowMs, paceMs }: Polled,
  { tellsPeople }: Waiting,
  updates: Map<Group, UpdateFrame>,
  told: () => void,
): (() => void) | undefined {
  const link: Link = {
    id: 'poll',
    isFull: false,
    send(frame: Frame) {
      if (frame instanceof UpdateFrame) updates.set(group, frame)
      else if (!tellsPeople) return
      told()
    },
  }
  return cursor === undefined || windowMs !== undefined ? undefined : group.wait(link, cursor, paceMs)
}
