// Owns how a value at a bar's end keeps clear of the lines of limits.

/**
 * Where a text of this length begins so that no line runs through it: at `start`, or behind the lines that are in its
 * way. All are px along the axis of values, in its direction.
 */
export function clearOf(start: number, lengthPx: number, lines: readonly number[]): number {
  const inOrder = [...lines].sort((a, b) => a - b)
  return inOrder.reduce((at, line) => (line > at - gapPx && line < at + lengthPx + gapPx ? line + behindPx : at), start)
}

// As near as a line may come, and from a line to what stands behind it.
const gapPx = 3
const behindPx = 6
