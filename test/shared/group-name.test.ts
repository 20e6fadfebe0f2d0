import { canonicalGroupName, limits } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

function canonical(text: string): string | undefined {
  const name = canonicalGroupName(text)
  return name.ok ? name.value : undefined
}

describe('the name of a group', () => {
  it.each([
    ['ops', 'ops'],
    ['Ops.2026_q1-a', 'ops.2026_q1-a'],
    ['\uff2f\uff30\uff33', 'ops'],
    ['e\u0301quipe', '\u00e9quipe'],
    ['运维', '运维'],
    ['\u0915\u094d\u0937', '\u0915\u094d\u0937'],
    ['\u0664\u0662', '\u0664\u0662'],
    ['\u212aelvin', 'kelvin'],
    ['STRASSE', 'strasse'],
    ['H\u0331', '\u1e96'],
    ['..a', '..a'],
    ['x'.repeat(limits.maxGroupNameLength), 'x'.repeat(limits.maxGroupNameLength)],
    ['\u{20000}'.repeat(limits.maxGroupNameLength), '\u{20000}'.repeat(limits.maxGroupNameLength)],
  ])('%j is %j', (text, name) => {
    expect(canonical(text)).toBe(name)
  })

  it.each([
    '',
    '.',
    '...',
    'a b',
    'a/b',
    '../a',
    'a\u0000',
    'a\u200bb',
    'a\u202eb',
    '@bob',
    'a,b',
    '\u{1f600}',
    '\ud800',
    'x'.repeat(limits.maxGroupNameLength + 1),
    '\ufdfa'.repeat(8),
    '\u2026',
  ])('is not %j', (text) => {
    expect(canonicalGroupName(text)).toMatchObject({ ok: false, refusal: { code: 'group_name' } })
  })

  it('is its own canonical form', () => {
    const letters = fc.constantFrom(
      ...'aA.-_9',
      '\u0130',
      '\u03a3',
      '\u1e9e',
      '\u0345',
      '\u01c5',
      '\uff21',
      '\u0301',
      '\u1100',
      '\u1161',
    )
    const names = fc.oneof(
      fc.string({ unit: letters, minLength: 1, maxLength: 8 }),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
    )
    fc.assert(
      fc.property(names, (text) => {
        const name = canonical(text)
        if (name !== undefined) expect(canonical(name)).toBe(name)
      }),
      { numRuns: 2_000 },
    )
  })

  it('is its own canonical form, of every character there is', () => {
    const changed: string[] = []
    for (let point = 0; point <= 0x10ffff; point++) {
      const name = canonical(String.fromCodePoint(point))
      if (name !== undefined && canonical(name) !== name) changed.push(point.toString(16))
    }
    expect(changed).toEqual([])
  })
})
