// Owns how a body comes in: read and unpacked within limits, off the main thread; what the bytes mean is intake.ts's.

import { promisify } from 'node:util'
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib'
import { accept, limits, type Result, refuse } from '@chartroom/shared'

type Unpack = (packed: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>

const asIs: Unpack = async (bytes) => bytes

// RFC 9110 section 8.4.1: x-gzip is gzip, and deflate is the zlib format. zlib works in libuv's threads, and stops
// at maxOutputLength: that is what stops a gzip bomb.
const unpackings: ReadonlyMap<string, Unpack> = new Map([
  ['', asIs],
  ['identity', asIs],
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
])

// Batches of numbers pack to a tenth or twentieth.
const [usualRatio, greatestRatio] = [20, 32]
// Each piece that is unpacked is a way to a thread and back: one that holds all of it saves two thirds of the cost.
const [leastPiece, greatestPiece] = [16_384, 262_144]

/** A body as a request brings it. */
export interface IncomingBody {
  /** How many bytes it says it has; undefined where only its end tells. */
  readonly length: number | undefined
  /** All of it at once: what a server hands over much sooner than a stream of it. */
  whole(): Promise<ArrayBuffer>
  stream(): ReadableStream<Uint8Array> | null
}

/**
 * Reads a body whole and unpacks it: `body_too_large` as soon as it passes `limits.maxBodyBytes` or `maxBytes`, or
 * unpacked `maxBytes`; `malformed` when it breaks off. What is refused before its end is cancelled.
 */
export async function readBody(
  body: IncomingBody,
  contentEncoding: string | undefined,
  maxBytes: number = limits.maxUnpackedBytes,
): Promise<Result<Uint8Array>> {
  const encoding = contentEncoding?.trim().toLowerCase() ?? ''
  const unpack = unpackings.get(encoding)
  if (unpack === undefined) {
    await body.stream()?.cancel()
    return refuse('content_type', 'The body may be packed once, with gzip, deflate or br.')
  }
  const packed = await gather(body, Math.min(limits.maxBodyBytes, maxBytes))
  return packed.ok ? unpacked(packed.value, encoding, unpack, unpackedLimit(packed.value, maxBytes)) : packed
}

async function gather(body: IncomingBody, maxBytes: number): Promise<Result<Uint8Array>> {
  try {
    if (body.length === undefined) return await gatherChunks(body.stream(), maxBytes)
    // HTTP lets no body be longer than it says.
    if (body.length <= maxBytes) return accept(new Uint8Array(await body.whole()))
    await body.stream()?.cancel()
    return larger(maxBytes)
  } catch (error) {
    // A stream that is used wrongly is our bug; any other error is the sender's going away.
    if (error instanceof TypeError) throw error
    return refuse('malformed', 'The body broke off.')
  }
}

async function gatherChunks(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    length += chunk.length
    if (length > maxBytes) return larger(maxBytes)
    chunks.push(chunk)
  }
  return accept(Buffer.concat(chunks, length))
}

// Parsing blocks the event loop, so a few packed bytes may not buy much of it: what costs its sender nothing may take
// what an unpacked body may, what is larger as much as honest batches pack to.
function unpackedLimit(packed: Uint8Array, maxBytes: number): number {
  return Math.min(maxBytes, Math.max(limits.maxBodyBytes, packed.length * greatestRatio))
}

async function unpacked(
  packed: Uint8Array,
  encoding: string,
  unpack: Unpack,
  maxBytes: number,
): Promise<Result<Uint8Array>> {
  try {
    const chunkSize = Math.min(Math.max(packed.length * usualRatio, leastPiece), greatestPiece)
    return accept(await unpack(packed, { maxOutputLength: maxBytes, chunkSize }))
  } catch (error) {
    const isTooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    if (isTooLarge) return tooLarge(`The body unpacks to more than ${maxBytes} bytes.`)
    return refuse('malformed', `The body is not ${encoding}, as its content-encoding says.`)
  }
}

function larger(maxBytes: number): Result<never> {
  return tooLarge(`The body is larger than ${maxBytes} bytes.`)
}

function tooLarge(message: string): Result<never> {
  return refuse('body_too_large', message)
}
