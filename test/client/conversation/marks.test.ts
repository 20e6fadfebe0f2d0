import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedPieces } from '../../../client/conversation/marks.ts'

/** The text with its marks in brackets. */
function marked(text: string, query: string): string {
  return markedPieces(text, query)
    .map((piece) => (piece.isMarked ? `[${piece.text}]` : piece.text))
    .join('')
}

describe('the words of a search are marked', () => {
  it.each([
    ['at the beginning of words', 'Do we have stock? Stocks!', 'stock', 'Do we have [stock]? [Stock]s!'],
    ['and not inside of words', 'restock', 'stock', 'restock'],
    ['whatever the case and the accents', 'Ein CAFÉ, ein café', 'cafe', 'Ein [CAFÉ], ein [café]'],
    ['all of them', 'p95 above 400 ms', '400 p95', '[p95] above [400] ms'],
    ['in Chinese anywhere', '今晚库存不足', '库存', '今晚[库存]不足'],
    ['in Chinese beside another script', '延迟p95过高', 'p95', '延迟[p95]过高'],
    ['of a mixed word by its parts', 'p95 延迟', 'p95延迟', '[p95] [延迟]'],
    ['beside pictures', '🎉 stock 👍', 'stock', '🎉 [stock] 👍'],
    ['and nothing where there is none', 'hello', 'stock', 'hello'],
    ['and nothing of a query without words', 'hello?', '?', 'hello?'],
  ])('%s', (_, text, query, expected) => {
    expect(marked(text, query)).toBe(expected)
  })

  it('of a long text near its beginning', () => {
    const text = `${'long '.repeat(40)}stock and so on`
    expect(marked(text, 'stock')).toBe('…ong long long long long [stock] and so on')
  })

  it('and together say the text', () => {
    const word = fc.stringMatching(/^[a-cé库存 ]{0,12}$/u)
    fc.assert(
      fc.property(word, word, (text, query) => {
        expect(
          markedPieces(text, query)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })
})
