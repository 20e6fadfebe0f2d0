import { describe, expect, it } from 'vitest'
import { TabStop } from '../../../client/conversation/tab-stop.ts'

const ids = [11, 12, 13]

describe('the tab stop among messages', () => {
  it('is the newest until somebody goes to another, and then that one', () => {
    const stop = new TabStop()
    expect(stop.of(ids)).toBe(13)
    expect(stop.of([...ids, 14])).toBe(14)
    stop.set(12)
    expect(stop.of([...ids, 14])).toBe(12)
    stop.set(undefined)
    expect(stop.of(ids)).toBe(13)
  })

  it('is the newest again when its message is not there any more', () => {
    const stop = new TabStop()
    stop.set(11)
    expect(stop.of([12, 13])).toBe(13)
    expect(stop.of([])).toBeUndefined()
  })

  it.each([
    [12, 'ArrowUp', { to: 11 }],
    [12, 'ArrowDown', { to: 13 }],
    [12, 'Home', { to: 11 }],
    [12, 'End', { to: 13 }],
    [11, 'ArrowUp', 'earlier'],
    [13, 'ArrowDown', undefined],
    [12, 'x', undefined],
  ] as const)('from %d by %s leads to %o', (from, key, move) => {
    const stop = new TabStop()
    stop.set(from)
    expect(stop.move(key, ids)).toEqual(move)
  })

  it('leads nowhere in an empty log', () => {
    expect(['ArrowUp', 'ArrowDown', 'Home', 'End'].map((key) => new TabStop().move(key, []))).toEqual(
      Array(4).fill(undefined),
    )
  })
})
