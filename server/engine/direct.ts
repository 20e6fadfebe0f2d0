// Owns who a direct message reaches, and that it happens in all their inboxes alike: one id, and all of them or none.
// How they are kept is each engine's.

import {
  type Accepted,
  type Annotation,
  accept,
  type Change,
  canonicalName,
  cursorOf,
  type Draft,
  evidenceOf,
  isInboxName,
  type Prepared,
  pointerStep,
  type Result,
  readInboxName,
  refuse,
} from '@chartroom/shared'
import type { Append } from './engine.ts'
import type { Claim } from './holders.ts'
import { inboxKey, nameOf } from './inbox.ts'
import type { KeptGroup } from './kept.ts'

/** Who asks, and the inbox in which what they ask for happens first. */
export interface Asker {
  readonly key: string
  /** Their name, as it is shown. */
  readonly name: string
  /** By which they go on holding that name. */
  readonly claim: Claim
  /** Whether that inbox is theirs. Who holds no name has none: then it is that of the first recipient. */
  readonly isHolder: boolean
}

/** A direct message or an edit of one, as it will be done in the inbox of who asks. */
export interface Direct {
  readonly own: Asker
  readonly change: DirectChange
}

export type DirectChange = Extract<Change, { type: 'annotate' | 'revise' | 'retract' | 'react' }>

/** The group whose names decide over a change of inboxes; undefined when the change is of a group itself. */
export function directGroupOf({ group, change }: Pick<Append, 'group' | 'change'>): Result<string> | undefined {
  if (isInboxName(group)) {
    const read = readInboxName(group)
    return read.ok ? accept(read.value.group) : read
  }
  return change.type === 'annotate' && change.draft.recipients !== undefined ? accept(group) : undefined
}

/** The inbox of a name, for a person who holds it at a time (Unix ms). */
export function inboxFor(group: KeptGroup, inbox: string, person: string | undefined, now: number): Result<Asker> {
  const read = readInboxName(inbox)
  if (!read.ok) return read
  const holder = group.holders.holderOf(read.value.holder, now)
  if (person === undefined || holder?.person !== person) return notTheirs
  const { name } = holder
  return accept({
    key: inboxKey(group.name, name, person),
    name,
    claim: { name, person, isExact: true },
    isHolder: true,
  })
}

/** Who asks for a change: in the inbox that they name, or that of the name under which they write. */
export function askerOf(group: KeptGroup, { group: asked, change, claim }: Append, now: number): Result<Asker> {
  if (isInboxName(asked)) return inboxFor(group, asked, claim?.person, now)
  if (claim === undefined) return noAuthor
  const granted = group.holders.offer(claim, now)
  if (granted === undefined) return refuse('name_held', `"${claim.name}" is held by somebody else in this group.`)
  const { name, isHeld } = granted
  const { person } = claim
  if (isHeld && person !== undefined) {
    return accept({ key: inboxKey(group.name, name, person), name, claim, isHolder: true })
  }
  const recipients = change.type === 'annotate' ? (change.draft.recipients ?? []) : []
  const found = recipientsOf(group, recipients, now)
  if (!found.ok) return found
  const [key] = keysOf(group, found.value, now)
  return key === undefined ? noAuthor : accept({ key, name, claim, isHolder: false })
}

/** What who asked is told of what was done: of an inbox that is not theirs, nothing. */
export function toldOf(asker: Asker, { change }: Append, accepted: Accepted, group: KeptGroup): Result<Accepted> {
  if (asker.isHolder) return accept({ ...accepted, inbox: nameOf(asker.key) })
  const { annotation } = accepted
  // Without a secret a key is anybody's: who does not know the words is not told them.
  if (change.type !== 'annotate' || annotation?.text !== change.draft.text) return otherKey
  const { repeats: _repeats, reactions: _reactions, ...written } = annotation
  return accept({ cursor: cursorOf(group.state), annotation: { ...written, revision: 1 } })
}

/** What is asked for in the name of who asks, or why it may not be. */
export function directOf(group: KeptGroup, own: Asker, { group: asked, change }: Append, now: number): Result<Direct> {
  switch (change.type) {
    case 'revise':
    case 'retract':
      return accept({ own, change })
    case 'react':
      return accept({ own, change: { ...change, name: own.name } })
    case 'annotate': {
      if (isInboxName(asked)) return notDirect
      if (!own.isHolder && change.draft.replyTo !== undefined) return nothingToReply
      const recipients = recipientsOf(group, change.draft.recipients ?? [], now)
      if (!recipients.ok) return recipients
      const unheld = own.isHolder ? {} : { unheld: true as const }
      const signed = {
        ...change,
        author: own.name,
        ...unheld,
        draft: { ...change.draft, recipients: recipients.value },
      }
      return withGroupEvidence(group, { own, change: signed })
    }
    case 'arrange':
    case 'batch':
    case 'renew':
      return notDirect
    default:
      return change satisfies never
  }
}

