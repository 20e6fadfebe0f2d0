// Owns how a number is written for people, in English and Chinese: digits, prefix, unit. What a unit measures is unit.ts.

import { type Measure, measureOf } from './unit.ts'

export type Locale = 'en' | 'zh'

/**
 * A number as people read it: the digits, what stands small behind them (prefix and unit), both together, and the
 * brief form for a place where the unit is known already.
 */
export interface Quantity {
  readonly number: string
  readonly unit: string
  readonly text: string
  readonly brief: string
}

/** Thin and unbreakable: before a prefix, a unit and %. */
const thin = '\u202F'
const minus = '\u2212'
/** Unbreakable: between the two parts of a duration. */
const wide = '\u00A0'
const none: Quantity = { number: '–', unit: '', text: '–', brief: '–' }

// A unit of this many characters is written even where it is known.
const briefUnitLength = 2

const decimalPrefixes = ['', 'k', 'M', 'G', 'T', 'P', 'E']
const binaryPrefixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']
const chinesePrefixes = ['', '万', '亿', '万亿']

const chineseUnits: Readonly<Record<string, string>> = {
  'req/s': '次/秒',
  '/s': '次/秒',
  '/min': '次/分',
  pcs: '件',
  people: '人',
  messages: '条',
  'messages/min': '条/分',
  cores: '核',
  ms: '毫秒',
  s: '秒',
  min: '分',
  h: '小时',
}

const chineseTimes: ReadonlyMap<string, string> = new Map([
  ['s', '秒'],
  ['min', '分'],
  ['h', '小时'],
])

const durationUnits = {
  en: { ns: 'ns', us: 'µs', ms: 'ms', s: 's', min: 'min', h: 'h', d: 'd' },
  zh: { ns: '纳秒', us: '微秒', ms: '毫秒', s: '秒', min: '分', h: '小时', d: '天' },
} as const

const durationsMs = { ns: 1e-6, us: 1e-3, ms: 1, s: 1_000, min: 60_000, h: 3_600_000 } as const

// Made once: a formatter costs a hundred times what it does. Both languages group by commas. All of a whole number is
// written, and of another as much as was measured: what a double has beyond it is noise.
const groupedFormat = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 6,
  maximumFractionDigits: 3,
  roundingPriority: 'morePrecision',
})

/** A value with three significant digits; `null`, which is a gap, is an en dash. */
export function formatQuantity(value: number | null, unit: string | undefined, locale: Locale): Quantity {
  if (value === null) return none
  const measure = measureOf(unit)
  switch (measure.type) {
    case 'duration':
      return duration(value * measure.ms, locale)
    case 'scaled':
      return scaled(value, measure)
    case 'currency':
      return currency(value, measure.symbol, locale)
    case 'percent':
      return quantity(signed(value, shareDigits), '%', '%')
    case 'plain':
      return plain(value, measure.unit, locale)
    default:
      return measure satisfies never
  }
}

/** A value on an axis: no trailing zeros, and no unit, for which the subtitle is there. */
export function formatTick(value: number, unit: string | undefined, locale: Locale): string {
  const measure = measureOf(unit)
  if (measure.type === 'duration') return durationTick(value * measure.ms, measure.ms, locale)
  const scale = measure.type === 'scaled' ? joinedScale(value, measure) : prefixScale(value, locale)
  const text = signed(scale.value, tickDigits)
  return scale.prefix === '' ? text : `${text}${thin}${scale.prefix}`
}

/** A value without a prefix, to six digits or a thousandth, whichever says more: for who wants to know exactly. */
export function formatExact(value: number | null, unit: string | undefined, locale: Locale): string {
  if (value === null) return none.text
  const text = signed(value, grouped)
  return unit === undefined || unit === '' ? text : `${text}${thin}${unitIn(unit, locale)}`
}

