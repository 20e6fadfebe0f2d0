// Owns whether I am writing, as the others are told it: from the first letter until a silence; it shows nobody's.

/** After this long without a letter nobody writes any more, ms. */
const silenceMs = 4_000

/** Tells the beginning and the end of my writing, each once. */
export class Typing {
  readonly #tell: (isTyping: boolean) => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(tell: (isTyping: boolean) => void) {
    this.#tell = tell
  }

  /** The text became this. */
  change(text: string): void {
    if (text.trim() === '') {
      this.stop()
      return
    }
    const wasTyping = this.#timer !== undefined
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.stop(), silenceMs)
    if (!wasTyping) this.#tell(true)
  }

  /** It was sent, or left. */
  stop(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#tell(false)
  }
}
