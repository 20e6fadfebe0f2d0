import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLoopDelay } from '../../../server/sources/loop-delay.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A clock that the test holds up: real work would make it run while no timer does. */
function createHeldClock() {
  let heldMs = 0
  return {
    read: () => performance.now() + heldMs,
    hold(ms: number) {
      heldMs += ms
    },
  }
}

test('tells no delay while every timer fires in time', () => {
  const loopDelay = createLoopDelay()
  vi.advanceTimersByTime(1_000)
  expect(loopDelay.readMs()).toBe(0)
  loopDelay.close()
})

test('tells the longest delay since it was last asked, and once', () => {
  const clock = createHeldClock()
  const loopDelay = createLoopDelay(clock.read)
  for (const heldMs of [30, 150, 40]) {
    clock.hold(heldMs)
    vi.advanceTimersByTime(200)
  }
  expect(loopDelay.readMs()).toBe(150)
  vi.advanceTimersByTime(200)
  expect(loopDelay.readMs()).toBe(0)
  loopDelay.close()
})

test('does not lose the work that comes right after it was asked', () => {
  const clock = createHeldClock()
  const loopDelay = createLoopDelay(clock.read)
  vi.advanceTimersByTime(1_000)
  loopDelay.readMs()
  clock.hold(80)
  vi.advanceTimersByTime(1_000)
  expect(loopDelay.readMs()).toBe(80)
  loopDelay.close()
})

test('watches no more once it is closed', () => {
  const loopDelay = createLoopDelay()
  loopDelay.close()
  expect(vi.getTimerCount()).toBe(0)
})
