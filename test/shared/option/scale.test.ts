import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdScale, lineReach, scaleOf } from '../../../shared/option/scale.ts'

describe('a scale', () => {
  it.each([
    [0, 1_300, { min: 0, max: 1_500, step: 500 }],
    [0, 100, { min: 0, max: 100, step: 50 }],
    [350, 480, { min: 350, max: 500, step: 50 }],
    [-20, -15, { min: -20, max: -14, step: 2 }],
    [-5, 12, { min: -5, max: 15, step: 5 }],
    [0, 0.3, { min: 0, max: 0.3, step: 0.1 }],
    [0, 0, { min: 0, max: 1, step: 0.5 }],
    [42, 42, { min: 0, max: 60, step: 20 }],
    [-42, -42, { min: -60, max: 0, step: 20 }],
  ])('around %s and %s is round', (least, greatest, scale) => {
    expect(scaleOf(least, greatest)).toEqual(scale)
  })

  it('of memory has steps of powers of two', () => {
    expect(scaleOf(0, 3.2 * 1024 ** 3, 'binary')).toEqual({ min: 0, max: 4 * 1024 ** 3, step: 1024 ** 3 })
  })

  it('holds both values in 1 to 4 steps, whatever they are', () => {
    const value = fc.oneof(
      fc.double({ min: -1e12, max: 1e12, noNaN: true }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    )
    fc.assert(
      fc.property(value, value, fc.constantFrom('decimal' as const, 'binary' as const), (a, b, steps) => {
        // Closer than this they are one value to a reader, and to the 12 digits of a border.
        fc.pre(a === b || Math.abs(a - b) > 1e-6 * Math.max(Math.abs(a), Math.abs(b)))
        // And no axis reaches further than this, nor is finer.
        fc.pre([a, b, a - b].every((size) => size === 0 || (Math.abs(size) < 1e299 && Math.abs(size) > 1e-299)))
        const { min, max, step } = scaleOf(Math.min(a, b), Math.max(a, b), steps)
        const slack = 1e-9 * step
        expect(min).toBeLessThanOrEqual(Math.min(a, b) + slack)
        expect(max).toBeGreaterThanOrEqual(Math.max(a, b) - slack)
        expect(Math.round((max - min) / step)).toBeGreaterThanOrEqual(1)
        expect(Math.round((max - min) / step)).toBeLessThanOrEqual(4)
      }),
    )
  })
})

it('is a number, however large or small the values', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true })
  fc.assert(
    fc.property(value, value, (a, b) => {
      const { min, max, step } = scaleOf(...lineReach(Math.min(a, b), Math.max(a, b)))
      expect([min, max, step].every(Number.isFinite)).toBe(true)
      expect(max).toBeGreaterThan(min)
    }),
  )
})

describe('the reach of a line', () => {
  it.each([
    [250, 1_300, [0, 1_300]],
    [57, 70, [0, 70]],
    [-5, 12, [-5, 12]],
    [-20, -10, [-20, 0]],
  ])('from %s to %s has zero in view', (least, greatest, reach) => {
    expect(lineReach(least, greatest)).toEqual(reach)
  })

  it('leaves zero out where it would flatten the line', () => {
    expect(lineReach(95, 100)).toEqual([95, 100])
  })

  it('does not blow noise up', () => {
    expect(lineReach(100, 100)).toEqual([99, 101])
  })

  it('of nothing but zero is zero', () => {
    expect(lineReach(0, 0)).toEqual([0, 0])
  })
})

describe('a held scale', () => {
  const small = { min: 0, max: 100, step: 50 }
  const large = { min: 0, max: 200, step: 50 }

  it('grows at once', () => {
    expect(holdScale(small, large, 0)).toEqual(large)
  })

  it('shrinks only after 5 s in which the smaller one was enough', () => {
    const loose = holdScale(large, small, 1_000)
    expect(loose).toMatchObject(large)
    expect(holdScale(loose, small, 5_999)).toMatchObject(large)
    expect(holdScale(loose, small, 6_000)).toEqual(small)
  })

  it('begins to count anew when the larger one was needed again', () => {
    const needed = holdScale(holdScale(large, small, 1_000), large, 3_000)
    expect(holdScale(holdScale(needed, small, 4_000), small, 7_000)).toMatchObject(large)
  })
})
