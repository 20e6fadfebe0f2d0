// Owns how much a page is enlarged to be read from across a room; what it then looks like is CSS's.

// LOOK.md's wall: its smallest text of 24 px is the page's of 11 px.
const wall = { long: 1_920, short: 1_080, zoom: 24 / 11 }

/** The zoom for a screen of this size in CSS px, lying or standing; never smaller than the page is. */
export function wallZoom(width: number, height: number): number {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  return Math.max(1, wall.zoom * Math.min(long / wall.long, short / wall.short))
}

/** Enlarges the page to its window until the undo is called; style/tokens.css has `--zoom` for any other page. */
export function watchWallZoom(root: HTMLElement, window: Window): () => void {
  const enlarge = () => root.style.setProperty('--zoom', String(wallZoom(window.innerWidth, window.innerHeight)))
  enlarge()
  window.addEventListener('resize', enlarge)
  return () => {
    window.removeEventListener('resize', enlarge)
    root.style.removeProperty('--zoom')
  }
}
