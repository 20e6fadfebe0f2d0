import { formatChosen } from '@chartroom/shared/option'
import { describe, expect, it } from 'vitest'
import { numberOf } from '../../../client/arranging/typed-number.ts'

describe('a number that is typed', () => {
  it.each([
    ['', undefined],
    [' 400 ', 400],
    ['-1.5', -1.5],
    ['\u22121,5', -1.5],
    [',5', 0.5],
    ['0,125', 0.125],
    ['1,240', 1_240],
    ['1,000.5', 1_000.5],
    ['1.2k', 1_200],
    ['1e3', 1_000],
    ['many', Number.NaN],
    ['5 apples', Number.NaN],
    ['k', Number.NaN],
    ['1,2,3', Number.NaN],
  ])('%j is %s', (text, value) => {
    expect(numberOf(text)).toBe(value)
  })

  it.each([
    ['85%', '%', 85],
    ['1.2 k', 'req/s', 1_200],
    ['1.2 k req/s', 'req/s', 1_200],
    ['€48.2 k', 'EUR', 48_200],
    ['\u2212€5', 'EUR', -5],
    ['3.2 GiB', 'B', 3.2 * 2 ** 30],
    ['500 MB', 'GB', 0.5],
    ['2 M', 'B/s', 2e6],
    ['412 ms', 's', 0.412],
    ['4 min 12 s', 's', 252],
    ['2 小时 05 分', 'min', 125],
    ['842 万', '', 8_420_000],
    ['12 件', 'pcs', 12],
    ['5 ms', 'B', Number.NaN],
  ])('%j in %j is %d', (text, unit, value) => {
    expect(numberOf(text, unit)).toBe(value)
  })

  it.each(['', '%', 'req/s', 'EUR', 'B', 'MB/s', 'ms', 's', 'pcs'])('in %j is read as the page writes it', (unit) => {
    for (const locale of ['en', 'zh'] as const) {
      for (const value of [0, 7, 85, 420, 1_200, -36, 64_000]) {
        const read = numberOf(formatChosen(value, unit, locale), unit) ?? Number.NaN
        expect(Math.abs(read - value), `${value} ${locale}`).toBeLessThanOrEqual(Math.abs(value) / 200)
      }
    }
  })
})
