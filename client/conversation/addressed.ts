// Owns what "/to bob are you there?" means: to whom, and what. Whether anybody is called so, the server knows.

import { canonicalName } from '@chartroom/shared'

/** A text that is for somebody. */
export interface Addressed {
  /** None: it is not said yet to whom. */
  readonly to: string | undefined
  readonly text: string
}

/**
 * Reads a text that begins with `/to`; undefined when it does not, and is for everybody. A name of several words is
 * found where it is one of those that are known.
 */
export function addressedIn(text: string, known: readonly string[]): Addressed | undefined {
  // Whatever was meant as a command is told to nobody else.
  const said = /^\s*\/to(?=\s|$)/i.exec(text)
  if (said === null) return undefined
  const rest = text.slice(said[0].length).trim()
  const words = rest.split(/(?<=\s)/)
  for (let count = words.length; count > 0; count--) {
    const name = canonicalName(words.slice(0, count).join(''))
    const to = known.find((one) => canonicalName(one) === name)
    if (to !== undefined) return { to, text: words.slice(count).join('') }
  }
  const [first = ''] = words
  const to = first.trim()
  return { to: to === '' ? undefined : to, text: words.slice(1).join('').trim() }
}
