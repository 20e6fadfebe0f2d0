// A link that keeps what it is sent, and that a test can fill and drain.

import { applyUpdate, createState, decodeServerEnvelope, type GroupState, type ServerEnvelope } from '@chartroom/shared'
import type { Frame } from '../../server/groups/frame.ts'
import type { Link, Subscriber } from '../../server/groups/subscriber.ts'

/** A link whose frames a test reads. */
export class FakeLink implements Link {
  readonly id: string
  isFull = false
  readonly frames: Frame[] = []

  constructor(id = 'fake') {
    this.id = id
  }

  send(frame: Frame): void {
    this.frames.push(frame)
  }

  /** What was sent since the last look, decoded as a client would. */
  take(): ServerEnvelope[] {
    return this.frames.splice(0).map((frame) => {
      const decoded = decodeServerEnvelope(frame.bytes.toString())
      if (!decoded.ok) throw new Error(decoded.refusal.message)
      return decoded.value
    })
  }

  /** The updates among what was sent since the last look. */
  takeUpdates() {
    return this.take().filter((envelope) => envelope.type === 'update')
  }
}

/** A subscriber on a link of its own, at nothing yet. */
export function subscriberAt(
  paceMs: number,
  person?: string,
  hasPast = false,
): Subscriber & { readonly link: FakeLink } {
  const link = new FakeLink(person)
  return { link, paceMs, person, name: person, hasPast, cursor: { epoch: '0', revision: 0 } }
}

/** A receiver's state after these updates. */
export function receive(state: GroupState | string, envelopes: readonly ServerEnvelope[]): GroupState {
  const receiver = typeof state === 'string' ? createState(state) : state
  for (const envelope of envelopes) if (envelope.type === 'update') applyUpdate(receiver, envelope)
  return receiver
}
