// Owns asking every element of a page to render again, when something changed that all of them read: the words.

import { LitElement } from 'lit'

/** Asks all elements under a node, shadow trees included. They keep what they hold: focus, drafts, places. */
export function rerender(root: ParentNode): void {
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof LitElement) element.requestUpdate()
    if (element.shadowRoot !== null) rerender(element.shadowRoot)
  }
}
