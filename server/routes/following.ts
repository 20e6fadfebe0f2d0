// Owns how an address says what is followed: which groups, each from where and at which pace. It opens none.

import {
  accept,
  type Cursor,
  decodeCursor,
  decodeValue,
  isInboxName,
  limits,
  type Result,
  refuse,
  subscribeEnvelope,
} from '@chartroom/shared'
import { followable } from '../links/admission.ts'

/** One group that an address asks for. */
export interface Following {
  /** In its canonical form, where it has one; else as it was asked for. */
  readonly group: string
  readonly cursor: Cursor | undefined
  readonly windowMs: number | undefined
  readonly paceMs: number
  /** Whether who follows is to be counted. */
  readonly isPresent: boolean
}

/** One value for all groups, or one for each of some. */
type Values = { readonly all: string | undefined; readonly each: ReadonlyMap<string, string> }

/** The groups of a list: `ops,sales`, each percent-encoded where it has a `,`, `=` or `%` itself. */
export function groupsOf(list: string): Result<readonly string[]> {
  const groups = new Set<string>()
  for (const item of list.split(',').filter((text) => text !== '')) {
    const group = unescaped(item)
    if (group === undefined) return malformed('groups', 'is not percent-encoded UTF-8')
    groups.add(canonical(group))
  }
  if (groups.size === 0) return refuse('group_missing', 'Name the groups: "?groups=ops,sales".')
  const inboxes = [...groups].filter(isInboxName).length
  if (Math.max(inboxes, groups.size - inboxes) <= limits.maxGroupsPerSocket) return accept([...groups])
  return refuse('socket_group_limit', `A request follows at most ${limits.maxGroupsPerSocket} groups.`)
}

/**
 * What the query says of each group: `since`, `paceMs` and `windowMs` are one value for all of them or a list
 * (`ops=k3f9:17,sales=x1:4`), `absent` lists those in which one is not counted. `lastEventId` wins over `since`.
 */
export function followingOf(
  groups: readonly string[],
  query: (name: string) => string | undefined,
  lastEventId = '',
): Result<readonly Following[]> {
  const resumed = valuesOf(lastEventId)?.each
  const absent = new Set((query('absent') ?? '').split(',').map((text) => canonical(unescaped(text) ?? text)))
  const following: Following[] = []
  for (const group of groups) {
    const cursor = cursorIn(query('since'), group)
    if (!cursor.ok) return cursor
    const paceMs = numberIn(query('paceMs'), group, 'paceMs')
    if (!paceMs.ok) return paceMs
    const windowMs = numberIn(query('windowMs'), group, 'windowMs')
    if (!windowMs.ok) return windowMs
    following.push({
      group,
      cursor: decodeCursor(resumed?.get(group) ?? '') ?? cursor.value,
      windowMs: windowMs.value,
      paceMs: paceMs.value ?? limits.defaultPaceMs,
      isPresent: !absent.has(group),
    })
  }
  return accept(following)
}

function cursorIn(text: string | undefined, group: string): Result<Cursor | undefined> {
  const said = saidOf(text, group)
  const cursor = said === undefined ? undefined : decodeCursor(said)
  return said !== undefined && cursor === undefined ? malformed('since', 'is no cursor') : accept(cursor)
}

// The same paces and windows as on a link.
function numberIn(text: string | undefined, group: string, name: 'paceMs' | 'windowMs'): Result<number | undefined> {
  const said = saidOf(text, group)
  if (said === undefined) return accept(undefined)
  const number = /^[0-9]{1,9}$/.test(said) ? Number(said) : Number.NaN
  const checked = decodeValue(subscribeEnvelope, { type: 'subscribe', id: 0, [name]: number })
  if (checked.ok) return accept(number)
  return malformed(name, checked.refusal.faults?.[0]?.message ?? 'is not valid')
}

function saidOf(text: string | undefined, group: string): string | undefined {
  const values = text === undefined ? undefined : valuesOf(text)
  return values?.each.get(group) ?? values?.all
}

function valuesOf(text: string): Values | undefined {
  if (text === '') return undefined
  if (!text.includes('=')) return { all: text, each: new Map() }
  const each = new Map<string, string>()
  for (const item of text.split(',')) {
    const at = item.lastIndexOf('=')
    const group = unescaped(item.slice(0, at))
    if (at > 0 && group !== undefined) each.set(canonical(group), item.slice(at + 1))
  }
  return { all: undefined, each }
}

function canonical(group: string): string {
  const named = followable(group)
  return named.ok ? named.value : group
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function malformed(name: string, message: string): Result<never> {
  return refuse('malformed', `"${name}" ${message}.`, [{ pointer: `/${name}`, message }])
}
