// Owns the keys that were already done in one group, so that a retry is safe; it does not know what they did.

import { type Accepted, limits } from '@chartroom/shared'

// Beyond this the oldest keys go before their time: a bound on memory, not a promise.
const maxKeys = 10_000

/** What a key did: nothing more is needed to answer it again with what is there now. */
export interface Done {
  /** The annotation it wrote or edited. */
  readonly annotation?: number
}

/** What there is to remember of a change that was accepted. */
export function doneBy({ annotation }: Accepted): Done {
  return annotation === undefined ? {} : { annotation: annotation.id }
}

/** The keys of one group, each remembered for 24 hours. */
export class AcceptedKeys {
  readonly #keys = new Map<string, { readonly done: Done; readonly at: number }>()

  /** What this key did, if it was done. `now` is Unix ms. */
  find(key: string, now: number): Done | undefined {
    const known = this.#keys.get(key)
    return known !== undefined && now - known.at < limits.keyMs ? known.done : undefined
  }

  /** Whether every key of the last 24 hours is here, so that none of them need be looked for elsewhere. */
  get isWhole(): boolean {
    return this.#keys.size < maxKeys
  }

  clear(): void {
    this.#keys.clear()
  }

  /** Remembers that a key was done at a time (Unix ms). */
  remember(key: string, done: Done, now: number): void {
    this.#keys.delete(key)
    this.#keys.set(key, { done, at: now })
    for (const [oldest, { at }] of this.#keys) {
      if (this.#keys.size <= maxKeys && now - at < limits.keyMs) return
      this.#keys.delete(oldest)
    }
  }
}
