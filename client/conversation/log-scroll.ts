// Owns which part of many lines is in the page, and keeps what is read in its place while lines come and go around it.

/** As many lines are in the page at once, and so many more come in from where the reader scrolls to. */
const maxShown = 500
const stepLines = 150
/** This close to an end of the list the reader is there, px. */
const nearPx = 120
const endPx = 8

/** Where a scrolled list stands: at the newest line or near an end of what is shown, and whether it went up. */
export interface Scrolled {
  readonly isUp: boolean
  readonly isAtEnd: boolean
  readonly isNear: 'older' | 'newer' | 'none'
}

/** The lines in the page, by their positions. */
export class LogScroll {
  #start = 0
  #count = 0
  #top = 0
  #wasAtEnd = false
  #anchor: { readonly id: string; readonly top: number } | undefined

  /** The positions to show: the last ones while they are followed. */
  range(count: number, isFollowed: boolean): readonly [start: number, end: number] {
    const last = Math.max(0, count - maxShown)
    this.#count = count
    this.#start = isFollowed ? last : Math.min(this.#start, last)
    return [this.#start, this.#start + maxShown]
  }

  /** So many older lines stand before all others now. */
  shift(lines: number): void {
    this.#start += lines
  }

  /** Shows more towards where the reader is; false when there is no more. */
  step(direction: 'older' | 'newer'): boolean {
    const start = this.#start + (direction === 'older' ? -stepLines : stepLines)
    const next = Math.max(0, Math.min(start, this.#count - maxShown))
    if (direction === 'newer' ? next <= this.#start : next >= this.#start) return false
    this.#start = next
    return true
  }

  /** Hears that a list was scrolled, by whomever. */
  scrolled({ scrollTop, scrollHeight, clientHeight }: Element): Scrolled {
    const isUp = scrollTop < this.#top
    this.#top = scrollTop
    const belowPx = scrollHeight - scrollTop - clientHeight
    const isAtEnd = this.#start + maxShown >= this.#count && belowPx < endPx
    const isNear = isUp ? scrollTop < nearPx && 'older' : belowPx < nearPx && 'newer'
    return { isUp, isAtEnd, isNear: isNear || 'none' }
  }

  /** Before a list changes: remembers the first line in view, and whether the last one was. */
  remember(list: Element): void {
    this.#wasAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < endPx
    const top = list.getBoundingClientRect().top
    const line = [...list.querySelectorAll<HTMLElement>('[data-id]')].find(
      (one) => one.getBoundingClientRect().bottom > top,
    )
    this.#anchor = line && { id: line.dataset.id ?? '', top: line.getBoundingClientRect().top }
  }

  /** After it has changed: brings that line back to where it was, or goes to the end. */
  restore(list: Element, isFollowed: boolean): void {
    if (isFollowed || this.#wasAtEnd) list.scrollTop = list.scrollHeight
    else if (this.#anchor !== undefined) {
      const line = list.querySelector(`[data-id="${this.#anchor.id}"]`)
      if (line !== null) list.scrollTop += line.getBoundingClientRect().top - this.#anchor.top
    }
    this.#top = list.scrollTop
  }
}
