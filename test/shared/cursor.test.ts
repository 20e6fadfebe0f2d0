import { cursorPattern, decodeCursor, encodeCursor, isSameCursor, startCursor } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

const epochs = fc.stringMatching(/^[0-9A-Za-z_-]{1,32}$/)

describe('a cursor', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(epochs, fc.maxSafeNat(), (epoch, revision) => {
        const text = encodeCursor({ epoch, revision })
        expect(text).toMatch(cursorPattern)
        expect(decodeCursor(text)).toEqual({ epoch, revision })
      }),
    )
  })

  it('of a group nobody wrote to is 0:0', () => {
    expect(encodeCursor(startCursor)).toBe('0:0')
  })

  it.each([
    '',
    ':',
    'a:',
    ':1',
    'a:-1',
    'a:01',
    'a:1.5',
    'a:1e3',
    'a: 1',
    'a:1\n',
    'a b:1',
    'a:b:1',
    `${'x'.repeat(33)}:1`,
  ])('is not %j', (text) => {
    expect(decodeCursor(text)).toBeUndefined()
  })

  it('counts no further than numbers are exact', () => {
    expect(decodeCursor(`a:${Number.MAX_SAFE_INTEGER}`)?.revision).toBe(Number.MAX_SAFE_INTEGER)
    expect(decodeCursor(`a:${Number.MAX_SAFE_INTEGER + 1}`)).toBeUndefined()
  })

  it('is read from any text without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void decodeCursor(text)))
  })

  it('is the same only in the same epoch', () => {
    expect(isSameCursor({ epoch: 'a', revision: 1 }, { epoch: 'a', revision: 1 })).toBe(true)
    expect(isSameCursor({ epoch: 'a', revision: 1 }, { epoch: 'b', revision: 1 })).toBe(false)
    expect(isSameCursor({ epoch: 'a', revision: 1 }, { epoch: 'a', revision: 2 })).toBe(false)
  })
})
