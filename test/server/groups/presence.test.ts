import { describe, expect, it } from 'vitest'
import { Presence } from '../../../server/groups/presence.ts'
import { subscriberAt } from '../../support/fake-link.ts'

function told(presence: Presence) {
  return JSON.parse(presence.frame().bytes.toString()).people
}

describe('presence', () => {
  it('[P4] tells who types, who is away and who looks where, and nothing of who does not', () => {
    const presence = new Presence('ops')
    const ana = subscriberAt(1_000, 'ana')
    presence.enter(ana)
    presence.enter(subscriberAt(1_000, 'wei'))
    expect(presence.point(ana, { typing: true, metric: 'cpu' })).toBe(true)
    expect(told(presence)).toEqual([{ name: 'ana', typing: true, metric: 'cpu' }, { name: 'wei' }])
    expect(presence.point(ana, { typing: false })).toBe(true)
    expect(told(presence)).toEqual([{ name: 'ana', metric: 'cpu' }, { name: 'wei' }])
    expect(presence.point(ana, { metric: null, away: true })).toBe(true)
    expect(told(presence)).toEqual([{ name: 'ana', away: true }, { name: 'wei' }])
  })

  it('[P4] puts the links of a person together', () => {
    const presence = new Presence('ops')
    const [tab, other] = [subscriberAt(1_000, 'ana'), subscriberAt(1_000, 'ana')]
    presence.enter(tab)
    presence.enter(other)
    presence.point(tab, { away: true, metric: 'cpu' })
    expect(told(presence)).toEqual([{ name: 'ana', metric: 'cpu' }])
    presence.point(other, { away: true, metric: 'ram', typing: true })
    expect(told(presence)).toEqual([{ name: 'ana', away: true, typing: true, metric: 'ram' }])
    presence.leave(other)
    expect(told(presence)).toEqual([{ name: 'ana', away: true, metric: 'cpu' }])
  })

  it('[S4] [P4] keeps what a link said when it follows at another pace', () => {
    const presence = new Presence('ops')
    const slow = subscriberAt(10_000, 'ana')
    presence.enter(slow)
    presence.point(slow, { away: true, metric: 'cpu' })
    const { version } = presence
    presence.enter({ ...slow, paceMs: 100 })
    presence.leave(slow)
    expect(told(presence)).toEqual([{ name: 'ana', away: true, metric: 'cpu' }])
    expect(presence.version).toBe(version)
  })

  it('[P1] lists by name who has one now, and counts the others', () => {
    const presence = new Presence('ops')
    const nameless = { ...subscriberAt(1_000, 'wei'), name: undefined }
    const named = { ...subscriberAt(1_000, 'wei'), name: 'wei' }
    presence.enter(nameless)
    presence.enter(subscriberAt(1_000, 'ana'))
    expect(told(presence)).toEqual([{ name: 'ana' }])
    presence.enter(named)
    expect(told(presence)).toEqual([{ name: 'ana' }, { name: 'wei' }])
    presence.leave(named)
    expect(told(presence)).toEqual([{ name: 'ana' }])
    expect(presence.count).toBe(2)
    presence.leave(nameless)
    expect(presence.count).toBe(1)
  })

  it('[13] changes only by what somebody would see', () => {
    const presence = new Presence('ops')
    const crowd = Array.from({ length: 30 }, (_, n) => subscriberAt(1_000, `p${n}`))
    for (const one of crowd) presence.enter(one)
    const [first, last] = [crowd.at(0), crowd.at(-1)]
    if (first === undefined || last === undefined) throw new Error('nobody came')
    const before = presence.version
    expect(presence.point(last, { typing: true })).toBe(false)
    expect(presence.point(first, { typing: false })).toBe(false)
    expect(presence.version).toBe(before)
    expect(presence.point(first, { typing: true })).toBe(true)
  })

  it('[P3] keeps the name of a person whose second link has none, and takes back the first when another goes', () => {
    const presence = new Presence('ops')
    const [named, nameless, renamed] = [1, 2, 3].map(() => subscriberAt(1_000, 'ana'))
    if (named === undefined || nameless === undefined || renamed === undefined) throw new Error('nobody came')
    presence.enter(named)
    presence.enter({ ...nameless, name: undefined })
    expect(told(presence)).toEqual([{ name: 'ana' }])
    const bob = { ...renamed, name: 'bob' }
    presence.enter(bob)
    expect(told(presence)).toEqual([{ name: 'bob' }])
    presence.leave(bob)
    expect(told(presence)).toEqual([{ name: 'ana' }])
  })

  it('knows nothing of a link that is not here, or not counted', () => {
    const presence = new Presence('ops')
    expect(presence.point(subscriberAt(1_000, 'ana'), { typing: true })).toBe(false)
    expect(presence.enter(subscriberAt(1_000))).toBe(false)
    expect(presence.count).toBe(0)
  })
})
