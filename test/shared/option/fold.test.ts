import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldsOf } from '../../../shared/option/index.ts'

const place = fc.record({ x: fc.integer({ min: 0, max: 200 }), y: fc.integer({ min: 0, max: 60 }) })

describe('pins on one spot', () => {
  it('fold into the first of them, 18 px apart from the others, each in one fold and in order', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 30 }), (places) => {
        const pins = places.map((each, id) => ({ ...each, id }))
        const folds = foldsOf(pins)
        expect(folds.flatMap((fold) => fold.pins.map(({ id }) => id)).sort((a, b) => a - b)).toEqual(
          pins.map(({ id }) => id),
        )
        for (const [at, fold] of folds.entries()) {
          const ids = fold.pins.map(({ id }) => id)
          expect(ids).toEqual([...ids].sort((a, b) => a - b))
          for (const pin of fold.pins) expect(Math.hypot(pin.x - fold.x, pin.y - fold.y)).toBeLessThan(18)
          for (const other of folds.slice(at + 1))
            expect(Math.hypot(other.x - fold.x, other.y - fold.y)).toBeGreaterThanOrEqual(18)
        }
      }),
    )
  })

  it('stay where they are when another one comes', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 30 }), (places) => {
        const [before, after] = [foldsOf(places.slice(0, -1)), foldsOf(places)]
        expect(after.slice(0, before.length).map(({ x, y }) => [x, y])).toEqual(before.map(({ x, y }) => [x, y]))
      }),
    )
  })
})
