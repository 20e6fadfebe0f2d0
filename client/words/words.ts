// Owns which language the page speaks; the words themselves are en.ts and zh.ts.

import { en, type Words } from './en.ts'
import { zh } from './zh.ts'

export type { Words } from './en.ts'

/** The words for a reader who wants these languages, best first (BCP 47): the first that we speak, else English. */
export function wordsFor(languages: readonly string[]): Words {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return zh
    if (/^en\b/i.test(language)) return en
  }
  return en
}

let chosen: Words | undefined

/** The words of this browser. */
export function words(): Words {
  chosen ??= wordsFor(navigator.languages)
  return chosen
}
