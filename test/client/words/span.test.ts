import { describe, expect, it } from 'vitest'
import { en } from '../../../client/words/en.ts'
import { zh } from '../../../client/words/zh.ts'

describe('a length of time', () => {
  it.each([
    [-5, '0 s', '0 秒'],
    [999, '0 s', '0 秒'],
    [59_999, '59 s', '59 秒'],
    [60_000, '1 min', '1 分钟'],
    [246_000, '4 min', '4 分钟'],
    [3_600_000, '1 h', '1 小时'],
    [200_000_000, '2 d', '2 天'],
  ])('of %i ms is an age of %s', (ms, english, chinese) => {
    expect(en.age(ms)).toBe(english.replace(' ', '\u00a0'))
    expect(zh.age(ms)).toBe(chinese.replace(' ', '\u00a0'))
  })

  it.each([
    [300_000, '5 min', '5 分钟'],
    [3_600_000, '1 h', '1 小时'],
    [86_400_000, '24 h', '24 小时'],
  ])('of %i ms is a window of %s', (ms, english, chinese) => {
    expect(en.length(ms)).toBe(english.replace(' ', '\u00a0'))
    expect(zh.length(ms)).toBe(chinese.replace(' ', '\u00a0'))
  })

  it.each([
    [0, '0.1'],
    [100, '0.1'],
    [949, '0.9'],
    [950, '1'],
    [4_400, '4'],
    [60_000, '60'],
  ])('of %i ms is %s seconds of lag', (ms, text) => {
    expect(en.seconds(ms)).toBe(`${text}\u00a0s`)
  })

  it.each([
    [-1, '0'],
    [1, '1'],
    [2_001, '3'],
  ])('of %i ms counts down as %s', (ms, text) => {
    expect(en.countdown(ms)).toBe(`${text}\u00a0s`)
  })
})
