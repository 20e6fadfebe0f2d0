// Owns the size of a text in UTF-8; it encodes nothing, because shared/ knows neither DOM nor Node.

/** How many bytes the text takes in UTF-8 (RFC 3629); a lone surrogate counts as U+FFFD, three bytes. */
export function utf8Bytes(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) bytes += 1
    else if (unit < 0x800) bytes += 2
    else if (isPairAt(text, at, unit)) {
      bytes += 4
      at++
    } else bytes += 3
  }
  return bytes
}

function isPairAt(text: string, at: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdbff) return false
  const next = text.charCodeAt(at + 1)
  return next >= 0xdc00 && next <= 0xdfff
}
