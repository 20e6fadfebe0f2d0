// Owns the places of those who come and go with each request: who polls is here between two of them too.

import { startCursor } from '@chartroom/shared'
import type { Presence } from './presence.ts'
import type { Clock } from './rounds.ts'
import type { Subscriber } from './subscriber.ts'

// Longer than any sensible poll stays away, and short enough that who closed their laptop is soon gone.
const seatMs = 15_000

/** A place that somebody has while a request of theirs is under way. */
export interface Place {
  /** In how many ms they are to be told, at a pace, that people came or went since they were; undefined: none did. */
  peopleDueMs(paceMs: number): number | undefined
  /** They are told who is here. */
  told(): void
  /** The request is over. */
  end(): void
}

interface Seat {
  /** Who was here when they were last told, and when that was (ms). */
  told?: { readonly version: number; readonly at: number }
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

  /** Gives a person a place under a name. */
  take(person: string, name: string | undefined): Place {
    const known = this.#seats.get(person)
    const link = known?.subscriber.link ?? { id: `seat of ${person}`, isFull: false, send: () => {} }
    const subscriber = { link, paceMs: 0, person, name, hasPast: false, cursor: startCursor }
    const seat: Seat = known ?? { subscriber, held: 0, cancel: () => {} }
    this.#seats.set(person, seat)
    seat.cancel()
    seat.held++
    if (known === undefined || known.subscriber.name !== name) this.#sit(seat, subscriber)
    return this.#placeOf(person, seat)
  }

  close(): void {
    for (const seat of this.#seats.values()) seat.cancel()
    this.#seats.clear()
  }

  #placeOf(person: string, seat: Seat): Place {
    return {
      peopleDueMs: (paceMs) => {
        const { told } = seat
        if (told === undefined || told.version === this.#presence.version) return undefined
        return Math.max(0, told.at + paceMs - this.#clock.now())
      },
      told: () => {
        seat.told = { version: this.#presence.version, at: this.#clock.now() }
      },
      end: () => {
        seat.held--
        if (seat.held === 0) seat.cancel = this.#clock.setTimer(() => this.#giveUp(person, seat), seatMs)
      },
    }
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
