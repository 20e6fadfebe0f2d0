// Owns how a receiver is let into a group, whatever its transport: which group it asked for, under which name it is
// there, and what it is told of both. What goes over its link then is the group's.

import {
  accept,
  type Cursor,
  canonicalFollowed,
  encodeCursor,
  isInboxName,
  type Result,
  startCursor,
} from '@chartroom/shared'
import type { Engine } from '../engine/engine.ts'
import type { Claim } from '../engine/holders.ts'
import { noGroup } from '../engine/room.ts'
import type { Group } from '../groups/group.ts'
import type { Groups, Membership } from '../groups/groups.ts'
import type { Place } from '../groups/seats.ts'
import type { Link, Subscriber } from '../groups/subscriber.ts'

/** What letting in needs of the server around it. */
export interface AdmissionHost {
  readonly engine: Pick<Engine, 'hold' | 'inbox'>
  readonly groups: Groups
}

/** What a receiver was granted, as the `ack` of its subscribe says it. */
export interface Admitted {
  readonly group: string
  /** Where the group stands. */
  readonly cursor: string
  readonly name?: string
  readonly paceMs: number
}

/** Somebody who wants to receive a group. */
export interface Applicant {
  readonly link: Link
  /** The canonical group, or inbox. */
  readonly group: string
  /** How far it has come. */
  readonly cursor: Cursor | undefined
  readonly windowMs: number | undefined
  readonly paceMs: number
  /** The name that it asks for. */
  readonly claim: Claim | undefined
  /** Who it is, where it is to be counted. */
  readonly person: string | undefined
  /** Who it is by its secret: an inbox is let to its holder only. */
  readonly holder: string | undefined
  /** Whether it was ever told the past of this group: then what it misses comes with the past of it. */
  readonly hasPast: boolean
  /** Whether the link has gone: then nobody is let in. */
  isGone(): boolean
  /** Told ahead of the first update. */
  admitted(granted: Admitted): void
}

/** The group or inbox that somebody asks to follow, in its canonical form. */
export function followable(group: string): Result<string> {
  return canonicalFollowed(group)
}

/** Lets somebody in; nobody, where the link went meanwhile. An inbox is refused to all but its holder. */
export async function admit(host: AdmissionHost, applicant: Applicant): Promise<Result<Membership | undefined>> {
  const { cursor, windowMs } = applicant
  const kept = await keptOf(host, applicant)
  if (!kept.ok) return kept
  const start = { cursor, windowMs }
  let hasRoom = true
  const membership = await host.groups.join(kept.value, start, async (open) => {
    hasRoom = host.groups.hasRoomIn(open)
    return hasRoom ? subscriberFor(host, applicant, open.cursor) : undefined
  })
  if (!hasRoom) return noGroup
  if (!applicant.isGone()) return accept(membership)
  membership?.leave()
  return accept(undefined)
}

/** Somebody who wants to be answered once about a group. */
export type Caller = Pick<Applicant, 'group' | 'paceMs' | 'claim' | 'person' | 'holder'>

/** A group that is held open for a caller, and what they were granted there. */
export interface Call {
  readonly group: Group
  /** Where they are counted. */
  readonly place: Place | undefined
  readonly admitted: Admitted
  /** Lets go of it; once. */
  end(): void
}

/**
 * Holds a group open for a caller, who is counted there meanwhile and a little longer. An inbox is refused to all but
 * its holder.
 */
export async function call(host: AdmissionHost, caller: Caller): Promise<Result<Call>> {
  const kept = await keptOf(host, caller)
  if (!kept.ok) return kept
  const { group, end } = await host.groups.visit(kept.value)
  if (!host.groups.hasRoomIn(group)) {
    end()
    return noGroup
  }
  try {
    const name = await nameFor(host, caller)
    const person = personIn(caller)
    const place = person === undefined ? undefined : group.seat(person, name)
    return accept({
      group,
      place,
      admitted: admittedTo(caller, group.cursor, name),
      end() {
        place?.end()
        end()
      },
    })
  } catch (error) {
    end()
    throw error
  }
}

async function keptOf({ engine }: AdmissionHost, { group, holder }: Caller): Promise<Result<string>> {
  const named = followable(group)
  return named.ok && isInboxName(named.value) ? engine.inbox(named.value, holder) : named
}

async function subscriberFor(host: AdmissionHost, applicant: Applicant, at: Cursor): Promise<Subscriber | undefined> {
  const { link, paceMs, hasPast } = applicant
  const name = await nameFor(host, applicant)
  if (applicant.isGone()) return undefined
  applicant.admitted(admittedTo(applicant, at, name))
  return { link, paceMs, person: personIn(applicant), name, hasPast, cursor: startCursor }
}

function admittedTo({ group, paceMs }: Caller, at: Cursor, name: string | undefined): Admitted {
  return { group, cursor: encodeCursor(at), ...(name === undefined ? {} : { name }), paceMs }
}

// The name is held from now on by who has a secret. That of an inbox was granted in its group.
async function nameFor({ engine }: AdmissionHost, { group, claim }: Caller): Promise<string | undefined> {
  const granted = claim && !isInboxName(group) ? await engine.hold(group, claim) : undefined
  return granted?.name
}

// Who is in an inbox is no news to anybody: nobody is counted there.
function personIn({ group, person }: Caller): string | undefined {
  return isInboxName(group) ? undefined : person
}
