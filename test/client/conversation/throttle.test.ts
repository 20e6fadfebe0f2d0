import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { leastTextMs, Throttle } from '../../../client/conversation/throttle.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a throttle', () => {
  it('acts at once, and once for all that is asked until the time is over', () => {
    const act = vi.fn()
    const throttle = new Throttle(act, leastTextMs)
    for (let asked = 0; asked < 5; asked++) throttle.call()
    expect(act).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(249)
    expect(act).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1)
    expect(act).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(1_000)
    expect(act).toHaveBeenCalledTimes(2)
  })

  it('acts at most four times a second however often it is asked', () => {
    const act = vi.fn()
    const throttle = new Throttle(act, leastTextMs)
    for (let ms = 0; ms < 1_000; ms += 10) {
      throttle.call()
      vi.advanceTimersByTime(10)
    }
    expect(act).toHaveBeenCalledTimes(5)
  })

  it('does nothing more when it is closed', () => {
    const act = vi.fn()
    const throttle = new Throttle(act, leastTextMs)
    throttle.call()
    throttle.call()
    throttle.close()
    vi.advanceTimersByTime(1_000)
    expect(act).toHaveBeenCalledTimes(1)
  })
})
