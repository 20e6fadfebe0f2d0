import { describe, expect, it } from 'vitest'
import { authorAvatar, letterOf, tintOf } from '../../../client/people/avatar.ts'

describe('an avatar', () => {
  // FNV-1a, 32 bit: '' is 0x811c9dc5, 'a' is 0xe40c292c, 'foobar' is 0xbf9cf968 (the test vectors of its authors).
  it.each([
    ['', 5],
    ['a', 4],
    ['foobar', 0],
  ])('of %j has tint %i', (name, tint) => {
    expect(tintOf(name)).toBe(tint)
  })

  it('is the same for every spelling of a name', () => {
    expect(tintOf('ANA')).toBe(tintOf('ana'))
    expect(tintOf('Ａｎａ')).toBe(tintOf('ana'))
  })

  it.each([
    ['ana', 'A'],
    [' wei', 'W'],
    ['伟', '伟'],
    ['👩‍🚀 Sally', '👩‍🚀'],
    ['', ''],
  ])('of %j has the letter %j', (name, letter) => {
    expect(letterOf(name)).toBe(letter)
  })

  it('of an author has one letter of a held name, and two of one that nobody held', () => {
    expect(authorAvatar({ author: 'ci' }).values).toContain('C')
    expect(authorAvatar({ author: 'ci', unheld: true }).values).toEqual(['ci'])
  })
})
