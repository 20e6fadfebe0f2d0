// Owns how a change that waits is prepared for the next write: in its group, or in all inboxes that a direct message
// reaches. What becomes of it then is local-group.ts's.

import { type Accepted, accept, type Change, type Draft, type Prepared, type Result, refuse } from '@chartroom/shared'
import { askerOf, directOf, othersOf, prepareDirect } from '../direct.ts'
import type { Append } from '../engine.ts'
import type { KeptGroup } from '../kept.ts'

/** What a change of inboxes may touch besides the inbox that it waits in: their group, and the others by their keys. */
export interface Reach<G> {
  readonly group: G
  readonly others: ReadonlyMap<string, G>
}

/** A change that waits to be stored. */
export interface Waiting<G> {
  readonly append: Append
  readonly reach?: Reach<G> | undefined
  readonly settle: (result: Result<Accepted>) => void
}

/** A change that was prepared. */
export interface Ready {
  readonly append: Append
  readonly settle: (result: Result<Accepted>) => void
  readonly change: Change
  readonly prepared: Prepared
  /** Whether it happens in other groups too. */
  readonly isTied: boolean
}

/** A group of which the next write is prepared. */
export interface PreparedGroup {
  readonly kept: KeptGroup
  /** What it will be after that write. */
  readonly draft: Draft
  /** Takes a change into it. */
  fly(one: Ready): void
}

/** What preparing needs of the engine. */
export interface PreparingHost<G> {
  /** A name for the first life of a group. */
  epochName(): string
  /** Whether the process has room for a change. */
  roomFor(group: G, change: Change): Result<void>
}

/** Prepares a change of one group; returns the groups in which it is prepared. */
export function prepareOwn<G extends PreparedGroup>(
  group: G,
  { append, settle }: Waiting<G>,
  host: PreparingHost<G>,
  now: number,
): Result<G[]> {
  const { kept, draft } = group
  const signed = kept.signed(append.change, append.claim, now, draft)
  if (!signed.ok) return signed
  const room = host.roomFor(group, signed.value)
  if (!room.ok) return room
  const prepared = draft.prepare(signed.value, now, host.epochName())
  if (!prepared.ok) return prepared
  // Who was refused holds nothing; who is not must find their name taken by nobody else of this write.
  if (append.claim !== undefined) kept.holders.grant(append.claim, now)
  group.fly({ append, settle, change: signed.value, prepared: prepared.value, isTied: false })
  return accept([group])
}

/** Prepares a change of inboxes, asked for in one's own, in all that it reaches, or in none. */
export function prepareReach<G extends PreparedGroup>(
  own: G,
  { group, others }: Reach<G>,
  { append, settle }: Waiting<G>,
  host: PreparingHost<G>,
  now: number,
): Result<G[]> {
  const asker = askerOf(group.kept, append, now)
  if (!asker.ok) return asker
  const direct = directOf(group.kept, asker.value, append, now)
  if (!direct.ok) return direct
  const { change } = direct.value
  const about = 'id' in change ? own.draft.find(change.id) : undefined
  const reached = othersOf(group.kept, direct.value, about, now).map((key) => others.get(key))
  const targets = reached.filter((one) => one !== undefined)
  // Who holds which name may change between the asking and the writing.
  if (asker.value.key !== own.kept.name || targets.length < reached.length) return renamed
  const full = [group, own, ...targets].map((one) => host.roomFor(one, change)).find(({ ok }) => !ok)
  if (full?.ok === false) return full
  const drafted = (target: G) => ({ target, draft: target.draft })
  const touched = { group: drafted(group), own: drafted(own), others: targets.map(drafted) }
  const parts = prepareDirect(direct.value, touched, now, () => host.epochName())
  if (!parts.ok) return parts
  group.kept.holders.grant(asker.value.claim, now)
  const [mine, ...rest] = parts.value
  own.fly({ append, settle, ...mine, isTied: true })
  for (const { target, ...part } of rest) {
    target.fly({ ...part, append: { group: target.kept.name, change }, settle() {}, isTied: true })
  }
  // The name of who asks is stored with what they wrote.
  return accept([group, ...parts.value.map(({ target }) => target)])
}

const renamed = refuse('internal', 'Somebody else was given one of these names meanwhile: try again.')
