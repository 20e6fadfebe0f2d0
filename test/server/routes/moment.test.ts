import { describe, expect, it } from 'vitest'
import { readMoment } from '../../../server/routes/moment.ts'

const now = Date.UTC(2026, 10, 21, 4, 30)

describe('a moment in an address', () => {
  it.each([
    ['1795178659123', 1_795_178_659_123],
    ['0', 0],
    ['-90s', now - 90_000],
    ['-15m', now - 900_000],
    ['-24h', now - 86_400_000],
    ['-30d', now - 30 * 86_400_000],
    ['-0s', now],
    ['-999999999d', 0],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    ['2026-11-21T04:00Z', Date.UTC(2026, 10, 21, 4)],
    ['2026-11-21T04:00:01.5Z', Date.UTC(2026, 10, 21, 4, 0, 1, 500)],
    ['2026-11-21T04:00:00+08:00', Date.UTC(2026, 10, 20, 20)],
    ['2026-11-21T04:00:00 08:00', Date.UTC(2026, 10, 20, 20)],
    ['2026-11-21T04:00:00-01:30', Date.UTC(2026, 10, 21, 5, 30)],
  ])('[Y1] %s is understood', (text, time) => {
    expect(readMoment(text, now)).toBe(time)
  })

  it.each([
    ...['', 'now', '15m', '-15', '-15 m', '-1.5h', '-15y', '+15m', '1e3', '1.5', '-5', '9'.repeat(16)],
    ...[
      '2026-11-21T04:00',
      '2026-13-01',
      '2026-02-30',
      '2026-11-31T04:00Z',
      '2026-11-21T25:00Z',
      '21.11.2026',
      '1969-01-01',
      '2026'.concat('-11'),
    ],
  ])('[Y1] %s is none', (text) => {
    expect(readMoment(text, now)).toBeUndefined()
  })
})
