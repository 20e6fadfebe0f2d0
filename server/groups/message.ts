// Owns a text as the message of a WebSocket that a server sends (RFC 6455 5.2, RFC 7692 7.2.1): made once for all who are
// sent it. It knows no socket.

import { constants, deflateRawSync } from 'node:zlib'

const final = 0x80
const compressed = 0x40
const text = 0x1

// What takes longer to compress than a slice of a round may take (256 KiB: some 5 ms) stays as it is; and so does what
// would become less than a fifth shorter. An update of 16 numbers, 262 bytes, becomes 182 (`npm run bench -- codecs`).
const leastBytes = 160
const mostBytes = 262_144
// Numbers as text: a higher level takes twice as long for 2 % less.
const level = 3
// Ends a block that is flushed; the receiver puts it back (RFC 7692 7.2.1).
const tailBytes = 4

/** The message of a text, unmasked, in one piece. */
export function messageOf(bytes: Buffer): Buffer {
  return Buffer.concat([head(final | text, bytes.length), bytes])
}

/** The same, compressed without a context, so that it is right for everybody; undefined where it would not pay. */
export function packedOf(bytes: Buffer): Buffer | undefined {
  if (bytes.length < leastBytes || bytes.length > mostBytes) return undefined
  const flushed = deflateRawSync(bytes, { level, finishFlush: constants.Z_SYNC_FLUSH })
  const packed = flushed.subarray(0, flushed.length - tailBytes)
  return Buffer.concat([head(final | compressed | text, packed.length), packed])
}

function head(first: number, length: number): Buffer {
  if (length < 126) return Buffer.from([first, length])
  if (length < 65_536) return Buffer.from([first, 126, length >> 8, length & 0xff])
  const long = Buffer.from([first, 127, 0, 0, 0, 0, 0, 0, 0, 0])
  long.writeBigUInt64BE(BigInt(length), 2)
  return long
}
