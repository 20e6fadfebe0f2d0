// Owns a drag over a chart: from where, how far, and the range it has come to. While it lasts nothing is drawn anew.

import type { Place, Spot } from '@chartroom/shared/option'
import { scheduler } from './scheduler.ts'

/** A drag shorter than this is a click, px. */
const leastPx = 6

/** One pointer that went down, until it goes up. */
export class Drag {
  readonly #handleChange: () => void
  #start: { readonly place: Place; readonly spot: Spot; readonly isRange: boolean } | undefined
  #end: Spot | undefined
  #resume: (() => void) | undefined
  #hasMoved = false

  constructor(handleChange: () => void) {
    this.#handleChange = handleChange
  }

  /** Whether the pointer went further than in a click since it went down. */
  get hasMoved(): boolean {
    return this.#hasMoved
  }

  /** The range from where the drag began to where it is now; undefined while it is none. */
  get range(): Spot | undefined {
    const [from, to] = [this.#start?.spot, this.#end]
    if (from?.time === undefined || to?.time === undefined) return undefined
    const [time, timeEnd] = [Math.min(from.time, to.time), Math.max(from.time, to.time)]
    return { ...from, time, timeEnd }
  }

  /** The pointer went down on a spot; `isRange`: what it is dragged over becomes a range. */
  begin(place: Place, spot: Spot, isRange: boolean): void {
    this.end()
    this.#hasMoved = false
    this.#start = { place, spot, isRange }
  }

  /** The pointer moved; true while it drags a range. */
  move(place: Place, spotAt: (place: Place) => Spot | undefined): boolean {
    if (this.#start === undefined) return false
    const { x, y } = this.#start.place
    if (Math.hypot(place.x - x, place.y - y) >= leastPx) this.#hasMoved = true
    if (!this.#hasMoved || !this.#start.isRange) return false
    this.#resume ??= scheduler.pause()
    this.#end = spotAt({ x: place.x, y })
    this.#handleChange()
    return true
  }

  /** The drag is over, but the click that ends it is still to come. */
  settle(): void {
    this.#start = undefined
    this.#end = undefined
    this.#resume?.()
    this.#resume = undefined
    this.#handleChange()
  }

  /** Forgets the drag. Twice is legal. */
  end(): void {
    this.settle()
    this.#hasMoved = false
  }
}
