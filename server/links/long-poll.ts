// Owns the wait of a poll: a link in the clocks of its groups that is answered once. What is asked, and how the answer
// looks, is the routes'.

import type { Cursor } from '@chartroom/shared'
import { type Frame, UpdateFrame } from '../groups/frame.ts'
import type { Group } from '../groups/group.ts'
import type { Clock } from '../groups/rounds.ts'
import type { Place } from '../groups/seats.ts'
import type { Link } from '../groups/subscriber.ts'
import type { DrainedLink } from './drained-link.ts'
import type { Turns } from './turns.ts'

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
  /** Those of all who wait at this server. */
  readonly turns: Turns
}

/** How a wait ended, and the updates of the rounds that ended it, by group. */
export interface Waited {
  readonly end: WaitEnd
  readonly updates: ReadonlyMap<Group, UpdateFrame>
  /** When to come back where the server goes, ms. */
  readonly afterMs: number
}

/**
 * Waits until a round has something for one of the groups; not at all, where one has something already. Who is told with
 * many others goes on in their turn.
 */
export async function waitFor(polled: readonly Polled[], waiting: Waiting): Promise<Waited> {
  const waited = await wait(polled, waiting)
  if (waited.end === 'told') await waiting.turns.next()
  return waited
}

async function wait(polled: readonly Polled[], waiting: Waiting): Promise<Waited> {
  const updates = new Map<Group, UpdateFrame>()
  const leaves: (() => void)[] = []
  let afterMs = 0
  try {
    const end = await new Promise<WaitEnd>((resolve) => {
      const told = () => resolve('told')
      const drain = (ms: number) => {
        afterMs = ms
        resolve('drained')
      }
      leaves.push(...limit(waiting, resolve, { drain }))
      for (const one of polled) leaves.push(...enter(one, waiting, updates, told))
    })
    return { end, updates, afterMs }
  } finally {
    for (const leave of leaves) leave()
  }
}

// What ends it, whatever happens in the groups.
function limit(
  { clock, waitMs, signal, parked }: Waiting,
  end: (how: WaitEnd) => void,
  link: DrainedLink,
): readonly (() => void)[] {
  const leave = () => end('left')
  parked.add(link)
  signal.addEventListener('abort', leave)
  if (signal.aborted) leave()
  return [
    () => parked.delete(link),
    () => signal.removeEventListener('abort', leave),
    clock.setTimer(() => end('late'), waitMs),
  ]
}

function enter(
  { group, cursor, windowMs, paceMs, place }: Polled,
  { clock, tellsPeople }: Waiting,
  updates: Map<Group, UpdateFrame>,
  told: () => void,
): readonly (() => void)[] {
  const link: Link = {
    id: 'poll',
    isFull: false,
    send(frame: Frame) {
      if (frame instanceof UpdateFrame) updates.set(group, frame)
      else if (!tellsPeople) return
      told()
    },
  }
  const leave = cursor === undefined || windowMs !== undefined ? undefined : group.wait(link, cursor, paceMs)
  // There is something to be told now.
  if (leave === undefined) told()
  const peopleDueMs = tellsPeople ? place?.peopleDueMs(paceMs) : undefined
  return [leave ?? (() => {}), peopleDueMs === undefined ? () => {} : clock.setTimer(told, peopleDueMs)]
}
