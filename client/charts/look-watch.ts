// Owns when the reader counts as looking at a chart: while they point at it, or have the focus in it. It tells nobody else.

import type { Attention } from '../attention.ts'

/** Tells the attention of looks at a card until the undo is called. */
export function watchLooks(card: HTMLElement, attention: Attention, metric: string): () => void {
  const look = () => attention.look(metric)
  const leave = () => {
    const isStillHere = card.matches(':hover, :focus-within')
    if (!isStillHere && attention.metric === metric) attention.look(undefined)
  }
  const events = { pointerenter: look, focusin: look, pointerleave: leave, focusout: leave }
  for (const [event, handle] of Object.entries(events)) card.addEventListener(event, handle)
  return () => {
    for (const [event, handle] of Object.entries(events)) card.removeEventListener(event, handle)
    if (attention.metric === metric) attention.look(undefined)
  }
}
