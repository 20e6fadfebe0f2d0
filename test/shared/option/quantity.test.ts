import { describe, expect, it } from 'vitest'
import {
  formatChange,
  formatExact,
  formatPoints,
  formatQuantity,
  formatShare,
  formatTick,
  formatUnit,
} from '../../../shared/option/quantity.ts'

/** Thin and wide no-break spaces as plain ones, so that a table can be read. */
const readable = (text: string) => text.replaceAll('\u202F', ' ').replaceAll('\u00A0', ' ')

it.each([
  ['orders/min', 'orders/分'],
  ['jobs/s', 'jobs/秒'],
  ['messages/h', '条/小时'],
  ['B/s', 'B/s'],
  ['km/h', 'km/h'],
  ['/s', '次/秒'],
])('a count of %s by time is %s in Chinese', (unit, chinese) => {
  expect(formatUnit(unit, 'zh')).toBe(chinese)
  expect(formatUnit(unit, 'en')).toBe(unit)
})

describe('a quantity', () => {
  it.each([
    // LOOK's own examples
    [1_240, 'req/s', '1.24 k req/s', '1,240 次/秒'],
    [431, 'pcs', '431 pcs', '431 件'],
    [8_420_000, '', '8.42 M', '842 万'],
    [1.7e300, '', '1.70e+300', '1.70e+300'],
    [-1.7e300, 'B', `${'\u2212'}1.70e+300 B`, `${'\u2212'}1.70e+300 B`],
    [3.2 * 1024 ** 3, 'B', '3.20 GiB', '3.20 GiB'],
    [12_500_000, 'B/s', '12.5 MB/s', '12.5 MB/s'],
    [64.2, '%', '64.2 %', '64.2 %'],
    [0.4, 'ms', '0.4 ms', '0.4 毫秒'],
    [412, 'ms', '412 ms', '412 毫秒'],
    [3.2, 's', '3.2 s', '3.2 秒'],
    [252, 's', '4 min 12 s', '4 分 12 秒'],
    [7_500, 's', '2 h 05 min', '2 小时 05 分'],
    [48_200, '€', '€48.2 k', '€4.82 万'],
    [482_000, '¥', '¥482 k', '¥48.2 万'],
    [-18.1, '°C', '−18.1 °C', '−18.1 °C'],
    // what lies between them
    [0, 'req/s', '0 req/s', '0 次/秒'],
    [5, 'pcs', '5 pcs', '5 件'],
    [86.4, '', '86.4', '86.4'],
    [1_200, '', '1.20 k', '1,200'],
    [999.6, '', '1.00 k', '1,000'],
    [9_999.6, '', '10.0 k', '1.00 万'],
    [999_600, '', '1.00 M', '100 万'],
    [1.2e9, '', '1.20 G', '12.0 亿'],
    [-1_240, 'req/s', '−1.24 k req/s', '−1,240 次/秒'],
    [-48_200, '€', '−€48.2 k', '−€4.82 万'],
    [48_200, 'EUR', '€48.2 k', '€4.82 万'],
    [482_000, 'CNY', '¥482 k', '¥48.2 万'],
    [0.0123, '', '0.0123', '0.0123'],
    [1.5e-9, '', '1.50e−9', '1.50e−9'],
    [1.5e30, '', '1.50e+30', '1.50e+30'],
    [100, '%', '100 %', '100 %'],
    [87, '%', '87.0 %', '87.0 %'],
    [0, '%', '0 %', '0 %'],
    [1_240, '%', '1,240 %', '1,240 %'],
    [512, 'bytes', '512 B', '512 B'],
    [1_023 * 1024, 'B', '0.999 MiB', '0.999 MiB'],
    [1_240, 'MB', '1.24 GB', '1.24 GB'],
    [2_048, 'MiB', '2.00 GiB', '2.00 GiB'],
    [1_500, 'bps', '1.50 kbit/s', '1.50 kbit/s'],
    [0.04, 'ms', '40 µs', '40 微秒'],
    [0.5, 'µs', '0.5 µs', '0.5 微秒'],
    [1.2e-9, 's', '1.2 ns', '1.2 纳秒'],
    [-0.00005, 'ms', '−50 ns', '−50 纳秒'],
    [0, 'ms', '0 ms', '0 毫秒'],
    [999.6, 'ms', '1.0 s', '1.0 秒'],
    [59.7, 's', '1 min 00 s', '1 分 00 秒'],
    [250_000, 's', '2 d 21 h', '2 天 21 小时'],
    [-3_200, 'ms', '−3.2 s', '−3.2 秒'],
    [null, 'ms', '–', '–'],
  ])('%s %s is written %s, in Chinese %s', (value, unit, en, zh) => {
    expect(readable(formatQuantity(value, unit, 'en').text)).toBe(en)
    expect(readable(formatQuantity(value, unit, 'zh').text)).toBe(zh)
  })

  it('parts with thin no-break spaces', () => {
    expect(formatQuantity(1_240, 'req/s', 'en').text).toBe('1.24\u202Fk\u202Freq/s')
    expect(formatQuantity(252, 's', 'en').text).toBe('4\u202Fmin\u00A012\u202Fs')
  })

  it.each([
    [1_240, 'req/s', '1.24', 'k req/s', '1.24 k'],
    [48_200, '€', '€48.2', 'k', '€48.2 k'],
    [431, 'pcs', '431', 'pcs', '431'],
    [75.9, 'm/min', '75.9', 'm/min', '75.9'],
    [2.95, '%', '2.95', '%', '2.95 %'],
    [-18.1, '°C', '−18.1', '°C', '−18.1 °C'],
    [412, 'ms', '412', 'ms', '412 ms'],
    [252, 's', '4 min 12', 's', '4 min 12 s'],
    [3.2 * 1024 ** 3, 'B', '3.20', 'GiB', '3.20 GiB'],
  ])('%s %s has a number, a unit, and a brief form', (value, unit, number, behind, brief) => {
    const quantity = formatQuantity(value, unit, 'en')
    expect([quantity.number, quantity.unit, quantity.brief].map(readable)).toEqual([number, behind, brief])
  })
})

