import { describe, expect, it } from 'vitest'
import { type Direction, directionOf, neighbourOf } from '../../../client/arranging/neighbour.ts'

// Two above, three below, and one alone.
const boxes = [
  { x: 0, y: 0, width: 600, height: 100 },
  { x: 600, y: 0, width: 600, height: 100 },
  { x: 0, y: 120, width: 400, height: 100 },
  { x: 400, y: 120, width: 400, height: 100 },
  { x: 800, y: 120, width: 400, height: 100 },
  { x: 0, y: 240, width: 1_200, height: 100 },
]

describe('an arrow key', () => {
  it.each<[number, Direction, number]>([
    [1, 'left', 0],
    [0, 'left', 0],
    [1, 'right', 2],
    [5, 'right', 5],
    [1, 'down', 3],
    [4, 'up', 1],
    [0, 'up', 0],
    [5, 'down', 5],
    [5, 'up', 2],
  ])('takes the chart at %i %s to %i', (at, direction, place) => {
    expect(neighbourOf(boxes, at, direction)).toBe(place)
  })

  it('is one of four', () => {
    expect(['ArrowLeft', 'ArrowUp', 'Enter', 'a'].map(directionOf)).toEqual(['left', 'up', undefined, undefined])
  })
})
