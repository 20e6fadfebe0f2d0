import { describe, expect, it } from 'vitest'
import { type ConnectionState, StateTeller } from '../../../shared/client/connection-state.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

function tell() {
  const platform = new FakePlatform()
  const teller = new StateTeller(platform)
  const told: ConnectionState[] = []
  teller.onState((state) => told.push(state))
  return { platform, teller, told }
}

describe('the state words', () => {
  it('are told at once when the word changes', () => {
    const { teller, told } = tell()
    teller.set({ word: 'live', lagMs: 0 })
    teller.set({ word: 'behind', lagMs: 4_000 })
    teller.set({ word: 'waiting', untilMs: 5 })
    teller.set({ word: 'waiting', untilMs: 9 })
    teller.set({ word: 'closed', code: 3509, reason: 'too many errors' })
    expect(told.map(({ word }) => word)).toEqual(['live', 'behind', 'waiting', 'waiting', 'closed'])
  })

  it('tell no lag that a person would not see change', () => {
    const { platform, teller, told } = tell()
    teller.set({ word: 'live', lagMs: 110 })
    for (const lagMs of [90, 120, 149, 51]) {
      platform.advance(1_000)
      teller.set({ word: 'live', lagMs })
    }
    expect(told).toEqual([{ word: 'live', lagMs: 100 }])
    expect(teller.state).toEqual({ word: 'live', lagMs: 100 })
  })

  it('tell a lag at most 4 times a second, and the last one always', () => {
    const { platform, teller, told } = tell()
    teller.set({ word: 'live', lagMs: 0 })
    for (let n = 1; n <= 100; n++) {
      platform.advance(10)
      teller.set({ word: 'live', lagMs: n * 100 })
    }
    expect(told.length).toBeLessThanOrEqual(5)
    platform.advance(250)
    expect(told.at(-1)).toEqual({ word: 'live', lagMs: 10_000 })
  })

  it('tell nothing of a lag that came back to what was told', () => {
    const { platform, teller, told } = tell()
    teller.set({ word: 'live', lagMs: 0 })
    teller.set({ word: 'live', lagMs: 300 })
    teller.set({ word: 'live', lagMs: 0 })
    platform.advance(1_000)
    expect(told).toEqual([{ word: 'live', lagMs: 0 }])
  })

  it('leave no timer when they are closed', () => {
    const { platform, teller } = tell()
    teller.set({ word: 'live', lagMs: 0 })
    teller.set({ word: 'live', lagMs: 300 })
    teller.close()
    expect(platform.waiting).toBe(0)
  })
})
