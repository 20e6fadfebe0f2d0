// Owns when a pointer that is held down becomes a long press. What it does is told.

/** Held as long as this it is no click, ms. */
const longMs = 500
/** A pointer that goes further moves, px. */
const stillPx = 8

/** One pointer at a time, from down to up. */
export class LongPress {
  #wasLong = false

  /** Whether the press that ended last was a long one: the click that follows is none. */
  get wasLong(): boolean {
    return this.#wasLong
  }

  /** A pointer went down: calls `handle` when it stays there for half a second. */
  begin({ target, clientX, clientY }: PointerEvent, handle: () => void): void {
    this.#wasLong = false
    if (target === null) return
    const ended = new AbortController()
    const end = () => ended.abort()
    const timer = setTimeout(() => {
      this.#wasLong = true
      end()
      handle()
    }, longMs)
    ended.signal.addEventListener('abort', () => clearTimeout(timer))
    const { signal } = ended
    for (const event of ['pointerup', 'pointercancel', 'pointerleave']) target.addEventListener(event, end, { signal })
    target.addEventListener(
      'pointermove',
      (event) => {
        if (!(event instanceof PointerEvent)) return
        if (Math.hypot(event.clientX - clientX, event.clientY - clientY) > stillPx) end()
      },
      { signal },
    )
  }
}
