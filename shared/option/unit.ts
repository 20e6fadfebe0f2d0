// Owns what a unit measures, read from its text: a duration, bytes, money, a share, or anything. It writes nothing.

import type { Steps } from './scale.ts'

/**
 * What a unit measures. `scaled`: its prefix is one word with it (GiB, MB/s), in steps of `base`, and one of the given
 * unit is `factor` of the bare one. `duration`: one of the given unit is that many ms.
 */
export type Measure =
  | { readonly type: 'duration'; readonly ms: number }
  | { readonly type: 'scaled'; readonly unit: string; readonly base: 1_000 | 1_024; readonly factor: number }
  | { readonly type: 'currency'; readonly symbol: string }
  | { readonly type: 'percent' }
  | { readonly type: 'plain'; readonly unit: string }

const durations: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
}

const prefixes = 'kMGTPE'
const scaledUnit = /^([kKMGTPE]?)(i?)(B|bytes?|bit|bits|bps|Hz|Wh|W)(\/s)?$/
const bareUnits: Readonly<Record<string, string>> = { byte: 'B', bytes: 'B', bits: 'bit', bps: 'bit/s' }

// The codes that people send, by the sign that stands before the number; where one sign is of many, with the country's.
const currencies: Readonly<Record<string, string>> = {
  EUR: '€',
  USD: '$',
  GBP: '£',
  JPY: 'JP¥',
  CNY: '¥',
  INR: '₹',
  KRW: '₩',
  CHF: 'CHF\u202F',
  CAD: 'CA$',
  AUD: 'A$',
  BRL: 'R$',
}

function symbolOf(unit: string): string | undefined {
  return Object.hasOwn(currencies, unit) ? currencies[unit] : undefined
}

/** What a unit measures; without one, a plain number. */
export function measureOf(unit = ''): Measure {
  if (unit === '%') return { type: 'percent' }
  const symbol = /^\p{Sc}$/u.test(unit) ? unit : symbolOf(unit)
  if (symbol !== undefined) return { type: 'currency', symbol }
  const ms = Object.hasOwn(durations, unit) ? durations[unit] : undefined
  if (ms !== undefined) return { type: 'duration', ms }
  const match = scaledUnit.exec(unit)
  return match === null ? { type: 'plain', unit } : scaledOf(match)
}

// Memory and files are counted in powers of two, what goes over a wire in powers of ten; a given prefix decides.
function scaledOf([, prefix = '', i = '', name = '', perSecond = '']: RegExpExecArray): Measure {
  const bare = bareUnits[name] ?? name
  const isBinary = i !== '' || (prefix === '' && bare === 'B' && perSecond === '')
  const base = isBinary ? 1_024 : 1_000
  const power = prefix === '' ? 0 : prefixes.indexOf(prefix === 'K' ? 'k' : prefix) + 1
  return { type: 'scaled', unit: bare + perSecond, base, factor: base ** power }
}

/** The unit of a counter's rate. */
export function perSecond(unit = ''): string {
  return `${bareUnits[unit] ?? unit}/s`
}

/** What an axis of this unit is round for. */
export function stepsOf(unit: string | undefined): Steps {
  const measure = measureOf(unit)
  return measure.type === 'scaled' && measure.base === 1_024 ? 'binary' : 'decimal'
}

/** Whether values of a unit add up to something: shares and durations of different things do not. */
export function isSummable(unit: string | undefined): boolean {
  const { type } = measureOf(unit)
  return type !== 'percent' && type !== 'duration'
}
