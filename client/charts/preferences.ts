// Owns what the reader's system prefers and a canvas cannot learn from CSS: the theme, and whether things move.

import type { Theme } from '@chartroom/shared/option'

const dark = matchMedia('(prefers-color-scheme: dark)')
const still = matchMedia('(prefers-reduced-motion: reduce)')

/** The theme that the reader wants. */
export function theme(): Theme {
  return dark.matches ? 'dark' : 'light'
}

/** Whether the reader wants nothing to move. */
export function isMotionReduced(): boolean {
  return still.matches
}

/** Calls the listener when the reader changes either. */
export function onPreferences(listener: () => void): () => void {
  dark.addEventListener('change', listener)
  still.addEventListener('change', listener)
  return () => {
    dark.removeEventListener('change', listener)
    still.removeEventListener('change', listener)
  }
}
