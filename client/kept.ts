// Owns what this browser keeps of the page: short texts by key. It never throws, and knows no meaning of a text.

/** The part of `localStorage` that is needed. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem'>

/** Texts that outlive the page where the browser allows it, and last as long as the page where it does not. */
export class Kept {
  readonly #open: () => TextStorage
  readonly #memory = new Map<string, string>()

  /** `open` may throw: a browser that keeps nothing throws as soon as its storage is named. */
  constructor(open: () => TextStorage) {
    this.#open = open
  }

  /** The text under a key, undefined when there is none. */
  read(key: string): string | undefined {
    const written = this.#memory.get(key)
    if (written !== undefined) return written
    try {
      return this.#open().getItem(key) ?? undefined
    } catch {
      // Storage is switched off: memory is all there is.
      return undefined
    }
  }

  /** Keeps a text under a key. */
  write(key: string, text: string): void {
    this.#memory.set(key, text)
    try {
      this.#open().setItem(key, text)
    } catch {
      // Storage is off or full: the text lives as long as the page.
    }
  }
}
