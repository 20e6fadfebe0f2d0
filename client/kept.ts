// Owns what this browser keeps of the page: short texts by key. It never throws, and knows no meaning of a text.

/** The part of `localStorage` that is needed. */
export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

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

  /** Another tab kept something under a key: from now on that is read. */
  reread(key: string): void {
    this.#memory.delete(key)
  }

  /** Forgets the text under a key. */
  remove(key: string): void {
    this.#memory.delete(key)
    try {
      this.#open().removeItem(key)
    } catch {
      // Storage is off: nothing was kept there.
    }
  }

  /** The keys that begin so, in no order. */
  keys(prefix: string): readonly string[] {
    return [...new Set([...this.#memory.keys(), ...this.#storedKeys()])].filter((key) => key.startsWith(prefix))
  }

  #storedKeys(): string[] {
    try {
      const storage = this.#open()
      return Array.from({ length: storage.length }, (_, at) => storage.key(at)).filter((key) => key !== null)
    } catch {
      // Storage is off: memory is all there is.
      return []
    }
  }
}