/** The keys of the other inboxes of a change; `annotation` is what it is about, as the inbox of who asks has it. */
export function othersOf(group: KeptGroup, { own, change }: Direct, annotation: Annotation | undefined, now: number) {
  const { author, recipients = [] } = annotation ?? { author: own.name }
  const names = change.type === 'annotate' ? (change.draft.recipients ?? []) : [author, ...recipients]
  return [...new Set(keysOf(group, names, now))].filter((key) => key !== own.key)
}

function keysOf(group: KeptGroup, names: readonly string[], now: number): string[] {
  return names.flatMap((name) => {
    const holder = group.holders.holderOf(name, now)
    return holder === undefined ? [] : [inboxKey(group.name, holder.name, holder.person)]
  })
}

/** An inbox, or the group of inboxes, and what it will be. */
export interface Drafted<T> {
  readonly target: T
  readonly draft: Draft
}

/** All that a change of inboxes may touch. */
export interface Touched<T> {
  readonly group: T
  readonly own: T
  readonly others: readonly T[]
}

/** What happens to one of them. */
export interface Part<T> {
  readonly target: T
  readonly change: Change
  readonly prepared: Prepared
}

/**
 * Prepares a change in the inbox of who asks, which is the first part, and what it comes to in the others; refused, it
 * is prepared in none. An edit is of those only that still have the message.
 */
export function prepareDirect<T>(
  { change, own: { name } }: Direct,
  { group, own, others }: Touched<Drafted<T>>,
  time: number,
  epochName: () => string,
): Result<readonly [Part<T>, ...Part<T>[]]> {
  if (!mayEdit(change, name, own.draft)) return notTheirsToEdit
  const isNew = change.type === 'annotate'
  const above = Math.max(0, ...others.map(({ draft }) => draft.head.lastId))
  const prepared = own.draft.prepare(isNew ? { ...change, above } : change, time, epochName())
  if (!prepared.ok) return prepared
  const first = { target: own.target, change, prepared: prepared.value }
  const { effect } = prepared.value
  if (effect.type !== 'annotation') return accept([first])
  const { annotation } = effect
  const having = others.filter(({ draft }) => isNew || draft.find(annotation.id)?.author === annotation.author)
  const copies = having.map(({ target, draft }) => {
    return { target, change, prepared: draft.copy(annotation, time, epochName()) }
  })
  return accept([first, ...copies, ...beginning(group, time, epochName())])
}

// The names of a group nobody wrote to go with the last of its people, and inboxes with the names: it begins with what
// they write to one another, and shows nothing of it.
function beginning<T>({ target, draft }: Drafted<T>, time: number, epoch: string): Part<T>[] {
  if (draft.head.revision > 0) return []
  const change = { type: 'renew', epoch } as const
  const prepared = draft.prepare(change, time, epoch)
  return prepared.ok ? [{ target, change, prepared: prepared.value }] : []
}

function mayEdit(change: DirectChange, name: string, draft: Draft): boolean {
  if (change.type !== 'revise' && change.type !== 'retract') return true
  const old = draft.find(change.id)
  return old === undefined || canonicalName(old.author) === canonicalName(name)
}

// What a pin points at is in the group; an inbox has no numbers.
function withGroupEvidence(group: KeptGroup, direct: Direct): Result<Direct> {
  const { change } = direct
  if (change.type !== 'annotate' || change.draft.pin === undefined || change.evidence !== undefined) {
    return accept(direct)
  }
  const evidence = evidenceOf(group.state, change.draft.pin)
  return evidence === undefined ? noMetric : accept({ ...direct, change: { ...change, evidence } })
}

// As they are called, each once.
function recipientsOf(group: KeptGroup, asked: readonly string[], now: number): Result<string[]> {
  const names = new Set<string>()
  for (const [at, name] of asked.entries()) {
    const holder = group.holders.holderOf(name, now)
    if (holder === undefined) {
      const fault = { pointer: `/recipients${pointerStep(at)}`, message: 'is a name that nobody holds in this group' }
      return refuse('no_such_holder', 'Nobody holds that name in this group.', [fault])
    }
    names.add(holder.name)
  }
  return accept([...names])
}

// What a refusal says is logged: it has no word of a direct message.
const noMetric = refuse('unknown_metric', 'The group has nothing of that name to pin to.', [
  { pointer: '/pin/metric', message: 'names nothing that the group has' },
])
const noAuthor = refuse('not_holder', 'A direct message needs an author and recipients.')
const nothingToReply = refuse('not_found', 'Who holds no name here has no message to reply to.')
const otherKey = refuse('malformed', 'This key was used for something else.')
const notTheirs = refuse('not_holder', 'An inbox is for who holds its name only.')
const notDirect = refuse('malformed', 'An inbox takes no such thing: write to its group, with recipients.')
const notTheirsToEdit = refuse('not_author', 'Only who holds the name of its author may change a direct message.')
