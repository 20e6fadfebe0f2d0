// Owns what the composer is at beside a plain message: a reply, an edit of one of mine, the question for my name.

/** What is being written: a message, a reply to one, or one of mine anew. */
export type Target = { readonly word: 'message' } | { readonly word: 'reply' | 'edit'; readonly id: number }

/** What one page is composing. The log asks for it, and the composer does it. */
export class Composing {
  readonly #listeners = new Set<() => void>()
  #target: Target = { word: 'message' }
  #recipients: readonly string[] | undefined
  #waiting: (() => void) | undefined

  /** With recipients it is for them only, and never for everybody. */
  constructor(recipients?: readonly string[]) {
    this.#recipients = recipients
  }

  /** For whom it is; undefined: for everybody. */
  get recipients(): readonly string[] | undefined {
    return this.#recipients
  }

  /** Says for whom it is from now on. */
  address(recipients: readonly string[]): void {
    this.#recipients = recipients
    this.#tell()
  }

  get target(): Target {
    return this.#target
  }

  /** Whether my name is asked for. */
  get isNameAsked(): boolean {
    return this.#waiting !== undefined
  }

  /** Answers a message. */
  reply(id: number): void {
    this.#set({ word: 'reply', id })
  }

  /** Writes one of mine anew. */
  edit(id: number): void {
    this.#set({ word: 'edit', id })
  }

  /** Goes back to a plain message. */
  stop(): void {
    if (this.#target.word !== 'message') this.#set({ word: 'message' })
  }

  /** Asks for my name, and then does this. */
  askName(then: () => void): void {
    this.#waiting = then
    this.#tell()
  }

  /** My name is known: what waited for it is done. */
  named(): void {
    const waiting = this.#waiting
    this.forgetName()
    waiting?.()
  }

  /** Asks no more. */
  forgetName(): void {
    this.#waiting = undefined
    this.#tell()
  }

  /** Calls the listener when anything here changed; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #set(target: Target): void {
    this.#target = target
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
