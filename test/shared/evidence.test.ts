import { commit, createState, evidenceOf, type PinDraft } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { GrownGroup } from '../support/grown-group.ts'

/** Shirts 5 and socks 15; ten seconds later shirts 30, and hats 5 appear. */
function shop(): { group: GrownGroup; before: number } {
  const group = new GrownGroup()
  const before = group.now
  group.post(...sold({ Shirts: 5, Socks: 15 }))
  group.now += 10_000
  group.post(...sold({ Shirts: 30, Hats: 5 }))
  return { group, before }
}

function sold(items: Readonly<Record<string, number | null>>) {
  return Object.entries(items).map(([item, value]) => ({ metric: 'orders', labels: { item }, value }))
}

function evidence(group: GrownGroup, pin: PinDraft) {
  return evidenceOf(group.state, pin)
}

describe('the evidence of a pin', () => {
  it('is the present value, its share of the whole, and its rank among how many', () => {
    const { group } = shop()
    expect(evidence(group, { metric: 'orders', category: 'Socks' })).toEqual({
      ...{ value: 15, share: 0.3, rank: 2, of: 3 },
      time: group.now - 10_000,
      cursor: 'k3f9:2',
    })
  })

  it('is of a moment that the window holds: what was shown then, among those who were there', () => {
    const { group, before } = shop()
    for (const time of [before, before + 4_000, group.now - 1]) {
      expect(evidence(group, { metric: 'orders', category: 'Shirts', time })).toMatchObject({
        ...{ value: 5, share: 0.25, rank: 2, of: 2, time },
      })
    }
  })

  it('is of the present when the window does not hold the moment, and says so', () => {
    const { group, before } = shop()
    for (const time of [before - 3_600_000, group.now + 3_600_000]) {
      expect(evidence(group, { metric: 'orders', category: 'Shirts', time })).toMatchObject({
        value: 30,
        time: group.now,
      })
    }
  })

  it('is the sum of all categories when the pin names none, without share and rank', () => {
    const { group } = shop()
    expect(evidence(group, { metric: 'orders' })).toMatchObject({
      ...{ value: 50, share: null, rank: null, of: 3, time: group.now },
    })
  })

  it('has no share where the parts make no whole', () => {
    const group = new GrownGroup()
    group.post(...sold({ Shirts: 5, Returns: -2 }))
    expect(evidence(group, { metric: 'orders', category: 'Shirts' })).toMatchObject({
      value: 5,
      share: null,
      rank: 1,
      of: 2,
    })
    group.post(...sold({ Shirts: 0, Returns: 0 }))
    expect(evidence(group, { metric: 'orders', category: 'Shirts' })).toMatchObject({ value: 0, share: null, rank: 1 })
  })

  it('gives equal values the same rank', () => {
    const group = new GrownGroup()
    group.post(...sold({ a: 7, b: 7, c: 1 }))
    const ranks = ['a', 'b', 'c'].map((category) => evidence(group, { metric: 'orders', category })?.rank)
    expect(ranks).toEqual([1, 1, 3])
  })

  it('of a gap is no value, and the gap is not counted', () => {
    const group = new GrownGroup()
    group.post(...sold({ Shirts: 5, Socks: null }))
    expect(evidence(group, { metric: 'orders', category: 'Socks' })).toMatchObject({
      value: null,
      share: null,
      rank: null,
      of: 1,
    })
  })

  it('is no sum that JSON could not tell', () => {
    const group = new GrownGroup()
    group.post(...sold({ a: Number.MAX_VALUE, b: Number.MAX_VALUE }))
    expect(evidence(group, { metric: 'orders' })?.value).toBeNull()
    expect(evidence(group, { metric: 'orders', category: 'a' })).toMatchObject({ share: null, rank: 1 })
  })

  it('finds a category of several labels by their values in the order of their names', () => {
    const group = new GrownGroup()
    group.post({ metric: 'orders', labels: { size: 'L', item: 'Shirts' }, value: 5 })
    expect(evidence(group, { metric: 'orders', category: 'Shirts / L' })?.value).toBe(5)
  })

  it('is none where the group has no such metric or category', () => {
    const { group } = shop()
    expect(evidence(group, { metric: 'cpu' })).toBeUndefined()
    expect(evidence(group, { metric: 'orders', category: 'Ties' })).toBeUndefined()
  })
})

describe('the evidence of a range', () => {
  it('is its least value, and when that was', () => {
    const state = createState('ops')
    const start = 1_795_178_600_000
    for (const [at, value] of [50, 40, 20, 30, 60].entries()) {
      const samples = [{ metric: 'cpu', value, time: start + at * 1_000 }]
      commit(state, { type: 'batch', samples }, start + at * 1_000, 'e')
    }
    const range = { metric: 'cpu', time: start, timeEnd: start + 3_500 }
    expect(evidenceOf(state, range)).toMatchObject({ value: 20, time: start + 2_000 })
    expect(evidenceOf(state, { ...range, time: start + 3_000 })).toMatchObject({ value: 30, time: start + 3_000 })
    expect(evidenceOf(state, { metric: 'cpu', time: 1_000, timeEnd: 2_000 })).toMatchObject({ value: 60 })
  })

  it('ranks that least value among the others, and not behind a later one of its own second', () => {
    const state = createState('ops')
    const start = 1_795_178_600_000
    for (const [item, at, value] of [
      ['Shirts', 0, 6],
      ['Socks', 0, 2],
      ['Shirts', 400, 10],
      ['Shirts', 5_000, 12],
      ['Socks', 5_000, 20],
    ] as const) {
      const samples = [{ metric: 'orders', labels: { item }, value, time: start + at }]
      commit(state, { type: 'batch', samples }, start + at, 'e')
    }
    const range = { metric: 'orders', category: 'Shirts', time: start, timeEnd: start + 3_000 }
    expect(evidenceOf(state, range)).toMatchObject({ value: 6, share: 0.75, rank: 1, of: 2 })
  })
})
