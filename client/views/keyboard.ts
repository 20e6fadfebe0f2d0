// Owns the room that a phone's keyboard leaves to the page, where the browser does not resize the page for it (iOS).

/** What is needed of the element that fits itself, and of `window.visualViewport`. */
export type Fitted = { readonly style: Pick<CSSStyleDeclaration, 'setProperty'> }
export type Viewport = EventTarget & Pick<VisualViewport, 'height' | 'scale' | 'offsetTop'>

/** Keeps the custom property `--visible` of an element at the height that can be seen; returns the undo. */
export function watchKeyboard(
  element: Fitted,
  viewport: Viewport | null,
  scrollTo: (x: number, y: number) => void,
): () => void {
  const fit = () => {
    // Pinched, the page is larger than what is seen of it, and stays so.
    if (viewport === null || viewport.scale !== 1) return
    element.style.setProperty('--visible', `${viewport.height}px`)
    // The browser scrolled the field into view; the page fits now without that.
    if (viewport.offsetTop > 0) scrollTo(0, 0)
  }
  for (const type of ['resize', 'scroll']) viewport?.addEventListener(type, fit)
  return () => {
    for (const type of ['resize', 'scroll']) viewport?.removeEventListener(type, fit)
  }
}
