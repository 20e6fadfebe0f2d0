import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasPhrases, phrasesOf, termsOf } from '../../../server/engine/terms.ts'

// Any text, and texts of what is hard: marks, widths, cases that change their length, scripts without spaces.
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'aÉéßẞſIıİσςΣﬁＡ９½①数据ガが한글 \u0301-_"*\u0000\n𰀀'), maxLength: 12 }),
)

describe('the terms of a text', () => {
  it.each([
    ['Hello, World! 42', ['hello', 'world', '42']],
    ['Café Ångström', ['cafe', 'angstrom']],
    ['ＦＵＬＬ　ｗｉｄｔｈ ﬁne', ['full', 'width', 'fine']],
    ['Straße STRASSE', ['strasse', 'strasse']],
    ['ΟΔΟΣ οδος', ['οδοσ', 'οδοσ']],
    ['orders{item="Shirts"}', ['orders', 'item', 'shirts']],
    ['v1.2-rc3', ['v1', '2', 'rc3']],
    ['数据库 down了', ['数', '据', '库', 'down', '了']],
    ['サーバー', ['サ', 'ー', 'ハ', 'ー']],
    ['서버', ['서', '버']],
    ['🚀 "*" ^ \u0000', []],
    ['', []],
  ])('%s', (said, terms) => {
    expect(termsOf(said)).toEqual(terms)
  })

  it('hold nothing that a query would take for more than letters', () => {
    fc.assert(fc.property(text, (said) => termsOf(said).every((term) => /^[\p{L}\p{N}\p{Script=Han}]+$/u.test(term))))
  })

  it('are their own terms', () => {
    fc.assert(
      fc.property(text, (said) => {
        const terms = termsOf(said)
        expect(termsOf(terms.join(' '))).toEqual(terms)
      }),
    )
  })

  it('are the same in capitals, and however its accents are written', () => {
    fc.assert(
      fc.property(text, (said) => {
        // The iota below a Greek letter stands beside its capital.
        fc.pre(!said.normalize('NFD').includes('\u0345'))
        const terms = termsOf(said)
        expect(termsOf(said.toUpperCase())).toEqual(terms)
        expect(termsOf(said.normalize('NFC'))).toEqual(terms)
        expect(termsOf(said.normalize('NFD'))).toEqual(terms)
      }),
    )
  })
})

describe('the phrases of a query', () => {
  it('are its parts between white space, without those that have no word', () => {
    expect(phrasesOf(' v1.2  数据 🚀\tok ')).toEqual([['v1', '2'], ['数', '据'], ['ok']])
    expect(phrasesOf('! ?')).toEqual([])
  })

  it('are found in the text itself, whatever it is', () => {
    fc.assert(
      fc.property(text, (said) => {
        const phrases = phrasesOf(said)
        fc.pre(phrases.length > 0)
        expect(hasPhrases(said, phrases)).toBe(true)
      }),
    )
  })

  it.each([
    ['dep', 'Deploy done', true],
    ['loy', 'Deploy done', false],
    ['done dep', 'Deploy done', true],
    ['deploy undone', 'Deploy done', false],
    ['v1.2', 'v1.20 is out', true],
    ['1.2', 'v1.2 is out', false],
    ['据库', '数据库连接', true],
    ['库据', '数据库连接', false],
    ['库 据', '数据库连接', true],
    ['', 'anything', false],
  ])('"%s" in "%s": %s', (query, said, isFound) => {
    expect(hasPhrases(said, phrasesOf(query))).toBe(isFound)
  })
})