/** A value that somebody chose, without the zeros that only keep digits still: 400 ms, 2 %. */
export function formatChosen(value: number, unit: string | undefined, locale: Locale): string {
  const { number, unit: behind } = formatQuantity(value, unit, locale)
  return joined(number.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), behind)
}

/** A unit alone, as a reader of this language knows it; '' where there is none. */
export function formatUnit(unit: string | undefined, locale: Locale): string {
  return unit === undefined ? '' : unitIn(unit, locale)
}

/** A share of a whole (0 to 1), in whole percent. */
export function formatShare(share: number): string {
  return share > 0 && share < 0.005 ? `<1${thin}%` : `${Math.round(share * 100)}${thin}%`
}

/** By how much something changed, as a ratio of what it was: +12 %. */
export function formatChange(ratio: number): string {
  return `${withSign(ratio * 100, (percent) => (percent < 9.95 ? percent.toFixed(1) : grouped(Math.round(percent))))}${thin}%`
}

/** By how many percentage points a share changed: +2.0 pt. */
export function formatPoints(points: number, locale: Locale): string {
  return `${withSign(points, (size) => size.toFixed(1))}${thin}${locale === 'zh' ? '百分点' : 'pt'}`
}

function plain(value: number, unit: string, locale: Locale): Quantity {
  const scale = prefixScale(value, locale)
  const behind = [scale.prefix, unitIn(unit, locale)].filter((part) => part !== '').join(thin)
  const isShort = [...unit].length <= briefUnitLength
  return quantity(numberOf(scale), behind, isShort ? behind : scale.prefix)
}

function currency(value: number, symbol: string, locale: Locale): Quantity {
  const scale = prefixScale(value, locale)
  const text = numberOf(scale)
  const number = text.startsWith(minus) ? `${minus}${symbol}${text.slice(minus.length)}` : `${symbol}${text}`
  return quantity(number, scale.prefix, scale.prefix)
}

function scaled(value: number, measure: Measure & { type: 'scaled' }): Quantity {
  const scale = joinedScale(value, measure)
  return quantity(numberOf(scale), `${scale.prefix}${measure.unit}`, `${scale.prefix}${measure.unit}`)
}

interface Scaled {
  readonly value: number
  readonly prefix: string
}

function joinedScale(value: number, { base, factor }: Measure & { type: 'scaled' }): Scaled {
  return scaleBy(value * factor, base, base === 1_024 ? binaryPrefixes : decimalPrefixes, 1_000)
}

function prefixScale(value: number, locale: Locale): Scaled {
  return locale === 'zh'
    ? scaleBy(value, 10_000, chinesePrefixes, 10_000)
    : scaleBy(value, 1_000, decimalPrefixes, 1_000)
}

// The rounded number decides, so that 999.6 becomes 1.00 k and never 1,000.
function scaleBy(value: number, base: number, prefixes: readonly string[], most: number): Scaled {
  let scaledValue = value
  let at = 0
  while (at < prefixes.length - 1 && rounded(Math.abs(scaledValue)) >= most) {
    scaledValue /= base
    at++
  }
  // What no prefix makes short is written with its power of ten, of all of it.
  return rounded(Math.abs(scaledValue)) >= 1e6
    ? { value, prefix: '' }
    : { value: scaledValue, prefix: prefixes[at] ?? '' }
}

function rounded(size: number): number {
  return size >= 1_000 ? Math.round(size) : Number(size.toPrecision(3))
}

function numberOf({ value, prefix }: Scaled): string {
  return signed(value, prefix === '' ? digits : threeDigits)
}

function tickDigits(size: number): string {
  const round = Number(size.toPrecision(3))
  return round >= 1e6 ? round.toExponential() : grouped(round)
}

// What was counted stays a whole number: 5 pieces are not 5.00.
function digits(size: number): string {
  return Number.isInteger(size) && size < 1e6 ? grouped(size) : threeDigits(size)
}

