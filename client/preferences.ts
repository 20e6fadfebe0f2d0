// Owns what a canvas cannot learn from CSS: the look that the document says, and whether its reader wants things to move.

import { type Look, look } from '@chartroom/shared/option'

const still = matchMedia('(prefers-reduced-motion: reduce)')

/** The look of this page, as the attributes of the document say it. */
export function pageLook(): Look {
  const { theme, contrast, patterns } = document.documentElement.dataset
  return look(theme === 'dark' ? 'dark' : 'light', contrast === 'high' ? 'high' : 'usual', patterns === 'on')
}

/** Whether the reader wants nothing to move. */
export function isMotionReduced(): boolean {
  return still.matches
}

/** Calls the listener when the look, the language, or the wish for stillness changes. */
export function onPreferences(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, {
    attributeFilter: ['lang', 'data-theme', 'data-contrast', 'data-patterns'],
  })
  still.addEventListener('change', listener)
  return () => {
    observer.disconnect()
    still.removeEventListener('change', listener)
  }
}
