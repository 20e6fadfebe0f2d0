// Owns how words are found: a text and a query as terms, the same for an index on disk and for a text in memory.

// Han, kana and Hangul are written without spaces: each character is a term of its own, and a word is a run of them.
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
const term =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[\p{L}\p{N}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\p{L}\p{N}]|$)/gu

/** The terms of a text, in its order: words folded to small letters without accents, and single CJK characters. */
export function termsOf(text: string): string[] {
  // By way of capitals, so that ß is SS, and both small sigmas are one; the capital ẞ by way of the small one.
  const capitals = bare(text).toLowerCase().toUpperCase()
  const folded = bare(capitals).toLowerCase().replaceAll('ς', 'σ').normalize('NFC')
  return folded.match(term) ?? []
}

// Without marks, which are accents in the scripts that have them; Hangul is put together again later.
function bare(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '')
}

/** What a query asks for: of each part between white space, terms that follow one another. */
export function phrasesOf(query: string): string[][] {
  return query
    .split(/\s+/)
    .map(termsOf)
    .filter((terms) => terms.length > 0)
}

/** Whether the last term of a phrase may be the beginning of a longer word. */
export function isPrefix(last: string): boolean {
  return !cjk.test(last)
}

/** Whether a text has every phrase. */
export function hasPhrases(text: string, phrases: readonly (readonly string[])[]): boolean {
  const terms = termsOf(text)
  return phrases.length > 0 && phrases.every((phrase) => terms.some((_, at) => isAt(terms, at, phrase)))
}

function isAt(terms: readonly string[], at: number, phrase: readonly string[]): boolean {
  return phrase.every((wanted, offset) => {
    const found = terms[at + offset]
    if (found === undefined) return false
    const isLast = offset === phrase.length - 1
    return isLast && isPrefix(wanted) ? found.startsWith(wanted) : found === wanted
  })
}
