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
})
