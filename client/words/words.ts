// Owns which language the page speaks; the words themselves are en.ts and zh.ts.

import { en, type Words } from './en.ts'

export type { Words } from './en.ts'

/** A language that the page speaks. */
export type Language = Words['language']

let spoken: Words = en
let wanted: Language = 'en'

/** The language for a reader who wants these, best first (BCP 47): the first that we speak, else English. */
export function languageFor(languages: readonly string[]): Language {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return 'zh'
    if (/^en\b/i.test(language)) return 'en'
  }
  return 'en'
}

/** The words of the page. */
export function words(): Words {
  return spoken
}

/** Speaks a language from now on; rejects, and goes on as before, when its words cannot be had. */
export async function speak(language: Language): Promise<void> {
  wanted = language
  const all = await wordsOf(language)
  // Another one may have been asked for while these were on their way.
  if (wanted === language) spoken = all
}

async function wordsOf(language: Language): Promise<Words> {
  return language === 'zh' ? (await import('./zh.ts')).zh : en
}
