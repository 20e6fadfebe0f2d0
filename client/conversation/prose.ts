// Owns how a message's text is read: code between backticks, addresses of pages, and all else as it is. Never as HTML.

/** A piece of a text, in its order. */
export type Piece = { readonly type: 'text' | 'code' | 'link'; readonly text: string }

// A run of code on one line, or an address up to a space or what begins another thing: Chinese ends a sentence without
// a space.
const marked = /`([^`\n]+)`|\bhttps?:\/\/[^\s<>"'`。，；：！？、）】」』》]+/giu
// What ends a sentence ends the address before it.
const trailing = /[.,:;!?)\]}。，；：！？）】」]+$/u

/** Cuts a text into its pieces; together they say all of it. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  const add = (type: Piece['type'], piece: string) => {
    if (piece !== '') pieces.push({ type, text: piece })
  }
  for (const match of text.matchAll(marked)) {
    const [whole, code] = match
    const address = code === undefined ? addressIn(whole) : undefined
    if (code === undefined && address === undefined) continue
    add('text', text.slice(done, match.index))
    add(address === undefined ? 'code' : 'link', code ?? address ?? '')
    done = match.index + (address ?? whole).length
  }
  add('text', text.slice(done))
  return pieces
}

/** The text without its marks, for a place that shows one line of it. */
export function plainText(text: string): string {
  return piecesOf(text)
    .map((piece) => piece.text)
    .join('')
}

// A closing bracket stays when its opening one is in the address.
function addressIn(found: string): string | undefined {
  const address = found.includes('(') ? found.replace(/[.,:;!?]+$/u, '') : found.replace(trailing, '')
  return URL.canParse(address) ? address : undefined
}
