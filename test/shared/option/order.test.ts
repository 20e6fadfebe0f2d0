import { describe, expect, it } from 'vitest'
import { holdOrder, type Sort } from '../../../shared/option/index.ts'

const sort: Sort = { column: 'value', isDescending: true }
const order = (keys: string, since: number, by: Sort = sort) => ({ sort: by, keys: [...keys], since })

describe('the order of rows', () => {
  it('changes at most once a second', () => {
    const first = holdOrder(undefined, order('ab', 0))
    expect(holdOrder(first, order('ba', 999))).toBe(first)
    expect(holdOrder(first, order('ba', 1_000))).toEqual(order('ba', 1_000))
  })

  it('counts the second from when it last changed, and not from when it was last looked at', () => {
    const first = holdOrder(undefined, order('ab', 0))
    const same = holdOrder(first, order('ab', 900))
    expect(holdOrder(same, order('ba', 1_000)).keys).toEqual(['b', 'a'])
  })

  it('changes at once for another sort, and when a row comes or goes', () => {
    const first = holdOrder(undefined, order('ab', 0))
    const byName = order('ba', 10, { column: 'name', isDescending: true })
    expect(holdOrder(first, byName)).toBe(byName)
    expect(holdOrder(first, order('bac', 10)).keys).toEqual(['b', 'a', 'c'])
    expect(holdOrder(first, order('b', 10)).keys).toEqual(['b'])
  })
})
