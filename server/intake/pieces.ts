// Owns the walk over a text's pieces, one at a time: a body may hold millions of separators and little else.

/** The pieces of a text between its separators, empty ones included. */
export function* pieces(text: string, separator: string): Generator<string> {
  let start = 0
  for (let end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
    yield text.slice(start, end)
    start = end + separator.length
  }
  yield text.slice(start)
}
