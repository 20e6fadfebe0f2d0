import { close, mayReconnect } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'

describe('after a close', () => {
  it.each([
    [1000, false],
    [1001, true],
    [1002, false],
    [1003, false],
    [1005, true],
    [1006, true],
    [1007, false],
    [1008, false],
    [1009, false],
    [1010, false],
    [1011, true],
    [1012, true],
    [1013, true],
    [1014, true],
    [1015, false],
    [3000, true],
    [3499, true],
    [3500, false],
    [3999, false],
    [4000, true],
    [4499, true],
    [4500, false],
    [4999, false],
  ])('with %i a client may come back: %s', (code, may) => {
    expect(mayReconnect(code)).toBe(may)
  })

  it('of ours a client comes back unless it was its own doing', () => {
    const words = Object.entries(close).filter(([, { code }]) => mayReconnect(code))
    expect(words.map(([word]) => word)).toEqual(['internal', 'shutdown', 'slow', 'noPong'])
  })

  it('knows one reason for each code, short enough for the frame', () => {
    const all = Object.values(close)
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length)
    for (const { reason } of all) expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123)
  })
})
