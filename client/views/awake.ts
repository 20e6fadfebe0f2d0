// Owns keeping the screen of a wall on. Only a page over https, or of this machine, may ask for it.

import type { Visibility } from '../hidden.ts'

/** The part of `navigator.wakeLock` that is needed. */
export interface ScreenLocks {
  request(type: 'screen'): Promise<{ release(): Promise<void> }>
}

/** Keeps the screen on while the page is seen, where the browser lets it; returns the undo. */
export function keepAwake(page: Visibility, locks: ScreenLocks | undefined): () => void {
  let lock: Promise<{ release(): Promise<void> } | undefined> | undefined
  const ask = () => {
    // A browser that saves its battery refuses; the page asks again when it is next seen.
    if (page.visibilityState === 'visible') lock = locks?.request('screen').catch(() => undefined)
  }
  ask()
  // A page that is hidden loses its lock.
  page.addEventListener('visibilitychange', ask)
  return () => {
    page.removeEventListener('visibilitychange', ask)
    void lock?.then((held) => held?.release())
  }
}
