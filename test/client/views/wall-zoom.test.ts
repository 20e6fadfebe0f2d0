import { describe, expect, it } from 'vitest'
import { wallZoom } from '../../../client/views/wall-zoom.ts'

describe('the zoom of a wall', () => {
  it.each([
    [1_280, 720, 16],
    [1_920, 1_080, 24],
    [3_840, 2_160, 48],
    [1_080, 1_920, 24],
    // What has room to spare is no larger than what fits.
    [3_440, 1_080, 24],
    [1_024, 768, 12.8],
    // Never smaller than on a page.
    [390, 844, 11],
  ])('makes the smallest text of a screen of %d x %d px %d px', (width, height, px) => {
    expect(11 * wallZoom(width, height)).toBeCloseTo(px)
  })
})
