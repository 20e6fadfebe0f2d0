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
import type { Groups, Membership } from '../groups/groups.ts'
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
  const { group, cursor, windowMs, holder } = applicant
  const kept = isInboxName(group) ? await host.engine.inbox(group, holder) : accept(group)
  if (!kept.ok) return kept
  const start = { cursor, windowMs }
  const membership = await host.groups.join(kept.value, start, (open) => subscriberFor(host, applicant, open.cursor))
  if (!applicant.isGone()) return accept(membership)
  membership?.leave()
  return accept(undefined)
}

// Who is in an inbox is no news to anybody: nobody is counted there, and its name was granted elsewhere.
async function subscriberFor(host: AdmissionHost, applicant: Applicant, at: Cursor): Promise<Subscriber | undefined> {
  const { link, group, paceMs, hasPast } = applicant
  const isInbox = isInboxName(group)
  const name = isInbox ? undefined : await nameFor(host, applicant)
  if (applicant.isGone()) return undefined
  applicant.admitted({ group, cursor: encodeCursor(at), ...(name === undefined ? {} : { name }), paceMs })
  return { link, paceMs, person: isInbox ? undefined : applicant.person, name, hasPast, cursor: startCursor }
}

/** The name that a claim is granted in a group, held from now on by who has a secret; undefined without a claim. */
export async function nameFor(
  { engine }: Pick<AdmissionHost, 'engine'>,
  { group, claim }: Pick<Applicant, 'group' | 'claim'>,
): Promise<string | undefined> {
  const granted = claim && (await engine.hold(group, claim))
  return granted?.name
}
