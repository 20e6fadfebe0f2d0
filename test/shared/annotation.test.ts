import { shownName } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

// Zero-width, joining and filling characters, a mark of order, a tag, a variation selector, an empty braille cell.
const unseen = [
  '\u200b',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u202e',
  '\u3164',
  '\u{e0041}',
  '\ufe0f',
  '\u2800',
  ' ',
  '\u00a0',
]

describe('a shown name', () => {
  it('of characters that nobody sees is blank', () => {
    const names = fc.array(fc.constantFrom(...unseen), { minLength: 1, maxLength: 9 }).map((all) => all.join(''))
    fc.assert(
      fc.property(names, (name) => {
        const refused = shownName.safeParse(name)
        expect(refused.error?.issues.map(({ message }) => message)).toEqual(['must not be blank'])
      }),
    )
  })

  it('with one that is seen is a name, in any script, and keeps what joins it', () => {
    for (const name of ['Ana', '\u200bx', '👩\u200d🚀', 'نیم\u200cفاصله', '李', '.', 'e\u0301']) {
      expect(shownName.safeParse(name).data).toBe(name)
    }
  })
})
