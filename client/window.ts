// Owns how far back a page may look, and what its reader chose for a group; asking the server for it is the replica's.

import type { Kept } from './kept.ts'

/** The windows to choose from, ms: 5 and 15 minutes, 1, 6 and 24 hours. */
export const windowsMs: readonly number[] = [300_000, 900_000, 3_600_000, 21_600_000, 86_400_000]

const usualMs = 300_000

/** As much of the past is at hand whatever the window is, ms; and what must not be missing before it is asked for. */
const atHandMs = 900_000
const marginMs = 60_000

/** The window to ask for, so that a chart that shows `windowMs` can also show what was `agoMs` ago. */
export function windowOver(windowMs: number, agoMs: number): number {
  const needed = agoMs + marginMs
  if (needed <= Math.max(windowMs, atHandMs)) return windowMs
  return windowsMs.find((ms) => ms >= needed) ?? windowsMs.at(-1) ?? windowMs
}

/** The window that this browser keeps for a group, ms. */
export function keptWindow(kept: Kept, group: string): number {
  const chosen = Number(kept.read(keyOf(group)))
  return windowsMs.includes(chosen) ? chosen : usualMs
}

/** Keeps a window for a group. */
export function keepWindow(kept: Kept, group: string, windowMs: number): void {
  kept.write(keyOf(group), String(windowMs))
}

function keyOf(group: string): string {
  return `chartroom.window.${group}`
}
