// Owns the places of those who come and go with each request: who polls is here between two of them too.

import { startCursor } from '@chartroom/shared'
import type { Presence } from './presence.ts'
import type { Clock } from './rounds.ts'
import type { Subscriber } from './subscriber.ts'

// Longer than any sensible poll stays away, and short enough that who closed their laptop is soon gone.
const seatMs = 15_000

interface Seat {
  subscriber: Subscriber
  /** The requests that are under way. */
  held: number
  cancel(): void
}

/** The places of a group: one for each person, kept for 15 s after their last request. */
export class Seats {
  readonly #seats = new Map<string, Seat>()
  readonly #presence: Presence
  readonly #clock: Clock
  readonly #changed: () => void
  readonly #emptied: () => void

  /** `changed` is called when others would see it, `emptied` when the last place was given up. */
  constructor(presence: Presence, clock: Clock, changed: () => void, emptied: () => void) {
    this.#presence = presence
    this.#clock = clock
    this.#changed = changed
    this.#emptied = emptied
  }

  get isEmpty(): boolean {
    return this.#seats.size === 0
  }

  /** Gives a person a place under a name, while a request of theirs is under way; returns its end. */
  take(person: string, name: string | undefined): () => void {
    const known = this.#seats.get(person)
    const link = known?.subscriber.link ?? { id: `seat of ${person}`, isFull: false, send: () => {} }
    const subscriber = { link, paceMs: 0, person, name, hasPast: false, cursor: startCursor }
    const seat = known ?? { subscriber, held: 0, cancel: () => {} }
    this.#seats.set(person, seat)
    seat.cancel()
    seat.held++
    if (known === undefined || known.subscriber.name !== name) this.#sit(seat, subscriber)
    return () => {
      seat.held--
      if (seat.held === 0) seat.cancel = this.#clock.setTimer(() => this.#giveUp(person, seat), seatMs)
    }
  }

  close(): void {
    for (const seat of this.#seats.values()) seat.cancel()
    this.#seats.clear()
  }

  // The new name is there before the old one goes, so that nobody sees the person leave.
  #sit(seat: Seat, subscriber: Subscriber): void {
    const hasCome = this.#presence.enter(subscriber)
    const hasGone = seat.subscriber !== subscriber && this.#presence.leave(seat.subscriber)
    seat.subscriber = subscriber
    if (hasCome || hasGone) this.#changed()
  }

  #giveUp(person: string, { subscriber }: Seat): void {
    this.#seats.delete(person)
    if (this.#presence.leave(subscriber)) this.#changed()
    if (this.isEmpty) this.#emptied()
  }
}
