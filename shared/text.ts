// Owns how a limited text is checked: whole code points, and no control characters in names; it knows no noun of ours.

import * as z from 'zod/mini'

/** How many code points a text has: what people count, and what JSON Schema's maxLength counts. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** Whether a name may hold this text: no control characters, so that it fits one line and a key. */
export function isPlain(text: string): boolean {
  return !/\p{Cc}/u.test(text)
}

/** Whether there is anything to see in a text: more than blanks, joiners, fillers and marks of direction. */
export function hasVisible(text: string): boolean {
  // The empty braille cell is a picture of nothing, and the only one that has no property to say so.
  return /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u.test(text)
}

/** Whether UTF-8 can hold this text: half of a surrogate pair is stored as U+FFFD, as every other half is. */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text)
}

/** A text that is the same after it was stored and sent. */
export const wellFormedText = z
  .string()
  .check(z.refine(isWellFormed, { error: 'must not hold half of a surrogate pair' }))

/** A text of at most this many code points. */
export function limitedText(maxLength: number, minLength = 0) {
  return wellFormedText.check(
    z.refine((text) => codePoints(text) >= minLength, { error: 'must not be empty' }),
    z.refine((text) => text.length <= maxLength || codePoints(text) <= maxLength, {
      error: `must have at most ${maxLength} characters`,
    }),
  )
}

/** A name of 1 to this many code points without control characters. */
export function limitedName(maxLength: number, minLength = 1) {
  return limitedText(maxLength, minLength).check(z.refine(isPlain, { error: 'must not hold control characters' }))
}
