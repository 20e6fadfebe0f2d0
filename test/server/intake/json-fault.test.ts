import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonFault } from '../../../server/intake/json-fault.ts'

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** JSON with one character gone, or another in its place. */
const nearJson = fc
  .tuple(fc.json(), fc.nat(), fc.nat(2), fc.constantFrom(...'{}[],:"\\ \n\t\u00010-+.eEnul/x\u00e9'))
  .map(([text, at, dropped, character]) => {
    const place = text.length === 0 ? 0 : at % text.length
    return text.slice(0, place) + character + text.slice(place + dropped)
  })
const soup = fc.string({
  unit: fc.constantFrom(...'{}[],:"\\ \n01-+.eEu', 'null', 'true', 'false', '\\u00e9', '"a"', 'NaN'),
})

describe('the fault of a text as JSON', () => {
  it('is there exactly when JSON.parse throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), nearJson, soup), (text) => {
        expect(jsonFault(text) === undefined).toBe(isJson(text))
      }),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['[{"metric":"cpu","value":NaN}]', '/0/value', 'NaN is not JSON: send null for "no value"'],
    ['{"a/b":{"x~y":-Infinity}}', '/a~1b/x~0y', '-Infinity is not JSON: send null for "no value"'],
    ['{"cpu": Infinity}', '/cpu', 'Infinity is not JSON: send null for "no value"'],
    ['[1, nan]', '/1', 'nan is not JSON: send null for "no value"'],
    ['NaN', '', 'NaN is not JSON: send null for "no value"'],
    ['{"NaN": 1, "x": "NaN", "y": 1,}', '', 'has an unexpected "}" at line 1, column 31'],
    ['[NaNny]', '/0', 'has an unexpected "N" at line 1, column 2'],
    ['', '', 'ends too early at line 1, column 1'],
    ['{"a":1', '', 'ends too early at line 1, column 7'],
    ['{"a":[1,\n  2 3]}', '/a', 'has an unexpected "3" at line 2, column 5'],
    ['\n\n{cpu: 1}', '', 'has an unexpected "c" at line 3, column 2'],
    ["{'cpu': 1}", '', 'has an unexpected "\'" at line 1, column 2'],
    ['{"a":01}', '', 'has an unexpected "1" at line 1, column 7'],
    ['{"a":"x\ty"}', '/a', 'has an unexpected "\\t" at line 1, column 8'],
    ['{"a":😀}', '/a', 'has an unexpected "😀" at line 1, column 6'],
    ['{"a":1} {"b":2}', '', 'has an unexpected "{" at line 1, column 9'],
  ])('has its place: %j', (text, pointer, message) => {
    expect(jsonFault(text)).toEqual({ pointer, message })
  })

  it('counts lines from the one the text begins with', () => {
    expect(jsonFault('{"a":\n}', 7)).toEqual({ pointer: '/a', message: 'has an unexpected "}" at line 8, column 1' })
  })

  it('ends at a nesting that would end the stack', () => {
    expect(jsonFault('['.repeat(1_000_000))).toMatchObject({ message: 'is nested deeper than 100' })
  })
})
