// Owns where the words of a search stand in a text that was found, and which part of a long one is shown. It draws nothing.

/** A piece of a text, in its order. */
export interface MarkedPiece {
  readonly text: string
  readonly isMarked: boolean
}

/** Of a text whose first mark is further in than this, the beginning is left out; so much before the mark stays, characters. */
const leadLength = 60
const keptLength = 24

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u
// A run of those, which has no beginning of a word inside, or a word of any other script.
const runs = new RegExp(`(?:${cjk.source})+|(?:(?!${cjk.source})[\\p{L}\\p{N}])+`, 'gu')

/** A text cut at the words of a query: each at the beginning of a word, Chinese anywhere, whatever the case and accents. */
export function markedPieces(text: string, query: string): MarkedPiece[] {
  const folded = fold(text)
  const isMarked = new Array<boolean>(text.length).fill(false)
  for (const word of new Set(fold(query).text.match(runs))) mark(word, folded, isMarked)
  return trimmed(piecesOf(text, isMarked))
}

interface Folded {
  readonly text: string
  /** For each character of the folded text, and its end, the place in the text. */
  readonly places: readonly number[]
}

// Small letters without accents, with the way back.
function fold(text: string): Folded {
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const plain = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
    folded += plain
    for (let n = 0; n < plain.length; n++) places.push(at)
    at += character.length
  }
  return { text: folded, places: [...places, at] }
}

function mark(word: string, { text, places }: Folded, isMarked: boolean[]): void {
  const isAnywhere = cjk.test(word)
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isAnywhere && isInWord(text, at)) continue
    isMarked.fill(true, places[at], places[at + word.length])
  }
}

function isInWord(text: string, at: number): boolean {
  const before = text.slice(0, at).at(-1) ?? ''
  return /[\p{L}\p{N}]/u.test(before) && !cjk.test(before)
}

function piecesOf(text: string, isMarked: readonly boolean[]): MarkedPiece[] {
  const pieces: MarkedPiece[] = []
  let begun = 0
  for (let at = 1; at <= text.length; at++) {
    if (at < text.length && isMarked[at] === isMarked[begun]) continue
    pieces.push({ text: text.slice(begun, at), isMarked: isMarked[begun] ?? false })
    begun = at
  }
  return pieces
}

function trimmed(pieces: MarkedPiece[]): MarkedPiece[] {
  const [first, ...rest] = pieces
  if (first === undefined || first.isMarked || rest.length === 0 || first.text.length <= leadLength) return pieces
  return [{ text: `…${[...first.text].slice(-keptLength).join('')}`, isMarked: false }, ...rest]
}