// What was measured keeps its digits, so that they stand still: 87.0 % between 86.9 % and 87.1 %.
function shareDigits(size: number): string {
  return size === 0 ? '0' : threeDigits(size)
}

function threeDigits(size: number): string {
  if (size >= 1e6 || (size > 0 && size < 1e-6)) return size.toExponential(2).replace('-', minus)
  return rounded(size) >= 1_000 ? grouped(Math.round(size)) : size.toPrecision(3)
}

function duration(ms: number, locale: Locale): Quantity {
  const units = durationUnits[locale]
  const sign = ms < 0 ? minus : ''
  const size = Math.abs(ms)
  if (Math.round(size) < 1_000) {
    const key = shortestOf(size)
    return quantity(sign + shortDigits(size / durationsMs[key]), units[key], units[key])
  }
  const seconds = size / 1_000
  if (Math.round(seconds) < 60) return quantity(sign + shortDigits(seconds), units.s, units.s)
  const [whole, part, wholeUnit, partUnit] = pairOf(Math.round(seconds), units)
  return quantity(`${sign}${whole}${thin}${wholeUnit}${wide}${part}`, partUnit, partUnit)
}

// A tenth of one is still told in it.
function shortestOf(ms: number): 'ns' | 'us' | 'ms' {
  if (ms === 0 || ms >= 0.1) return 'ms'
  return ms >= 1e-4 ? 'us' : 'ns'
}

function pairOf(seconds: number, units: (typeof durationUnits)[Locale]): [number, string, string, string] {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return [minutes, twoDigits(seconds % 60), units.min, units.s]
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return [hours, twoDigits(minutes % 60), units.h, units.min]
  return [Math.floor(hours / 24), twoDigits(hours % 24), units.d, units.h]
}

// A tick is a round number of one unit, which is written where it is not the one in the subtitle.
function durationTick(ms: number, givenMs: number, locale: Locale): string {
  const key =
    Math.abs(ms) < 1_000
      ? shortestOf(Math.abs(ms))
      : Math.abs(ms) < 60_000
        ? 's'
        : Math.abs(ms) < 3_600_000
          ? 'min'
          : 'h'
  const text = signed(ms / durationsMs[key], (tick) => grouped(Number(tick.toPrecision(3))))
  return ms === 0 || durationsMs[key] === givenMs ? text : `${text}${thin}${durationUnits[locale][key]}`
}

function shortDigits(size: number): string {
  if (size === 0) return '0'
  if (size < 0.1) return String(Number(size.toPrecision(1)))
  return size < 9.95 ? size.toFixed(1) : String(Math.round(size))
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0')
}

function grouped(size: number): string {
  return groupedFormat.format(size)
}

function signed(value: number, write: (size: number) => string): string {
  return value < 0 ? minus + write(-value) : write(Math.abs(value))
}

// What is rounded to nothing has no sign.
function withSign(value: number, write: (size: number) => string): string {
  const text = write(Math.abs(value))
  return Number(text) === 0 ? text : `${value < 0 ? minus : '+'}${text}`
}

function unitIn(unit: string, locale: Locale): string {
  if (locale === 'en') return unit
  if (Object.hasOwn(chineseUnits, unit)) return chineseUnits[unit] ?? unit
  // What is counted may have any name: that it is by time is said in Chinese all the same. MB/s and km/h are symbols.
  const [, counted = '', time = ''] = measureOf(unit).type === 'plain' ? (/^(.{3,})\/(s|min|h)$/.exec(unit) ?? []) : []
  const by = chineseTimes.get(time)
  return by === undefined ? unit : `${unitIn(counted, locale)}/${by}`
}

function quantity(number: string, unit: string, briefUnit: string): Quantity {
  return { number, unit, text: joined(number, unit), brief: joined(number, briefUnit) }
}

function joined(number: string, unit: string): string {
  return unit === '' ? number : `${number}${thin}${unit}`
}
