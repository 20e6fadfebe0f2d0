import type { ConnectionState } from '@chartroom/shared/client'
import { describe, expect, it } from 'vitest'
import { type ConnectionFacts, connectionLine } from '../../../client/views/connection-state.ts'
import { en } from '../../../client/words/en.ts'
import { zh } from '../../../client/words/zh.ts'

const now = 1_000_000
const numbersTime = new Date(2026, 10, 20, 14, 3, 10).getTime()

/** The line as one text, with plain spaces. */
function read(state: ConnectionState, facts: Partial<ConnectionFacts> = {}, words: typeof zh = en): string {
  const { shape, word, rest, pace, offersNow } = connectionLine(state, { now, ...facts }, words)
  return `${shape}: ${word} ${rest}${pace}${offersNow ? ' · now' : ''}`.replaceAll('\u00a0', ' ')
}

describe('the connection in words', () => {
  it('says how far behind the numbers are, and how often they come', () => {
    expect(read({ word: 'live', lagMs: 100 }, { paceMs: 1_000 })).toBe('disc: Live 0.1 s · every 1 s')
    expect(read({ word: 'behind', lagMs: 4_100 }, { paceMs: 5_000 })).toBe(
      'half: Behind 4 s, this link is slow · every 5 s',
    )
    expect(read({ word: 'live', lagMs: 100 }, { paceMs: 1_000 }, zh)).toBe('disc: 实时 0.1 秒 · 每 1 秒')
  })

  it('counts down to the next attempt, and offers it now', () => {
    expect(read({ word: 'waiting', untilMs: now + 2_100 })).toBe('ring: Reconnecting in 3 s · now')
    expect(read({ word: 'waiting', untilMs: now - 100 })).toBe('ring: Reconnecting in 0 s · now')
  })

  it('tells a first connection from a lost one', () => {
    expect(read({ word: 'connecting' })).toBe('ring: Connecting ')
    expect(read({ word: 'connecting' }, { numbersTime: 0 })).toBe('ring: Connecting ')
    expect(read({ word: 'connecting' }, { numbersTime })).toBe('ring: Reconnecting numbers of 14:03:10')
  })

  it('says of when the numbers are once it is closed for good', () => {
    const closed = { word: 'closed', code: 3500, reason: 'bad frame' } as const
    expect(read(closed, { numbersTime, paceMs: 1_000 })).toBe('square: Offline numbers of 14:03:10 · now')
  })
})
