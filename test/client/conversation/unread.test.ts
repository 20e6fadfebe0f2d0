import type { Annotation } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { Unread } from '../../../client/conversation/unread.ts'

function log(...ids: number[]): Annotation[] {
  return ids.map((id) => ({ id, revision: id, author: 'Ana', time: 0, text: 'text' }))
}

describe('what came while nobody looked', () => {
  it('is nothing of the past', () => {
    const unread = new Unread()
    unread.take(log(1, 2), false)
    expect(unread.count).toBe(0)
    expect(unread.mark).toBeUndefined()
  })

  it('counts from the first that was not seen', () => {
    const unread = new Unread()
    unread.take(log(1), false)
    unread.take(log(1, 2), true)
    unread.take(log(1, 2, 3), false)
    unread.take(log(1, 2, 3, 4, 5), false)
    expect(unread.count).toBe(3)
    expect(unread.mark).toEqual({ fromId: 3, count: 3 })
  })

  it('does not count what is paged in before, nor an edit', () => {
    const unread = new Unread()
    unread.take(log(5), false)
    unread.take(log(1, 2, 5), false)
    expect(unread.count).toBe(0)
  })

  it('keeps its mark when it was seen, and sets another for what comes then', () => {
    const unread = new Unread()
    unread.take(log(1), false)
    unread.take(log(1, 2), false)
    unread.see()
    expect(unread.count).toBe(0)
    expect(unread.mark).toEqual({ fromId: 2, count: 1 })
    unread.take(log(1, 2, 3), false)
    expect(unread.mark).toEqual({ fromId: 3, count: 1 })
  })

  it('is over when I answer', () => {
    const unread = new Unread()
    unread.take(log(1), false)
    unread.take(log(1, 2), false)
    unread.clear()
    expect(unread.mark).toBeUndefined()
  })

  it('does not count what I wrote', () => {
    const unread = new Unread()
    unread.take(log(1), false)
    unread.take(log(1, 2), false, 'Ana')
    expect(unread.count).toBe(0)
    unread.take(log(1, 2, 3), false, 'Wei')
    expect(unread.mark).toEqual({ fromId: 3, count: 1 })
  })

  it('counts the first message of an empty group', () => {
    const unread = new Unread()
    unread.take(log(), false)
    unread.take(log(1), false)
    expect(unread.count).toBe(1)
  })

  it('marks what came since my last visit, and counts it where it is out of sight', () => {
    const seen = new Unread(2)
    seen.take(log(1, 2, 3, 4), true, 'Wei')
    expect(seen.mark).toEqual({ fromId: 3, count: 2 })
    expect(seen.count).toBe(0)
    const unseen = new Unread(2)
    unseen.take(log(1, 2, 3, 4), false, 'Wei')
    expect(unseen.count).toBe(2)
  })

  it('marks nothing where all was read', () => {
    const unread = new Unread(2)
    unread.take(log(1, 2), true, 'Wei')
    expect(unread.mark).toBeUndefined()
    unread.take(log(1, 2, 3), true, 'Wei')
    expect(unread.mark).toBeUndefined()
  })
})
