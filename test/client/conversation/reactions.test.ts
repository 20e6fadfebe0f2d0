import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emojiIn, reacted, reactionsOf } from '../../../client/conversation/reactions.ts'

const message = { id: 1, revision: 1, time: 1, author: 'Ana', text: 'hello' }

describe('the reactions to a message', () => {
  it('say who gave them, and which are mine', () => {
    expect(reactionsOf({ reactions: { '👍': ['Ana', 'Wei'], '👀': ['Wei'] } }, 'Ana')).toEqual([
      { reaction: '👍', names: ['Ana', 'Wei'], isMine: true },
      { reaction: '👀', names: ['Wei'], isMine: false },
    ])
  })

  it('are nobody’s of mine without a name', () => {
    expect(reactionsOf({ reactions: { '👍': ['Ana'] } }, undefined)[0]?.isMine).toBe(false)
    expect(reactionsOf({}, 'Ana')).toEqual([])
  })

  it('stand still, whichever came last', () => {
    const order = (reactions: Record<string, string[]>) => reactionsOf({ reactions }, 'Ana').map((one) => one.reaction)
    expect(order({ '🐳': ['a'], '👀': ['a'], '🐢': ['a'], '👍': ['a'] })).toEqual(['👍', '👀', '🐢', '🐳'])
    expect(order({ '👍': ['a'], '🐢': ['a'], '🐳': ['a'], '👀': ['a'] })).toEqual(['👍', '👀', '🐢', '🐳'])
  })
})

describe('a reaction', () => {
  it('that is given twice is given once, and that is taken back is gone', () => {
    const once = reacted(message, 'Ana', '👍', true)
    expect(once.reactions).toEqual({ '👍': ['Ana'] })
    expect(reacted(once, 'Ana', '👍', true)).toEqual(once)
    expect(reacted(once, 'Ana', '👍', false).reactions).toEqual({})
    expect(reacted(once, 'Wei', '👍', false)).toEqual(once)
  })

  it('of one leaves those of others', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom('Bo', 'Cy', 'Di')), fc.boolean(), (others, on) => {
        const before = { ...message, reactions: { '👍': others, '👀': ['Bo'] } }
        const after = reacted(before, 'Ana', '👍', on).reactions ?? {}
        expect((after['👍'] ?? []).filter((name) => name !== 'Ana')).toEqual(others)
        expect(after['👀']).toEqual(['Bo'])
        expect((after['👍'] ?? []).includes('Ana')).toBe(on)
      }),
    )
  })

  it.each([
    ['👍', '👍'],
    ['👍🏽', '👍🏽'],
    ['  ok 👩‍👩‍👧‍👦 and more', '👩‍👩‍👧‍👦'],
    ['🇨🇳', '🇨🇳'],
    ['3️⃣', '3️⃣'],
    ['❤️', '❤️'],
    ['ok', undefined],
    ['3', undefined],
    ['库存', undefined],
    ['', undefined],
  ])('in the text %s is %s', (text, found) => {
    expect(emojiIn(text)).toBe(found)
  })
})
