// Owns the state words of a connection, and when a change of them is worth telling; what they are is decided elsewhere.

import { Listeners } from './listeners.ts'
import type { Platform, Undo } from './platform.ts'

/**
 * How the connection is, in the words that a person may be shown. `lagMs` is how old the newest numbers were when they
 * came, rounded to 100 ms; `untilMs` is when the next attempt begins (Unix ms, this host's clock); `closed` is final,
 * with the close code and its reason.
 */
export type ConnectionState =
  | { readonly word: 'connecting' }
  | { readonly word: 'live'; readonly lagMs: number }
  | { readonly word: 'behind'; readonly lagMs: number }
  | { readonly word: 'waiting'; readonly untilMs: number }
  | { readonly word: 'closed'; readonly code: number; readonly reason: string }

const lagStepMs = 100
// A lag that changes more often than 4 times a second cannot be read.
const lagEveryMs = 250

/** The state of one connection. A new word is told at once, a new lag at most 4 times a second. */
export class StateTeller {
  readonly #platform: Platform
  readonly #listeners: Listeners<[ConnectionState]>
  #state: ConnectionState = { word: 'connecting' }
  #told: ConnectionState = this.#state
  #toldAt = Number.NEGATIVE_INFINITY
  #cancel: Undo | undefined

  constructor(platform: Platform) {
    this.#platform = platform
    this.#listeners = new Listeners(platform)
  }

  get state(): ConnectionState {
    return this.#state
  }

  onState(listener: (state: ConnectionState) => void): Undo {
    return this.#listeners.add(listener)
  }

  set(state: ConnectionState): void {
    this.#state = 'lagMs' in state ? { ...state, lagMs: Math.round(state.lagMs / lagStepMs) * lagStepMs } : state
    if (!('lagMs' in state) || state.word !== this.#told.word) this.#tell()
    else this.#tellInTime()
  }

  close(): void {
    this.#cancel?.()
  }

  #tellInTime(): void {
    const restMs = this.#toldAt + lagEveryMs - this.#platform.now()
    if (restMs <= 0) this.#tell()
    else this.#cancel ??= this.#platform.setTimer(() => this.#tell(), restMs)
  }

  #tell(): void {
    this.#cancel?.()
    this.#cancel = undefined
    if (isSame(this.#state, this.#told)) return
    this.#told = this.#state
    this.#toldAt = this.#platform.now()
    this.#listeners.tell(this.#state)
  }
}

function isSame(a: ConnectionState, b: ConnectionState): boolean {
  if ('lagMs' in a && 'lagMs' in b) return a.word === b.word && a.lagMs === b.lagMs
  if (a.word === 'waiting' && b.word === 'waiting') return a.untilMs === b.untilMs
  return a.word === b.word
}
