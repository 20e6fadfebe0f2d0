import { constants, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { messageOf, packedOf } from '../../../server/groups/message.ts'

/** The parts of a message of a server, as RFC 6455 5.2 has them. */
function read(message: Buffer) {
  const first = message[0] ?? 0
  const short = message[1] ?? 0
  const [length, at] =
    short < 126 ? [short, 2] : short === 126 ? [message.readUInt16BE(2), 4] : [Number(message.readBigUInt64BE(2)), 10]
  return { first, isMasked: short > 127, length, body: message.subarray(at) }
}

describe('a message', () => {
  it('is one piece of text, unmasked, and says how long it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1, 125, 126, 127, 65_535, 65_536, 70_000), (length) => {
        const { first, isMasked, length: said, body } = read(messageOf(Buffer.alloc(length, 'a')))
        expect([first, isMasked, said, body.length]).toEqual([0x81, false, length, length])
      }),
    )
  })

  it('is compressed without a context, and ends as a flush does', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 300, maxLength: 5_000, unit: 'grapheme' }), (text) => {
        const packed = packedOf(Buffer.from(text))
        if (packed === undefined) throw new Error('it pays to compress it')
        const { first, length, body } = read(packed)
        expect([first, length]).toEqual([0xc1, body.length])
        const whole = Buffer.concat([body, Buffer.from([0, 0, 0xff, 0xff])])
        expect(inflateRawSync(whole, { finishFlush: constants.Z_SYNC_FLUSH }).toString()).toBe(text)
      }),
    )
  })

  it('is compressed when it tells a dozen numbers', () => {
    const values = Array.from({ length: 12 }, (_, n) => [n, 1_917 * n + 0.5])
    const text = JSON.stringify({ type: 'update', group: 'host', epoch: 'k3f9', from: 4, to: 5, time: 1, values })
    expect(text.length).toBeLessThan(256)
    expect(packedOf(Buffer.from(text))?.length).toBeLessThan(text.length * 0.8)
  })

  it('is left as it is where compressing it does not pay, or would take too long', () => {
    expect(packedOf(Buffer.alloc(159))).toBeUndefined()
    expect(packedOf(Buffer.alloc(262_145))).toBeUndefined()
  })
})
