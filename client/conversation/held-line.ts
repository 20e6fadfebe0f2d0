// Owns the line that a reader of a list sees first: which it is, where it stands, and putting it there again.

/** A line by its annotation, and how far below the top of its list it begins, px. */
export interface HeldLine {
  readonly id: number
  readonly topPx: number
}

/** The first line of a scrolled list that is in view; undefined where it has none. */
export function firstInView(list: Element): HeldLine | undefined {
  const line = linesOf(list).find((one) => distance(list, one) + one.getBoundingClientRect().height > 0)
  return line && { id: Number(line.dataset.id), topPx: distance(list, line) }
}

/** Scrolls a list until a line stands where it stood: where it is gone, the next one that is left. */
export function putBack(list: Element, { id, topPx }: HeldLine): void {
  const line = linesOf(list).find((one) => Number(one.dataset.id) >= id)
  if (line !== undefined) list.scrollTop += distance(list, line) - topPx
}

function linesOf(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>('[data-id]')]
}

function distance(list: Element, line: Element): number {
  return line.getBoundingClientRect().top - list.getBoundingClientRect().top
}
