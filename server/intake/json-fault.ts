// Owns where and why a text is no JSON. JSON.parse says neither in a way that can be relied on; it reads, this explains.

import { type Fault, pointerStep } from '@chartroom/shared'

// Nobody nests a batch deeper: this only keeps the walk off the end of the stack.
const maxDepth = 100

const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const space = /[ \t\r\n]*/y
// Python writes NaN, C nan and inf, JavaScript's templates undefined.
const noValue = /[+-]?(?:nan|inf|infinity|none|undefined)(?![\w$])/iy

/** The first fault of a text as JSON, in the line that it begins with; undefined when it is JSON. */
export function jsonFault(text: string, firstLine = 1): Fault | undefined {
  const walk = new JsonWalk(text)
  return walk.document() ? undefined : walk.fault(firstLine)
}

/** A walk through a text by the grammar of RFC 8259; where it stops, the text stops being JSON. */
class JsonWalk {
  readonly #text: string
  readonly #steps: (string | number)[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  document(): boolean {
    return this.#value() && this.#match(space) && this.#at === this.#text.length
  }

  fault(firstLine: number): Fault {
    return { pointer: this.#steps.map(pointerStep).join(''), message: this.#message(firstLine) }
  }

  #value(): boolean {
    this.#match(space)
    if (this.#steps.length > maxDepth) return false
    switch (this.#text[this.#at]) {
      case '{':
        return this.#members()
      case '[':
        return this.#items()
      case '"':
        return this.#string()
      default:
        return this.#match(scalar)
    }
  }

  #members(): boolean {
    this.#at++
    if (this.#take('}')) return true
    do {
      this.#match(space)
      const start = this.#at
      if (!this.#string()) return false
      this.#steps.push(String(JSON.parse(this.#text.slice(start, this.#at))))
      if (!this.#take(':') || !this.#value()) return false
      this.#steps.pop()
    } while (this.#take(','))
    return this.#take('}')
  }

  #items(): boolean {
    this.#at++
    if (this.#take(']')) return true
    let index = 0
    do {
      this.#steps.push(index++)
      if (!this.#value()) return false
      this.#steps.pop()
    } while (this.#take(','))
    return this.#take(']')
  }

  #string(): boolean {
    if (this.#text[this.#at] !== '"') return false
    this.#at++
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at)
      if (character === '\\') {
        if (!this.#match(escaped)) return false
        continue
      }
      if (character < ' ') return false
      this.#at++
      if (character === '"') return true
    }
    return false
  }

  #take(character: string): boolean {
    this.#match(space)
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #match(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    if (!pattern.test(this.#text)) return false
    this.#at = pattern.lastIndex
    return true
  }

  #message(firstLine: number): string {
    if (this.#steps.length > maxDepth) return `is nested deeper than ${maxDepth}`
    noValue.lastIndex = this.#at
    const word = noValue.exec(this.#text)?.[0]
    if (word !== undefined) return `${word} is not JSON: send null for "no value"`
    const found = this.#text.codePointAt(this.#at)
    const what =
      found === undefined ? 'ends too early' : `has an unexpected ${JSON.stringify(String.fromCodePoint(found))}`
    return `${what} ${this.#position(firstLine)}`
  }

  #position(firstLine: number): string {
    let line = firstLine
    let start = 0
    for (let end = this.#text.indexOf('\n'); end >= 0 && end < this.#at; end = this.#text.indexOf('\n', start)) {
      line++
      start = end + 1
    }
    return `at line ${line}, column ${this.#at - start + 1}`
  }
}
