import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { qrPath } from '../../../client/people/qr-path.ts'

/** The modules that a path paints. */
function painted(path: string, size: number): boolean[][] {
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    modules[Number(y)]?.fill(true, Number(x), Number(x) + Number(length))
  }
  return modules
}

describe('a QR code as a path', () => {
  it('paints the dark modules and no other', () => {
    const square = fc
      .integer({ min: 1, max: 12 })
      .chain((size) =>
        fc.array(fc.array(fc.boolean(), { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
      )
    fc.assert(
      fc.property(square, (modules) => {
        expect(painted(qrPath(modules), modules.length)).toEqual(modules)
      }),
    )
  })

  it('joins neighbours in a row', () => {
    expect(qrPath([[true, true, false, true]])).toBe('M0 0h2v1h-2zM3 0h1v1h-1z')
  })
})
