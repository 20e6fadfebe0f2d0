// Owns the quick way into a batch. A producer repeats itself: up to its value, a sample is the same text in every batch.
// What such a text says is read once, by the schema, and known by the text from then on. Whatever is in any way unusual
// is no matter of this file: the whole body is then read as if it were not there.

import { type KeyedSample, type Labels, limits, type Show, saysShow, seriesKey, showOf } from '@chartroom/shared'
import { decodeSample } from './sample.ts'
import { whyNotTime } from './sample-time.ts'

// All series of a few full groups. A text is some 60 bytes; when there are more, it begins anew.
const maxKnown = 20_000
// Who sends other names each time is no quicker for being learned from: a batch teaches so many texts.
const maxLearned = 200

const valueName = '"value":'
const timeName = '"time":'
const [space, quote, comma, minus, point, zero, nine] = [0x20, 0x22, 0x2c, 0x2d, 0x2e, 0x30, 0x39]
const [openBracket, closeBracket, openBrace, closeBrace, lineFeed] = [0x5b, 0x5d, 0x7b, 0x7d, 0x0a]
// Up to so many digits a number is exact, and so is a power of ten: their quotient is rounded once, as in JSON.parse.
const exactDigits = 15
const powers = Array.from({ length: exactDigits + 1 }, (_, digits) => 10 ** digits)

/** What a sample says besides its value. All have one shape, which is what makes them quick to read. */
interface Known {
  /** From its brace to its value. */
  readonly opening: string
  /** What stood behind it the last time: batches have an order, and to compare is quicker than to look up. */
  next: Known | undefined
  readonly metric: string
  readonly labels: Labels | undefined
  readonly key: string
  readonly show: Show | undefined
}

type Timed = KeyedSample & { time?: number }

/** The texts with which samples began so far, each up to its value. */
export class KnownSamples {
  readonly #known = new Map<string, Known>()
  #learned = 0

  /**
   * Reads a JSON array of samples, or one a line; undefined says nothing of the body but that it is to be read
   * otherwise. `now` is Unix ms.
   */
  read(text: string, form: 'array' | 'lines', now: number): KeyedSample[] | undefined {
    this.#learned = 0
    const walk = new Walk(text)
    if (form === 'array' && !walk.pass(openBracket)) return undefined
    const samples: KeyedSample[] = []
    for (let known = this.#knownAt(walk, undefined, now); ; known = this.#knownAt(walk, known, now)) {
      const sample = known === undefined ? undefined : sampleOf(known, walk, now)
      if (sample === undefined || samples.length >= limits.maxSamplesPerBatch) return undefined
      samples.push(sample)
      if (form === 'array' ? walk.closes(closeBracket) : walk.isAtEnd) return samples
      if (!walk.pass(form === 'array' ? comma : lineFeed)) return undefined
      if (form === 'array') walk.pass(space)
      else if (walk.isAtEnd) return samples
    }
  }

  #knownAt(walk: Walk, last: Known | undefined, now: number): Known | undefined {
    if (last?.next !== undefined && walk.passText(last.next.opening)) return last.next
    const opening = walk.opening()
    const known = opening === undefined ? undefined : (this.#known.get(opening) ?? this.#learn(opening, now))
    if (last !== undefined) last.next = known
    return known
  }

  #learn(opening: string, now: number): Known | undefined {
    if (++this.#learned > maxLearned) return undefined
    const known = knownOf(opening, now)
    if (known === undefined) return undefined
    if (this.#known.size >= maxKnown) this.#known.clear()
    this.#known.set(known.opening, known)
    return known
  }
}

function sampleOf({ metric, labels, key, show }: Known, walk: Walk, now: number): KeyedSample | undefined {
  const value = walk.value()
  if (value === undefined) return undefined
  const sample: Timed = show === undefined ? { metric, labels, key, value } : { metric, labels, key, value, ...show }
  if (walk.pass(closeBrace)) return sample
  const time = walk.time()
  if (time === undefined || whyNotTime(time, now) !== undefined || !walk.pass(closeBrace)) return undefined
  sample.time = time
  return sample
}

// What a text says that a value and a brace would complete.
function knownOf(piece: string, now: number): Known | undefined {
  const parsed = parsedOf(`${piece}0}`)
  const decoded = parsed === undefined ? undefined : decodeSample(parsed, now)
  if (!decoded?.ok || decoded.value.value !== 0 || decoded.value.time !== undefined) return undefined
  const { metric, labels } = decoded.value
  const show = saysShow(decoded.value) ? showOf(decoded.value) : undefined
  // A piece of a text keeps all of it in memory.
  const opening = Buffer.from(piece).toString()
  return { opening, next: undefined, metric, labels, key: seriesKey(metric, labels), show }
}

function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A walk through a body that takes what it knows, and stands still before anything else. */
class Walk {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length
  }

  /** Passes one character, when it is this one. */
  pass(code: number): boolean {
    if (this.#text.charCodeAt(this.#at) !== code) return false
    this.#at++
    return true
  }

  /** Passes a text, when it stands here. */
  passText(text: string): boolean {
    const end = this.#at + text.length
    if (this.#text.slice(this.#at, end) !== text) return false
    this.#at = end
    return true
  }

  /** Whether this character ends the text, but for white space. */
  closes(code: number): boolean {
    return this.#text.charCodeAt(this.#at) === code && this.#text.slice(this.#at + 1).trim() === ''
  }

  /** The text from a brace to a value. */
  opening(): string | undefined {
    const start = this.#at
    if (this.#text.charCodeAt(start) !== openBrace) return undefined
    const named = this.#text.indexOf(valueName, start)
    if (named < 0) return undefined
    this.#at = named + valueName.length
    this.pass(space)
    return this.#text.slice(start, this.#at)
  }

  /** A number without an exponent, or null. */
  value(): number | null | undefined {
    if (!this.#text.startsWith('null', this.#at)) return this.#number()
    this.#at += 4
    return null
  }

  /** The time behind a value: whole and not negative. */
  time(): number | undefined {
    if (!this.pass(comma)) return undefined
    this.pass(space)
    if (this.#text.charCodeAt(this.#at) !== quote || !this.#text.startsWith(timeName, this.#at)) return undefined
    this.#at += timeName.length
    this.pass(space)
    const time = this.#number()
    return Number.isSafeInteger(time) ? time : undefined
  }

  // The grammar of RFC 8259, section 6, without its exponent.
  #number(): number | undefined {
    const text = this.#text
    const start = this.#at
    const isNegative = text.charCodeAt(start) === minus
    const first = isNegative ? start + 1 : start
    let [at, digits] = [first, 0]
    let code = text.charCodeAt(at)
    for (; code >= zero && code <= nine; code = text.charCodeAt(++at)) digits = digits * 10 + code - zero
    const whole = at - first
    if (whole === 0 || (whole > 1 && text.charCodeAt(first) === zero)) return undefined
    let decimals = 0
    if (code === point) {
      for (code = text.charCodeAt(++at); code >= zero && code <= nine; code = text.charCodeAt(++at)) {
        digits = digits * 10 + code - zero
        decimals++
      }
      if (decimals === 0) return undefined
    }
    if (code !== closeBrace && code !== comma) return undefined
    this.#at = at
    if (whole + decimals > exactDigits) return Number(text.slice(start, at))
    const number = digits / (powers[decimals] ?? 1)
    return isNegative ? -number : number
  }
}
