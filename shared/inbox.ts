// Owns how an inbox is called: `ops/@bob` has the direct messages of who holds the name bob in ops. Who that is, it does
// not know.

import { accept, type Result, refuse } from './fault.ts'
import { canonicalGroupName } from './group-name.ts'
import { canonicalName } from './holder-name.ts'

// No group and no other inbox can be called so: a group's name has no slash.
const mark = '/@'

/** An inbox by its parts, both canonical. */
export interface InboxName {
  readonly group: string
  readonly holder: string
}

/** The name of the inbox that belongs to a name (as it is shown) in a group. */
export function inboxName(group: string, holder: string): string {
  return `${group}${mark}${canonicalName(holder)}`
}

/** Whether this is said of an inbox, and not of a group. */
export function isInboxName(name: string): boolean {
  return name.includes(mark)
}

/** The parts of an inbox's name, whatever its spelling. */
export function readInboxName(text: string): Result<InboxName> {
  const at = text.indexOf(mark)
  const group = canonicalGroupName(at < 0 ? text : text.slice(0, at))
  if (!group.ok) return group
  const holder = at < 0 ? '' : canonicalName(text.slice(at + mark.length))
  if (holder === '') return refuse('group_name', 'An inbox is called by its group and a name: "ops/@bob".')
  return accept({ group: group.value, holder })
}

/** The canonical form of what one may follow and read: the name of a group or of an inbox. */
export function canonicalFollowed(text: string): Result<string> {
  if (!isInboxName(text)) return canonicalGroupName(text)
  const read = readInboxName(text)
  return read.ok ? accept(inboxName(read.value.group, read.value.holder)) : read
}
