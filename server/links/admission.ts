// Owns how a receiver is let into a group, whatever its transport: which group it asked for, under which name it is
// there, and what it is told of both. What goes over its link then is the group's.

import { type Cursor, canonicalGroupName, encodeCursor, type Result, startCursor } from '@chartroom/shared'
import type { Engine } from '../engine/engine.ts'
import type { Claim } from '../engine/holders.ts'
import type { Groups, Membership } from '../groups/groups.ts'
import type { Link, Subscriber } from '../groups/subscriber.ts'

/** What letting in needs of the server around it. */
export interface AdmissionHost {
  readonly engine: Pick<Engine, 'hold'>
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
  /** The canonical group. */
  readonly group: string
  /** How far it has come. */
  readonly cursor: Cursor | undefined
  readonly windowMs: number | undefined
  readonly paceMs: number
  /** The name that it asks for. */
  readonly claim: Claim | undefined
  /** Who it is, where it is to be counted. */
  readonly person: string | undefined
  /** Whether it was ever told the past of this group: then what it misses comes with the past of it. */
  readonly hasPast: boolean
  /** Whether the link has gone: then nobody is let in. */
  isGone(): boolean
  /** Told ahead of the first update. */
  admitted(granted: Admitted): void
}

/** The group that somebody asks to follow, in its canonical form. */
export function followable(group: string): Result<string> {
  return canonicalGroupName(group)
}

/** Lets somebody in; nobody, where the link went meanwhile. */
export async function admit(host: AdmissionHost, applicant: Applicant): Promise<Membership | undefined> {
  const { link, group, cursor, windowMs, paceMs, person, hasPast } = applicant
  const membership = await host.groups.join(
    group,
    { cursor, windowMs },
    async (open): Promise<Subscriber | undefined> => {
      const name = await nameFor(host, applicant)
      if (applicant.isGone()) return undefined
      const named = name === undefined ? {} : { name }
      applicant.admitted({ group, cursor: encodeCursor(open.cursor), ...named, paceMs })
      return { link, paceMs, person, name, hasPast, cursor: startCursor }
    },
  )
  if (!applicant.isGone()) return membership
  membership?.leave()
  return undefined
}

/** The name that a claim is granted in a group, held from now on by who has a secret; undefined without a claim. */
export async function nameFor(
  { engine }: Pick<AdmissionHost, 'engine'>,
  { group, claim }: Pick<Applicant, 'group' | 'claim'>,
): Promise<string | undefined> {
  const granted = claim && (await engine.hold(group, claim))
  return granted?.name
}
