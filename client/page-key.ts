// Owns whether a key is meant for the page as a whole; what it then does is its listener's.

/** Whether a press of this key asks the page for something: it is written nowhere, and no dialog has the page. */
export function isPageKey(event: KeyboardEvent, key: string): boolean {
  const path = event.composedPath()
  const [target] = path
  const isWriting =
    target instanceof Element && target.matches('input:not([type=radio], [type=checkbox]), textarea, select')
  const isInDialog = path.some((node) => node instanceof HTMLDialogElement)
  return event.key === key && !isWriting && !isInDialog && !event.ctrlKey && !event.metaKey && !event.altKey
}
