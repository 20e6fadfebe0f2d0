import { describe, expect, it } from 'vitest'
import { ReadingPlace } from '../../../client/conversation/reading-place.ts'

/** A list of which 400 px are in view. */
function list(scrollHeight: number, scrollTop: number): Element {
  return { scrollHeight, scrollTop, clientHeight: 400 } as Element // all that is read of it
}

describe('the place of a reader', () => {
  it('is at the end until they scroll up, and again when they come back', () => {
    const place = new ReadingPlace()
    const shown = list(1_000, 0)
    place.keepEnd(shown)
    expect([shown.scrollTop, place.isAtEnd]).toEqual([1_000, true])
    place.scrolled(list(1_000, 500))
    expect(place.isAtEnd).toBe(false)
    place.scrolled(list(1_000, 590))
    expect(place.isAtEnd).toBe(true)
  })

  it('is still at the end when the end moves away below', () => {
    const place = new ReadingPlace()
    place.keepEnd(list(1_000, 0))
    place.scrolled(list(1_200, 1_000))
    expect(place.isAtEnd).toBe(true)
  })

  it('stays where it is while older lines come in above', () => {
    const place = new ReadingPlace()
    place.restore(null, 50)
    place.scrolled(list(1_000, 300))
    place.scrolled(list(1_000, 100))
    place.remember(list(1_000, 100))
    const after = list(1_500, 100)
    place.restore(after, 20)
    expect(after.scrollTop).toBe(600)
  })

  it('does not move when lines come in below', () => {
    const place = new ReadingPlace()
    place.restore(null, 50)
    place.leaveEnd()
    place.remember(list(1_000, 100))
    const after = list(1_500, 100)
    place.restore(after, 50)
    place.keepEnd(after)
    expect(after.scrollTop).toBe(100)
  })

  it('near its beginning wants what is older', () => {
    const place = new ReadingPlace()
    expect([place.scrolled(list(1_000, 199)), place.scrolled(list(1_000, 200))]).toEqual([true, false])
  })
})
