// Owns where the reader of a growing list is: at its end, or at a line that stays in its place. It draws nothing.

/** This close to its end the reader counts as being there, px. */
const endPx = 24
/** This close to its beginning the reader wants what is older, px. */
const startPx = 200

/** The place of one reader in one scrolled list. */
export class ReadingPlace {
  #isAtEnd = true
  /** Where the reader, or the list itself, last scrolled to, px. */
  #top = 0
  #before = { height: 0, top: 0, firstId: 0 }

  get isAtEnd(): boolean {
    return this.#isAtEnd
  }

  /** Leaves the end, for a line that the reader was brought to. */
  leaveEnd(): void {
    this.#isAtEnd = false
  }

  /** Hears that the list was scrolled; true when the reader is near its beginning. */
  scrolled({ scrollTop, scrollHeight, clientHeight }: Element): boolean {
    // Only who scrolls up leaves the end: it may also move away below, when the composer grows.
    const isBack = scrollTop < this.#top
    this.#top = scrollTop
    const isNear = scrollHeight - scrollTop - clientHeight < endPx
    this.#isAtEnd = isNear || (this.#isAtEnd && !isBack)
    return scrollTop < startPx
  }

  /** Goes to the end. */
  goToEnd(list: Element | null): void {
    this.#isAtEnd = true
    this.keepEnd(list)
  }

  /** Stays at the end, when the reader is there. */
  keepEnd(list: Element | null): void {
    if (!this.#isAtEnd || list === null) return
    list.scrollTop = list.scrollHeight
    this.#top = list.scrollTop
  }

  /** Before the list changes. */
  remember({ scrollHeight, scrollTop }: Element): void {
    this.#before = { height: scrollHeight, top: scrollTop, firstId: this.#before.firstId }
  }

  /** After it has changed: what is read stays where it is when older lines came in above it. */
  restore(list: Element | null, firstId: number): void {
    const hasOlder = firstId < this.#before.firstId
    if (list !== null && hasOlder && !this.#isAtEnd) {
      list.scrollTop = this.#before.top + list.scrollHeight - this.#before.height
    }
    this.#before = { ...this.#before, firstId }
  }
}