describe('a tick', () => {
  it.each([
    [1_500, 'req/s', '1.5 k', '1,500'],
    [1_000, '', '1 k', '1,000'],
    [500, '', '500', '500'],
    [2, '%', '2', '2'],
    [-40, '%', '−40', '−40'],
    [0, 'ms', '0', '0'],
    [400, 'ms', '400', '400'],
    [0.4, 's', '400 ms', '400 毫秒'],
    [1_500, 'ms', '1.5 s', '1.5 秒'],
    [600, 's', '10 min', '10 分'],
    [7_200, 's', '2 h', '2 小时'],
    [2 * 1024 ** 3, 'B', '2 Gi', '2 Gi'],
    [10_000_000, 'B/s', '10 M', '10 M'],
    [0.1 + 0.2, '', '0.3', '0.3'],
    [1.5e300, '', '1.5e+300', '1.5e+300'],
  ])('%s %s is written %s, in Chinese %s', (value, unit, en, zh) => {
    expect(readable(formatTick(value, unit, 'en'))).toBe(en)
    expect(readable(formatTick(value, unit, 'zh'))).toBe(zh)
  })
})

describe('a change', () => {
  it.each([
    [0.12, '+12 %'],
    [0.041, '+4.1 %'],
    [1.01, '+101 %'],
    [12.345, '+1,235 %'],
    [-0.33, '−33 %'],
    [-0.0001, '0.0 %'],
  ])('of the ratio %s is written %s', (ratio, text) => {
    expect(readable(formatChange(ratio))).toBe(text)
  })

  it('of a share is told in points', () => {
    expect(readable(formatPoints(2, 'en'))).toBe('+2.0 pt')
    expect(readable(formatPoints(-3.95, 'zh'))).toBe('−4.0 百分点')
  })
})

it.each([
  [0.27, '27 %'],
  [0, '0 %'],
  [0.001, '<1 %'],
  [1, '100 %'],
])('the share %s is written %s', (share, text) => {
  expect(readable(formatShare(share))).toBe(text)
})

it.each([
  [1_240.518, 'req/s', '1,240.518 req/s', '1,240.518 次/秒'],
  [0.1 + 0.2, '', '0.3', '0.3'],
  [598.918560957118, 'req/s', '598.919 req/s', '598.919 次/秒'],
  [0.000123456789, 's', '0.000123457 s', '0.000123457 秒'],
  [9_007_199_254_740_991, 'B', '9,007,199,254,740,991 B', '9,007,199,254,740,991 B'],
  [-5, 'pcs', '−5 pcs', '−5 件'],
  [null, 'pcs', '–', '–'],
])('%s %s is exactly %s, in Chinese %s', (value, unit, en, zh) => {
  expect(readable(formatExact(value, unit, 'en'))).toBe(en)
  expect(readable(formatExact(value, unit, 'zh'))).toBe(zh)
})
