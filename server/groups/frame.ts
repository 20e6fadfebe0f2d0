// Owns a frame: an envelope encoded once for all who receive it; it does not know who they are.

import { type Cursor, encode, type ServerEnvelope, type Update } from '@chartroom/shared'

/** The bytes of one envelope, shared by every link that is sent it. */
export class Frame {
  readonly bytes: Buffer

  constructor(envelope: ServerEnvelope) {
    this.bytes = Buffer.from(encode(envelope))
  }
}

/** The frame of an update, with the revisions it leads from and to. */
export class UpdateFrame extends Frame {
  readonly from: number
  readonly to: Cursor

  constructor(update: Update) {
    super(update)
    this.from = update.from
    this.to = { epoch: update.epoch, revision: update.to }
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
