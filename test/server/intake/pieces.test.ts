import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pieces } from '../../../server/intake/pieces.ts'

it('pieces are what split gives, one at a time', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '&', 'é') })
  fc.assert(
    fc.property(text, (whole) => {
      expect([...pieces(whole, '\n')]).toEqual(whole.split('\n'))
    }),
  )
})
