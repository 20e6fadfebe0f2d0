// Owns how often a page wants updates, and what its reader chose for a group; asking the server for it is the replica's.

import { limits } from '@chartroom/shared'
import type { Kept } from './kept.ts'

const usualMs = 1_000

/** The pace that this browser keeps for a group, ms. */
export function keptPace(kept: Kept, group: string): number {
  const chosen = Number(kept.read(keyOf(group)))
  return limits.pacesMs.find((paceMs) => paceMs === chosen) ?? usualMs
}

/** Keeps a pace for a group. */
export function keepPace(kept: Kept, group: string, paceMs: number): void {
  kept.write(keyOf(group), String(paceMs))
}

function keyOf(group: string): string {
  return `chartroom.pace.${group}`
}
