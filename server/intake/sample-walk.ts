// Owns a walk through a body of samples that are as plain as can be: it takes what it knows, and stands still before
// anything else. What is read of a sample is known-samples.ts's.

const valueName = '"value":'
const timeName = '"time":'
const [zero, nine] = [0x30, 0x39]
// Up to so many digits a number is exact, and so is a power of ten: their quotient is rounded once, as in JSON.parse.
const exactDigits = 15
const powers = Array.from({ length: exactDigits + 1 }, (_, digits) => 10 ** digits)

/** A place in a text of samples. */
export class SampleWalk {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length
  }

  /** Passes one character, when it stands here. */
  pass(character: string): boolean {
    if (this.#text[this.#at] !== character) return false
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

  /** Whether this character stands here, and nothing but white space behind it. */
  closes(character: string): boolean {
    return this.#text[this.#at] === character && this.#text.slice(this.#at + 1).trim() === ''
  }

  /** Passes the text from a brace to a value, and returns it. */
  opening(): string | undefined {
    const start = this.#at
    if (this.#text[start] !== '{') return undefined
    const named = this.#text.indexOf(valueName, start)
    if (named < 0) return undefined
    this.#at = named + valueName.length
    this.pass(' ')
    return this.#text.slice(start, this.#at)
  }

  /** Passes a number without an exponent, or null, and returns it. */
  value(): number | null | undefined {
    if (this.#text[this.#at] !== 'n') return this.#number()
    return this.passText('null') ? null : undefined
  }

  /** Passes the time behind a value, and returns it: a whole number. */
  time(): number | undefined {
    if (!this.pass(',')) return undefined
    this.pass(' ')
    if (!this.passText(timeName)) return undefined
    this.pass(' ')
    const time = this.#number()
    return Number.isSafeInteger(time) ? time : undefined
  }

  // The grammar of RFC 8259, section 6, without its exponent: before one the walk stands still.
  #number(): number | undefined {
    const start = this.#at
    const isNegative = this.pass('-')
    const first = this.#at
    const whole = this.#digits(0)
    const length = this.#at - first
    if (length === 0 || (length > 1 && this.#text[first] === '0')) return undefined
    if (!this.pass('.')) return this.#rounded(start, length, isNegative, whole, 0)
    const point = this.#at
    const digits = this.#digits(whole)
    const decimals = this.#at - point
    return decimals === 0 ? undefined : this.#rounded(start, length + decimals, isNegative, digits, decimals)
  }

  // Digits behind those that were read, as one whole number.
  #digits(before: number): number {
    let digits = before
    let code = this.#text.charCodeAt(this.#at)
    for (; code >= zero && code <= nine; code = this.#text.charCodeAt(++this.#at)) digits = digits * 10 + code - zero
    return digits
  }

  #rounded(start: number, length: number, isNegative: boolean, digits: number, decimals: number): number {
    if (length > exactDigits) return Number(this.#text.slice(start, this.#at))
    const number = digits / (powers[decimals] ?? 1)
    return isNegative ? -number : number
  }
}
