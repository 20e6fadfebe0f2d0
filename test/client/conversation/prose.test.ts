import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf, plainText } from '../../../client/conversation/prose.ts'

const text = (text: string) => ({ type: 'text', text })
const code = (text: string) => ({ type: 'code', text })
const link = (text: string) => ({ type: 'link', text })

describe("a message's text", () => {
  it('has code between backticks', () => {
    expect(piecesOf('Watching `pay` next.')).toEqual([text('Watching '), code('pay'), text(' next.')])
    expect(piecesOf('a ` b')).toEqual([text('a ` b')])
    expect(piecesOf('``')).toEqual([text('``')])
    expect(piecesOf('`two\nlines`')).toEqual([text('`two\nlines`')])
  })

  it('has links to pages, without the end of the sentence', () => {
    expect(piecesOf('See https://example.org/a?b=c#d.')).toEqual([
      text('See '),
      link('https://example.org/a?b=c#d'),
      text('.'),
    ])
    expect(piecesOf('(http://example.org)')).toEqual([text('('), link('http://example.org'), text(')')])
    expect(piecesOf('https://example.org/a_(b)')).toEqual([link('https://example.org/a_(b)')])
    expect(piecesOf('看https://example.org/甲。')).toEqual([text('看'), link('https://example.org/甲'), text('。')])
    expect(piecesOf('看https://example.org/甲。谢谢')).toEqual([
      text('看'),
      link('https://example.org/甲'),
      text('。谢谢'),
    ])
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'https://', 'http:///', 'xhttps://a.b'])(
    'makes no link of %s',
    (address) => {
      expect(piecesOf(address)).toEqual([text(address)])
    },
  )

  it('keeps an address in code as code', () => {
    expect(piecesOf('`https://example.org`')).toEqual([code('https://example.org')])
  })

  it('says all of it in order, and links only to pages, whatever it is', () => {
    const words = fc.constantFrom('`', 'https://', 'http://a.b/', ')', '.', ' ', '\n', '<b>', 'x', '"', '(')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(words).map((all) => all.join('')),
          fc.string(),
        ),
        (said) => {
          const pieces = piecesOf(said)
          expect(pieces.map((piece) => (piece.type === 'code' ? `\`${piece.text}\`` : piece.text)).join('')).toBe(said)
          for (const piece of pieces) {
            if (piece.type === 'link') expect(new URL(piece.text).protocol).toMatch(/^https?:$/)
          }
        },
      ),
    )
  })

  it('is one line of words without its marks', () => {
    expect(plainText('Watching `pay` next.')).toBe('Watching pay next.')
  })
})
