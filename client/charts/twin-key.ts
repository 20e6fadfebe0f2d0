// Owns how a chart becomes its table and a picture again: the key T. The table is table-twin.ts.

import { isPageKey } from '../page-key.ts'

/** Toggles by the key T while the focus is in a card, or the pointer is on it and no other has the focus. */
export function watchTwinKey(card: HTMLElement, toggle: () => void): () => void {
  const handle = (event: KeyboardEvent) => {
    if (!isPageKey(event, 't') && !isPageKey(event, 'T')) return
    const root = card.getRootNode()
    const focused =
      root instanceof Document || root instanceof ShadowRoot ? root.querySelector('chart-card:focus-within') : null
    if (focused === null ? card.matches(':hover') : focused === card) toggle()
  }
  document.addEventListener('keydown', handle)
  return () => document.removeEventListener('keydown', handle)
}
