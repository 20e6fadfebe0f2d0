// Owns which page of this browser has taken on a thing that all of them can see; it does not know what the thing is.

/** The part of `navigator.locks` that is needed. */
export type Locks = Pick<LockManager, 'request'>

// The page that was reloaded lets go a moment after the new one has begun.
const patienceMs = 3_000

/**
 * The claims of one page: they end with it. Without locks, a page over plain http has none, everybody gets everything:
 * what is done twice must then be told by a key of its own.
 */
export class Claims {
  readonly #locks: Locks | undefined
  readonly #releases = new Map<string, () => void>()

  constructor(locks: Locks | undefined) {
    this.#locks = locks
  }

  /** Takes a thing on; false when another page has it, and still has it after a moment. */
  take(name: string): Promise<boolean> {
    const locks = this.#locks
    if (locks === undefined || this.#releases.has(name)) return Promise.resolve(true)
    return new Promise((resolve) => {
      const held = locks.request(name, { signal: AbortSignal.timeout(patienceMs) }, () => {
        resolve(true)
        return new Promise<void>((release) => this.#releases.set(name, release))
      })
      // Rejected when the time is up, or when this page may have no locks: then it does without.
      held.catch((error: unknown) => resolve(!(error instanceof DOMException && error.name === 'TimeoutError')))
    })
  }

  /** Lets a thing go. */
  release(name: string): void {
    this.#releases.get(name)?.()
    this.#releases.delete(name)
  }
}
