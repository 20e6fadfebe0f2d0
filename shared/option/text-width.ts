// Owns an estimate of how wide a text is, where nothing can be measured: a few per cent too wide in the page's face.

import { formatQuantity, type Locale } from './quantity.ts'
import type { Scale } from './scale.ts'

// Letters that differ from the usual width, as shares of the font size in Inter 600.
const usual = 0.62
const widths: readonly (readonly [letters: RegExp, share: number])[] = [
  [/[ijlI.,:;'|!\u202F]/u, 0.29],
  [/[frt()[\]\-\s/]/u, 0.4],
  [/[mwMW%@]/u, 0.9],
  [/[A-Z]/u, 0.73],
  [/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60]|(?=\D)\p{Emoji}/u, 1],
]

// A value on a scale may be this part of its ends; each writes another prefix, or as many digits as there are.
const parts = [0.888, 0.0888, 0.00888]

/**
 * How wide the values on a scale are written in brief, in px. It goes by the scale, which stands still, so that a plot
 * does not jump when a value has a digit more.
 */
export function valueWidth({ min, max }: Scale, unit: string | undefined, locale: Locale, fontPx: number): number {
  const written = [min, max].flatMap((end) => parts.map((part) => formatQuantity(end * part, unit, locale).brief))
  return Math.max(...written.map((text) => textWidth(text, fontPx)))
}

/** The estimated width of a text at a font size, both in px. */
export function textWidth(text: string, fontPx: number): number {
  let share = 0
  for (const letter of text) share += shareOf(letter)
  return share * fontPx
}

// Each letter is looked up once: the names of thousands of series are measured at every drawing.
const known = new Map<string, number>()

function shareOf(letter: string): number {
  let share = known.get(letter)
  if (share === undefined) {
    share = widths.find(([letters]) => letters.test(letter))?.[1] ?? usual
    known.set(letter, share)
  }
  return share
}
