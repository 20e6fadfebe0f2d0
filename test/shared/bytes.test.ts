import { utf8Bytes } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

describe('the bytes of a text', () => {
  it('are what an encoder makes of it, lone surrogates included', () => {
    const units = fc
      .array(fc.oneof(fc.nat({ max: 0xffff }), fc.integer({ min: 0xd7ff, max: 0xe000 })))
      .map((all) => String.fromCharCode(...all))
    fc.assert(
      fc.property(fc.oneof(units, fc.string({ unit: 'binary' })), (text) => {
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text))
      }),
    )
  })

  it.each([
    ['', 0],
    ['\u007f', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['\u{10000}', 4],
    ['\ud800', 3],
    ['\ud800\ud800\udc00', 7],
  ])('of %j are %i', (text, bytes) => {
    expect(utf8Bytes(text)).toBe(bytes)
  })
})
