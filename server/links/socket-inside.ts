// Owns the inside of a socket of ws: the stream that ready messages are written to, and what compression left there. It
// is the only file that knows private fields of ws; test/server/links/socket-inside.test.ts fails when they change, and
// without them everything goes through `send`.
//
// `send` makes a head and two writes for each receiver, and compresses for each. One ready message for all saves a fifth
// of what a delivery costs, and one compressed message serves all who take it (`npm run bench -- fan-out`).

/** A socket of ws, as far as its private fields are read. */
export interface OpaqueSocket {
  readonly _socket?: unknown
  readonly _sender?: unknown
  readonly _extensions?: unknown
}

// What `_state` of a sender is while nothing waits in it.
const idle = 0
const deflate = 'permessage-deflate'

/** The inside of a socket. */
export class SocketInside {
  /** Whether its peer reads messages that were compressed without a context, in a window of any size. */
  readonly takesPacked: boolean
  readonly #stream: StreamLike
  readonly #sender: SenderLike
  readonly #compression: CompressionLike | undefined

  private constructor(stream: StreamLike, sender: SenderLike, compression: CompressionLike | undefined) {
    this.#stream = stream
    this.#sender = sender
    this.#compression = compression
    this.takesPacked = compression !== undefined && compression.params.server_max_window_bits === undefined
  }

  /** The inside of a socket; undefined where this ws is not as we know it. */
  static of({ _socket: stream, _sender: sender, _extensions: extensions }: OpaqueSocket): SocketInside | undefined {
    if (!isStream(stream) || !isSender(sender)) return undefined
    const compression = isRecord(extensions) ? extensions[deflate] : undefined
    return new SocketInside(stream, sender, isCompression(compression) ? compression : undefined)
  }

  /** Writes a message; false where it must not, because ws still has something to write before it. */
  write(message: Buffer): boolean {
    if (this.#sender._state !== idle) return false
    this.#stream.write(message)
    return true
  }

  /** Calls back once, when all that was written has gone out. To be asked for while something waits. */
  onceDrained(listener: () => void): void {
    this.#stream.once('drain', listener)
  }

  /** A message was read: lets go of what unpacked it, which would take more room than all else of an idle link. */
  letGo(): void {
    this.#compression?.cleanup()
  }
}

interface StreamLike {
  write(bytes: Buffer): boolean
  once(event: 'drain', listener: () => void): unknown
}

interface SenderLike {
  readonly _state: number
}

interface CompressionLike {
  readonly params: Readonly<Record<string, unknown>>
  cleanup(): void
}

function isStream(value: unknown): value is StreamLike {
  return isRecord(value) && typeof value.write === 'function' && typeof value.once === 'function'
}

function isSender(value: unknown): value is SenderLike {
  return isRecord(value) && typeof value._state === 'number'
}

function isCompression(value: unknown): value is CompressionLike {
  return isRecord(value) && isRecord(value.params) && typeof value.cleanup === 'function'
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
