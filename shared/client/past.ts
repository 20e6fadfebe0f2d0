// Owns up to when the lines of one group are whole, and how much of the past must be asked for again. It asks nobody.

import type { Outcome } from '../apply.ts'
import type { SubscribeEnvelope } from '../client-envelopes.ts'
import { limits } from '../limits.ts'
import type { Update } from '../update.ts'
import { spanOver } from '../window.ts'

/** What an update is to its subscription: pushed, the answer to its subscribe, or pushed while that is under way. */
export type Coming = 'push' | 'answer' | 'ahead'

// What the protocol takes as a window: whole milliseconds, a day at most.
const maxWindowMs = 86_400_000

/** How far back the rings of a group must reach for lines of this length, ms. */
export function reachFor(windowMs: number | undefined): number {
  return Math.max(limits.windowMs, Math.min(maxWindowMs, windowMs ?? 0))
}

/** The past of one group's lines, as it has come. */
export class Past {
  #windowMs: number | undefined
  /** The server's time (Unix ms) up to which the lines have no hole; undefined while nothing of them is there. */
  #wholeUntil: number | undefined
  #isThin = false
  #asked: 'nothing' | 'part' | 'whole' = 'nothing'

  /** `windowMs` is how long the lines are; without it they are not asked for. */
  constructor(windowMs: number | undefined) {
    this.#windowMs = windowMs
  }

  /** The lines have another length: all of it is asked for, in the buckets that suit it. */
  resize(windowMs: number): void {
    this.#windowMs = windowMs
    this.forget()
  }

  /** Nothing of the lines can be relied upon. */
  forget(): void {
    this.#wholeUntil = undefined
  }

  /** Numbers come more seldom from now on: the lines are whole up to here, until `thicken`. */
  thin(): void {
    this.#isThin = true
  }

  /** Numbers come as often as they should again; true when that leaves a hole to be asked for. */
  thicken(): boolean {
    const wasThin = this.#isThin
    this.#isThin = false
    return wasThin
  }

  /**
   * What to ask of the past at a time (Unix ms, the server's): what is missing, no more. On a new link short lines are
   * asked for whole: should the server have begun anew, they are there with the first answer.
   */
  ask(now: number, link: 'new' | 'same' = 'same'): Pick<SubscribeEnvelope, 'windowMs'> {
    if (this.#windowMs === undefined) return {}
    const allMs = windowFor(this.#windowMs)
    const isWhole = this.#wholeUntil === undefined || (link === 'new' && allMs <= limits.windowMs)
    const missedMs = isWhole ? allMs : spanOver(now - (this.#wholeUntil ?? 0))
    this.#asked = missedMs < allMs ? 'part' : 'whole'
    return { windowMs: Math.min(allMs, windowFor(missedMs)) }
  }

  /** A subscribe goes out that asks for no past. */
  askNothing(): void {
    this.#asked = 'nothing'
  }

  /**
   * Takes note of an update that was applied. True when the past must be asked for now. It cannot go round in a
   * circle: after a push one ask goes out, because what comes before its answer calls for none; its answer calls for
   * another only when the group was replaced and less than all was asked; and after an ask for all there is none.
   */
  take(update: Update, outcome: Outcome, coming: Coming): boolean {
    if (this.#windowMs === undefined || outcome === 'nothing' || outcome === 'gap') return false
    if (outcome === 'replaced') this.forget()
    switch (coming) {
      case 'ahead':
        return false
      case 'answer':
        return this.#takeAnswer(update)
      case 'push':
        return this.#takePush(update)
      default:
        return coming satisfies never
    }
  }

  #takeAnswer(update: Update): boolean {
    const asked = this.#asked
    this.#asked = 'nothing'
    // Without a past it is a difference as any other.
    if (asked === 'nothing') return this.#takePush(update)
    if (this.#wholeUntil === undefined && asked === 'part') return true
    this.#wholeUntil = update.time
    return false
  }

  // A link that was full is told with the difference what it missed; more than memory has is asked for.
  #takePush({ time, window }: Update): boolean {
    if (this.#wholeUntil === undefined) return true
    if (this.#isThin) return false
    if (window !== undefined && window.start > this.#wholeUntil) return true
    this.#wholeUntil = time
    return false
  }
}

function windowFor(ms: number): number {
  return Math.min(maxWindowMs, Math.max(1, Math.ceil(ms)))
}
