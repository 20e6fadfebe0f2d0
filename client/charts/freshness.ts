// Owns how old the numbers of a chart are, and the words for it; when one series counts as silent is option's.

import type { GroupState } from '@chartroom/shared'
import { silentFor } from '@chartroom/shared/option'

/** `stale`: all its series fell silent, the last of them so long ago. `waiting`: there is none yet. */
export type Freshness =
  | { readonly word: 'current' }
  | { readonly word: 'waiting' }
  | { readonly word: 'stale'; readonly silentMs: number }

/** How fresh these metrics of a group are at a moment (Unix ms). One series that goes on keeps it current. */
export function freshnessOf(state: GroupState, metrics: readonly string[], now: number): Freshness {
  let leastMs: number | undefined
  for (const series of state.series.values()) {
    if (!metrics.includes(series.definition.metric)) continue
    const silentMs = silentFor(series, now)
    if (silentMs === undefined) return { word: 'current' }
    leastMs = Math.min(leastMs ?? silentMs, silentMs)
  }
  return leastMs === undefined ? { word: 'waiting' } : { word: 'stale', silentMs: leastMs }
}
