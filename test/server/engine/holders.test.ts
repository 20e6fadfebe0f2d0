import { canonicalName, codePoints, limits } from '@chartroom/shared'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Holders } from '../../../server/engine/holders.ts'

const day = 86_400_000

describe('holders', () => {
  it('[M1] give a name to who comes first, as often as they come', () => {
    const holders = new Holders()
    expect(holders.grant({ name: 'Ana', person: 'a' }, 0)).toEqual({ name: 'Ana', isHeld: true })
    expect(holders.grant({ name: 'Ana', person: 'a' }, 5)).toEqual({ name: 'Ana', isHeld: true })
  })

  it('[M2] give a stranger the name with a number, and the same one again', () => {
    const holders = new Holders()
    holders.grant({ name: 'Ana', person: 'a' }, 0)
    expect(holders.grant({ name: 'Ana', person: 'b' }, 1)?.name).toBe('Ana 2')
    expect(holders.grant({ name: 'Ana', person: 'c' }, 2)?.name).toBe('Ana 3')
    expect(holders.grant({ name: 'Ana', person: 'b' }, 3)?.name).toBe('Ana 2')
  })

  it('[M2] give who has no secret a name that nobody holds, and hold nothing for them', () => {
    const holders = new Holders()
    holders.grant({ name: 'Ana', person: 'a' }, 0)
    const nobody = { name: 'Ana', person: undefined }
    expect(holders.grant(nobody, 1)).toEqual({ name: 'Ana 2', isHeld: false })
    expect(holders.grant({ name: 'Ana', person: 'b' }, 2)).toEqual({ name: 'Ana 2', isHeld: true })
    expect(holders.grant(nobody, 3)?.name).toBe('Ana 3')
  })

  it('[M2] leave who was given a number that number, when the name without it is free again', () => {
    const holders = new Holders()
    holders.grant({ name: 'Ana', person: 'a' }, 0)
    holders.grant({ name: 'Ana', person: 'b' }, 20 * day)
    expect(holders.grant({ name: 'ANA', person: 'b' }, 31 * day)?.name).toBe('Ana 2')
    expect(holders.grant({ name: 'Ana 2', person: 'b' }, 32 * day)?.name).toBe('Ana 2')
    expect(holders.grant({ name: 'Ana', person: 'b' }, 33 * day)?.name).toBe('Ana 2')
    expect(holders.grant({ name: 'Ana', person: 'b' }, 63 * day)?.name).toBe('Ana')
  })

  it('[M1] hold nothing for who is only told what they would get', () => {
    const holders = new Holders()
    expect(holders.offer({ name: 'Ana', person: 'a' }, 0)).toEqual({ name: 'Ana', isHeld: true })
    expect(holders.grant({ name: 'Ana', person: 'b' }, 0)).toEqual({ name: 'Ana', isHeld: true })
    expect(holders.offer({ name: 'Ana', person: 'a' }, 0)).toEqual({ name: 'Ana 2', isHeld: true })
  })

  it('keep ten thousand names, and let the longest unused go for another', () => {
    const holders = new Holders()
    for (let n = 0; n < 10_000; n++) holders.grant({ name: `p${n}`, person: `p${n}` }, n)
    holders.grant({ name: 'last', person: 'last' }, 10_001)
    expect(holders.offer({ name: 'p0', person: 'b', isExact: true }, 10_002)?.name).toBe('p0')
    expect(holders.offer({ name: 'p1', person: 'b', isExact: true }, 10_002)).toBeUndefined()
  })

  it('[M3] give nothing else to who wants exactly this', () => {
    const holders = new Holders()
    holders.grant({ name: 'Ana', person: 'a' }, 0)
    expect(holders.grant({ name: 'Ana', person: 'b', isExact: true }, 1)).toBeUndefined()
    expect(holders.grant({ name: 'Ana', person: undefined, isExact: true }, 1)).toBeUndefined()
    expect(holders.grant({ name: 'Ana', person: 'a', isExact: true }, 1)?.name).toBe('Ana')
  })

  it.each(['a', undefined])('[M4] give "anonymous" to no link, and to nobody to hold (secret: %j)', (person) => {
    const holders = new Holders()
    expect(holders.grant({ name: 'Anonymous', person }, 0)?.name).toBe('Anonymous 2')
    const exactly = { name: 'anonymous', person, isExact: true }
    expect(holders.grant(exactly, 0)).toEqual({ name: 'anonymous', isHeld: false })
    expect(holders.grant({ ...exactly, person: 'b' }, 0)).toEqual({ name: 'anonymous', isHeld: false })
  })

  it.each(['ANA', 'ａｎａ', ' Ana ', 'A\u200bn\u00ada'])('[M5] take %j for Ana', (name) => {
    const holders = new Holders()
    holders.grant({ name: 'Ana', person: 'a' }, 0)
    expect(holders.grant({ name, person: 'b', isExact: true }, 0)).toBeUndefined()
  })

  it('[M1] let a name go 30 days after its last use', () => {
    const holders = new Holders()
    holders.grant({ name: 'Ana', person: 'a' }, 0)
    holders.grant({ name: 'Ana', person: 'a' }, 10 * day)
    expect(holders.grant({ name: 'Ana', person: 'b', isExact: true }, 40 * day - 1)).toBeUndefined()
    expect(holders.grant({ name: 'Ana', person: 'b', isExact: true }, 40 * day)?.name).toBe('Ana')
  })

  it('have nothing to store for who uses their name again within a minute', () => {
    const holders = new Holders()
    const uses = (at: number) => {
      holders.grant({ name: 'Ana', person: 'a' }, at)
      return holders.takeChanges().held.map(({ usedAt }) => usedAt)
    }
    expect([uses(0), uses(59_999), uses(60_000)]).toEqual([[0], [], [60_000]])
  })

  it('never give two people one name, nor one that is too long', () => {
    const name = fc.oneof(
      fc.constantFrom('Ana', 'ANA', 'Wei'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }),
    )
    const claim = fc.record({ name, person: fc.constantFrom('a', 'b', 'c', 'd') })
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 30 }), (claims) => {
        const holders = new Holders()
        const owners = new Map<string, string>()
        for (const { name, person } of claims) {
          if (codePoints(name) > limits.maxNameLength) continue
          const granted = holders.grant({ name, person }, 0)?.name ?? ''
          expect(codePoints(granted)).toBeLessThanOrEqual(limits.maxNameLength)
          const canonical = canonicalName(granted)
          expect(owners.get(canonical) ?? person).toBe(person)
          owners.set(canonical, person)
        }
      }),
    )
  })
})
