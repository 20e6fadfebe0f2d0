import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formFields } from '../../../server/intake/form.ts'

const escapes = fc.string({
  unit: fc.constantFrom('a', 'é', '😀', '=', '&', '+', '%20', '%C3%A9', '%26', '%F0%9F%98%80'),
})
// Apart, because Node 20 garbles what is not ASCII in a part that has a stray "%".
const strays = fc.string({ unit: fc.constantFrom('z', '=', '&', '+', '%', '2', '4', '%20') })

describe('the fields of a form', () => {
  it('are what URLSearchParams reads', () => {
    fc.assert(
      fc.property(fc.oneof(escapes, strays), (text) => {
        const fields = [...formFields(text)].map((field) => [field?.key, field?.value ?? ''])
        // A leading "?" is dropped by URLSearchParams alone, so it is given one to drop.
        expect(fields).toEqual([...new URLSearchParams(`?${text}`)])
      }),
    )
  })

  it('keep a "%" that escapes nothing, whatever stands beside it', () => {
    expect([...formFields('😀%%20=50%')]).toEqual([{ key: '😀% ', value: '50%' }])
  })

  it.each(['%FF=1', 'a=%C3', 'a=%C3x%A9', '%ED%A0%80=1'])('are none where an escape is not UTF-8: %s', (text) => {
    expect([...formFields(`${text}&b=2`)]).toEqual([undefined, { key: 'b', value: '2' }])
  })
})
