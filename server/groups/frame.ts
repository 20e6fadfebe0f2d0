// Owns a frame: an envelope encoded once for all who receive it; it does not know who they are.

import { type Cursor, encode, type ServerEnvelope, type Update } from '@chartroom/shared'
import { messageOf, packedOf } from './message.ts'

/** The bytes of one envelope, shared by every link that is sent it. */
export class Frame {
  /** What the bytes say, for a link that says it in its own way. */
  readonly envelope: ServerEnvelope
  readonly bytes: Buffer
  #event: { readonly id: string; readonly bytes: Buffer } | undefined
  #message: Buffer | undefined

  constructor(envelope: ServerEnvelope) {
    this.envelope = envelope
    this.bytes = Buffer.from(encode(envelope))
  }

  /** The same as a message of a WebSocket. */
  get message(): Buffer {
    this.#message ??= messageOf(this.bytes)
    return this.#message
  }

  /** The same as a server-sent event under an id ('': none): made once for all streams that stand at the same place. */
  event(id: string): Buffer {
    if (this.#event?.id === id) return this.#event.bytes
    const head = id === '' ? 'data: ' : `id: ${id}\ndata: `
    const bytes = Buffer.concat([Buffer.from(head), this.bytes, eventEnd])
    this.#event = { id, bytes }
    return bytes
  }
}

const eventEnd = Buffer.from('\n\n')

/** The frame of an update, with the revisions it leads from and to. */
export class UpdateFrame extends Frame {
  readonly group: string
  readonly from: number
  readonly to: Cursor
  #packed: Buffer | undefined

  constructor(update: Update) {
    super(update)
    this.group = update.group
    this.from = update.from
    this.to = { epoch: update.epoch, revision: update.to }
  }

  /** The same as a message of a WebSocket that is compressed where that pays: once for all who take it so. */
  get packed(): Buffer {
    this.#packed ??= packedOf(this.bytes) ?? this.message
    return this.#packed
  }

  /** Whether a receiver at this cursor can take it: it may start before the receiver stands, never behind a hole. */
  joinsOn(cursor: Cursor): boolean {
    return this.from === 0 || (cursor.epoch === this.to.epoch && cursor.revision >= this.from)
  }

  /**
   * Whether it can begin for a receiver what the rounds go on with: it reaches what they were last sent, and what
   * the receiver was already shown.
   */
  reaches(sent: Cursor, shown: Cursor): boolean {
    const { epoch, revision } = this.to
    return epoch === sent.epoch && revision >= sent.revision && (epoch !== shown.epoch || revision >= shown.revision)
  }

  /** Whether a receiver at this cursor already has all of it. */
  isKnownAt(cursor: Cursor): boolean {
    return cursor.epoch === this.to.epoch && cursor.revision >= this.to.revision
  }
}
