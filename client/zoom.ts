// Owns the part of the past that all time charts of a group are zoomed into, for me and until I go back. It draws nothing.

import type { Spot } from '@chartroom/shared/option'

/** A part of the past (Unix ms), and on what it was chosen. */
export interface Zoomed {
  readonly from: number
  readonly to: number
  readonly spot: Spot
}

/** Less than this is a handful of points, ms. */
const leastMs = 5_000

/** What a group's time charts show: the present, or a part of the past while the numbers go on. */
export class Zoom {
  readonly #listeners = new Set<() => void>()
  #part: Zoomed | undefined

  /** What is zoomed into; undefined while the charts show the present. */
  get part(): Zoomed | undefined {
    return this.#part
  }

  /** Zooms into the range of a spot, or as much around it as can be drawn; `now` (Unix ms) is as far as there is a past. */
  into(spot: Spot, from: number, to: number, now: number): void {
    const missing = Math.max(0, leastMs - (to - from))
    const end = Math.min(now, to + missing / 2)
    this.#set({ from: end - Math.max(leastMs, to - from), to: end, spot })
  }

  /** Goes back to the present. */
  leave(): void {
    if (this.#part !== undefined) this.#set(undefined)
  }

  /** Calls the listener when the charts show another part of the past; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #set(part: Zoomed | undefined): void {
    this.#part = part
    for (const listener of [...this.#listeners]) listener()
  }
}
