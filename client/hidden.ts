// Owns at which pace a page follows its groups: at their own while it is seen, at the slowest while it is hidden.

import type { Replica } from '@chartroom/shared/client'

/** The pace of a page that nobody sees, ms. */
const hiddenPaceMs = 60_000

/** The part of `document` that is needed. */
export type Visibility = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>

/** Calls the listener when there may be another pace; returns the undo. */
export type PaceSource = (listener: () => void) => () => void

/**
 * Follows at the slowest pace while the page is hidden. Seen again it asks for its own pace at once, and with it for
 * what it missed: one update, and each chart is drawn once. When a source says so it asks anew. Returns the undo.
 */
export function followSeen(
  page: Visibility,
  paceMs: () => number,
  replicas: () => Iterable<Replica>,
  sources: readonly PaceSource[] = [],
): () => void {
  const handle = () => {
    const wanted = page.visibilityState === 'hidden' ? hiddenPaceMs : paceMs()
    for (const replica of replicas()) replica.change({ paceMs: wanted })
  }
  if (page.visibilityState === 'hidden') handle()
  page.addEventListener('visibilitychange', handle)
  const undos = sources.map((onChange) => onChange(handle))
  return () => {
    page.removeEventListener('visibilitychange', handle)
    for (const undo of undos) undo()
  }
}
