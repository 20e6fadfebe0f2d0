import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressedIn } from '../../../client/conversation/addressed.ts'

const known = ['Bob', 'Bob Lee', 'Ana-María']

describe('a text that is for somebody', () => {
  it.each([
    ['/to bob hello there', 'Bob', 'hello there'],
    ['/to BOB  lee  hello', 'Bob Lee', 'hello'],
    ['/to bob lee', 'Bob Lee', ''],
    ['/to dan hello there', 'dan', 'hello there'],
    ['/TO ana-maría\nhello', 'Ana-María', 'hello'],
    ['  /to bob line one\nline two', 'Bob', 'line one\nline two'],
    ['/to bob', 'Bob', ''],
    ['/to dan', 'dan', ''],
    ['/to', undefined, ''],
  ])('says in %j that it is for %j: %j', (text, to, rest) => {
    expect(addressedIn(text, known)).toEqual({ to, text: rest })
  })

  it.each(['hello', '/today', 'say /to bob', '/ to bob', ''])('is none in %j', (text) => {
    expect(addressedIn(text, known)).toBeUndefined()
  })

  it('is never for everybody once it begins with /to', () =>
    fc.assert(
      fc.property(fc.string(), (rest) => {
        expect(addressedIn(`/to ${rest}`, known)).toBeDefined()
      }),
    ))
})
