// Owns what number a text says that somebody typed: as a program writes it, or as the page does with prefix and unit.

import { formatUnit, measureOf } from '@chartroom/shared/option'

// Groups of three are parted by commas in both languages; any other comma is a decimal one.
const grouped = /^\d{1,3}(,\d{3})+(?=\.|$)/

const prefixes: Readonly<Record<string, number>> = {
  k: 1e3,
  K: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  万: 1e4,
  亿: 1e8,
  万亿: 1e12,
}

// What the page writes of a time beside the units that people send.
const times: Readonly<Record<string, number>> = {
  d: 86_400_000,
  纳秒: 1e-6,
  微秒: 1e-3,
  毫秒: 1,
  秒: 1_000,
  分: 60_000,
  小时: 3_600_000,
  天: 86_400_000,
}

/** The number that a text says of a value in a unit; undefined: none; NaN: it says something else. */
export function numberOf(text: string, unit = ''): number | undefined {
  const measure = measureOf(unit)
  const symbol = measure.type === 'currency' ? measure.symbol.trim() : ''
  const plain = text.replace(/\s/g, '').replace('\u2212', '-').replace(symbol, '')
  if (plain === '') return undefined
  const number = Number(digitsOf(plain))
  if (!Number.isNaN(number)) return number
  return measure.type === 'duration' ? timeOf(plain) / measure.ms : prefixed(plain, unit)
}

function prefixed(text: string, unit: string): number {
  const [, digits = '', behind = ''] = /^([-+\d.,]+)(.+)$/.exec(text) ?? []
  const size = digits === '' ? Number.NaN : Number(digitsOf(digits))
  return rounded(size * (factorOf(behind, unit) ?? Number.NaN))
}

// How many of the unit one of what stands behind a number is.
function factorOf(behind: string, unit: string): number | undefined {
  const [given, own] = [measureOf(behind), measureOf(unit)]
  if (own.type === 'scaled') {
    const said = given.type === 'scaled' ? given : measureOf(behind + own.unit)
    return said.type === 'scaled' ? said.factor / own.factor : undefined
  }
  const names = [unit, formatUnit(unit, 'zh')].map((name) => name.replace(/\s/g, ''))
  const name = names.find((one) => one !== '' && behind.endsWith(one)) ?? ''
  const prefix = behind.slice(0, behind.length - name.length)
  return prefix === '' ? 1 : Object.hasOwn(prefixes, prefix) ? prefixes[prefix] : undefined
}

// In ms, of one part or two: 3.2s, 4min12s.
function timeOf(text: string): number {
  const [sign, size] = text.startsWith('-') ? [-1, text.slice(1)] : [1, text]
  const parts = [...size.matchAll(/([\d.,]+)([^\d.,]+)/g)]
  if (parts.map(([part]) => part).join('') !== size) return Number.NaN
  return (
    sign * rounded(parts.reduce((sum, [, digits = '', word = '']) => sum + Number(digitsOf(digits)) * msOf(word), 0))
  )
}

function msOf(word: string): number {
  const measure = measureOf(word)
  if (measure.type === 'duration') return measure.ms
  return (Object.hasOwn(times, word) ? times[word] : undefined) ?? Number.NaN
}

function digitsOf(text: string): string {
  const unsigned = text.replace(/^[-+]/, '')
  const sign = text.startsWith('-') ? '-' : ''
  const isGrouped = grouped.test(unsigned) && !unsigned.startsWith('0')
  return sign + (isGrouped ? unsigned.replaceAll(',', '') : unsigned.replace(/^(\d*),(\d+)$/, '$1.$2'))
}

// Without what a factor leaves behind the last digit that was meant.
function rounded(value: number): number {
  return Number(value.toPrecision(12))
}
