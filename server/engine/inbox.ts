// Owns under which key an inbox is kept: its name and who holds that name. Whoever holds the name later has another key,
// so that nobody is ever shown what was written to somebody else. Who may use one, the engine says.

import { inboxName, isInboxName } from '@chartroom/shared'

// A person has no space.
const mark = ' '

/** The key of the inbox of a person who holds a name (as it is shown) in a group. */
export function inboxKey(group: string, holder: string, person: string): string {
  return `${inboxName(group, holder)}${mark}${person}`
}

/** What the group of a key is called by everybody: an inbox by its name, a group as it is. */
export function nameOf(key: string): string {
  return isInboxName(key) ? key.slice(0, key.lastIndexOf(mark)) : key
}

/** What the keys of all inboxes of a group begin with. */
export function inboxesOf(group: string): string {
  return inboxName(group, '')
}

/** The group that an inbox belongs to. */
export function groupOfInbox(key: string): string {
  return key.slice(0, key.indexOf(inboxesOf('')))
}
