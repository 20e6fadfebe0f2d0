import { accept, errorCodes, isErrorCode, pointerStep, refuse } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'

describe('a fault', () => {
  it('is placed by a JSON pointer, in which two characters are escaped', () => {
    expect([2, 'a/b', 'm~n', '~1', ''].map(pointerStep).join('')).toBe('/2/a~1b/m~0n/~01/')
  })
})

describe('an error code', () => {
  it('is known by its word, and no property of every object is one', () => {
    expect([isErrorCode('malformed'), isErrorCode('toString'), isErrorCode('')]).toEqual([true, false, false])
  })

  it('says that trying again may help only where the server is at fault, or others may leave', () => {
    for (const { status, temporary } of Object.values(errorCodes)) {
      expect(temporary).toBe((status >= 500 && status !== 501) || status === 429)
    }
  })
})

describe('a result', () => {
  it('is either the value or the refusal, which has faults only where there are some', () => {
    expect(accept(7)).toEqual({ ok: true, value: 7 })
    expect(refuse('malformed', 'm')).toEqual({ ok: false, refusal: { code: 'malformed', message: 'm' } })
    const faults = [{ pointer: '/a', message: 'm' }]
    expect(refuse('malformed', 'm', faults)).toEqual({
      ok: false,
      refusal: { code: 'malformed', message: 'm', faults },
    })
  })
})
