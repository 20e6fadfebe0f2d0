// Owns what an address says of TV mode: which groups a wall shows, and how long each page stays. It opens none.

import { canonicalGroupName } from '@chartroom/shared'
import type { Place } from './place.ts'

/** What a wall shows: these groups in their order, or all that have charts; each page for so long, ms. */
export interface TvAddress {
  readonly groups: readonly string[] | 'all'
  readonly everyMs: number
}

const usualMs = 20_000
const leastMs = 5_000
// Beyond a day nobody waits; and beyond 24 of them a timer ends at once.
const mostMs = 86_400_000

/** TV mode as a page's address asks for it (`?tv`, `?tv=ops,shop`, `&everyMs=20000`); undefined where it does not. */
export function tvAddressOf(place: Place, search: URLSearchParams): TvAddress | undefined {
  const named = search.get('tv')
  if (named === null || place.type === 'wrong_name') return undefined
  const groups = groupsIn(named)
  const here = place.type === 'group' ? [place.group] : 'all'
  return { groups: groups.length > 0 ? groups : here, everyMs: stayOf(search.get('everyMs')) }
}

// A name that no group can have is passed over: nobody is there to read what is wrong with it.
function groupsIn(named: string): readonly string[] {
  const names = named.split(',').map((name) => canonicalGroupName(name.trim()))
  return [...new Set(names.flatMap((name) => (name.ok ? [name.value] : [])))]
}

function stayOf(text: string | null): number {
  if (text === null || !/^\d+$/.test(text)) return usualMs
  const ms = Number(text)
  return ms > mostMs || ms === 0 ? usualMs : Math.max(leastMs, ms)
}
