// Owns that charts which come to stand elsewhere are seen to go there. Where they stand is the grid's.

import { isMotionReduced } from '../preferences.ts'

const shiftMs = 180

/** Remembers where elements are seen; what is returned moves those that now stand elsewhere from there. */
export function watchShift(elements: Iterable<HTMLElement>): () => void {
  if (isMotionReduced()) return () => {}
  const before = new Map([...elements].map((element) => [element, element.getBoundingClientRect()]))
  return () => {
    for (const element of before.keys()) for (const old of shiftsOf(element)) old.cancel()
    for (const [element, was] of before) if (element.isConnected) shift(element, was)
  }
}

function shift(element: HTMLElement, was: DOMRect): void {
  const now = element.getBoundingClientRect()
  // The page may be enlarged: what is measured is in px of the screen.
  const scale = element.offsetWidth / Math.max(1, now.width)
  const [x, y] = [(was.x - now.x) * scale, (was.y - now.y) * scale]
  if (Math.abs(x) < 1 && Math.abs(y) < 1) return
  element.animate([{ translate: `${x}px ${y}px` }, { translate: '0 0' }], {
    id: 'shift',
    duration: shiftMs,
    easing: 'ease-out',
  })
}

function shiftsOf(element: HTMLElement): readonly Animation[] {
  return element.getAnimations().filter(({ id }) => id === 'shift')
}
