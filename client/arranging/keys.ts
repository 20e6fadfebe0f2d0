// Owns the keys of arranging that count wherever the focus is: Escape leaves it, and a step is undone and done again.

import type { Mode } from './mode.ts'

/** Watches the keys of a page until the undo is called. A field that is typed into keeps its own. */
export function watchArrangingKeys(
  page: Pick<Document, 'addEventListener' | 'removeEventListener'>,
  mode: Mode,
): () => void {
  const handle = (event: KeyboardEvent) => {
    const { hand } = mode
    if (hand === undefined || event.defaultPrevented || event.isComposing || isTyped(event)) return
    const key = event.key.toLowerCase()
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey
    if (key === 'escape') mode.turnOff()
    else if (isCommand && key === 'z' && !event.shiftKey) hand.undo()
    else if (isCommand && (key === 'y' || key === 'z')) hand.redo()
    else return
    event.preventDefault()
  }
  page.addEventListener('keydown', handle)
  return () => page.removeEventListener('keydown', handle)
}

function isTyped(event: KeyboardEvent): boolean {
  const [target] = event.composedPath()
  return target instanceof HTMLElement && target.matches('textarea, input:not([type=checkbox]), select')
}
