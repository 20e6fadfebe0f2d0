// Owns which place an arrow key leads a chart to: beside it in the order, or in the next row where it seems to lie.

/** Where an arrow key points. */
export type Direction = 'left' | 'right' | 'up' | 'down'

/** A chart on the page, px. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The place, from 0, that the chart at a place goes to; the same where it can go no further. */
export function neighbourOf(boxes: readonly Box[], at: number, direction: Direction): number {
  if (direction === 'left') return Math.max(0, at - 1)
  if (direction === 'right') return Math.min(boxes.length - 1, at + 1)
  const from = boxes[at]
  if (from === undefined) return at
  const isBeyond = ({ y, height }: Box) => (direction === 'down' ? y >= from.y + from.height : y + height <= from.y)
  const beyond = boxes.flatMap((box, place) => (isBeyond(box) ? [{ place, away: awayOf(box, from) }] : []))
  const nearest = beyond.sort((one, other) => one.away - other.away)[0]
  return nearest?.place ?? (direction === 'down' ? boxes.length - 1 : 0)
}

// A row further counts more than anything to the side.
function awayOf(box: Box, from: Box): number {
  return Math.abs(box.y - from.y) * 1_000 + Math.abs(box.x - from.x)
}

/** Where a key points; undefined for any other key. */
export function directionOf(key: string): Direction | undefined {
  switch (key) {
    case 'ArrowLeft':
      return 'left'
    case 'ArrowRight':
      return 'right'
    case 'ArrowUp':
      return 'up'
    case 'ArrowDown':
      return 'down'
    default:
      return undefined
  }
}
