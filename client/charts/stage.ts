// Owns where a chart stands: its size, and whether it can be seen. It draws nothing.

/** What happens to an element, as it is told. */
export interface StageListener {
  /** Its size in CSS px, at first and whenever it changes. */
  handleSize(width: number, height: number): void
  /** Whether it is on screen, or nearly. */
  handleScreen(isOnScreen: boolean): void
}

// Drawn a little before it is scrolled in.
const marginPx = 100

/** Watches an element until the undo is called. */
export function watchStage(element: Element, listener: StageListener): () => void {
  const sizes = new ResizeObserver((entries) => {
    const box = entries.at(-1)?.contentRect
    if (box !== undefined) listener.handleSize(Math.round(box.width), Math.round(box.height))
  })
  const screens = new IntersectionObserver(
    (entries) => listener.handleScreen(entries.at(-1)?.isIntersecting === true),
    { rootMargin: `${marginPx}px` },
  )
  sizes.observe(element)
  screens.observe(element)
  return () => {
    sizes.disconnect()
    screens.disconnect()
  }
}
