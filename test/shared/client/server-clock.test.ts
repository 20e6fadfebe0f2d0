import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ServerClock } from '../../../shared/client/server-clock.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

describe('the server clock', () => {
  it('is our own until something was measured', () => {
    const platform = new FakePlatform()
    expect(new ServerClock(platform).now()).toBe(platform.now())
  })

  it('is right within half a round trip, whatever the delays and the difference of the clocks', () => {
    const delay = fc.integer({ min: 0, max: 5_000 })
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.array(fc.tuple(delay, delay), { minLength: 1 }),
        (aheadMs, trips) => {
          const platform = new FakePlatform()
          const clock = new ServerClock(platform)
          for (const [thereMs, backMs] of trips) {
            const sentAt = platform.now()
            platform.suspend(thereMs)
            const serverTime = platform.now() + aheadMs
            platform.suspend(backMs)
            expect(clock.measure(sentAt, serverTime)).toEqual({ roundTripMs: thereMs + backMs })
          }
          const shortest = Math.min(...trips.slice(-8).map(([thereMs, backMs]) => thereMs + backMs))
          expect(Math.abs(clock.now() - (platform.now() + aheadMs))).toBeLessThanOrEqual(shortest / 2 + 1)
        },
      ),
    )
  })

  it('follows a clock that was set, when newer answers were as quick', () => {
    const platform = new FakePlatform()
    const clock = new ServerClock(platform)
    clock.measure(platform.now(), platform.now())
    clock.measure(platform.now(), platform.now() + 60_000)
    expect(clock.now()).toBe(platform.now() + 60_000)
  })
})
