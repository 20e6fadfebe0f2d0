// Owns which page an address is; it opens none.

import { canonicalGroupName } from '@chartroom/shared'

/** What an address leads to. */
export type Place =
  | { readonly type: 'lobby' }
  | { readonly type: 'group'; readonly group: string }
  | { readonly type: 'wrong_name'; readonly name: string }

// The group page's own address, and the two that other programs know.
const groupPath = /^\/(?:g|room)\/([^/]+)\/?$/

/** The page of a path, `/g/ops`. A path that is no page's leads to the lobby. */
export function placeOf(path: string): Place {
  if (/^\/home\/?$/.test(path)) return { type: 'group', group: 'home' }
  const encoded = groupPath.exec(path)?.[1]
  if (encoded === undefined) return { type: 'lobby' }
  const name = decoded(encoded)
  const group = name === undefined ? undefined : canonicalGroupName(name)
  return group?.ok ? { type: 'group', group: group.value } : { type: 'wrong_name', name: name ?? encoded }
}

/** The path of a group's page. */
export function groupPathOf(group: string): string {
  return `/g/${encodeURIComponent(group)}`
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    // A percent sign that encodes nothing.
    return undefined
  }
}
