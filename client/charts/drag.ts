// Owns a drag over a chart: from where, how far, and the range it has come to. While it lasts nothing is drawn anew.

import type { Place } from '@chartroom/shared/option'
import { scheduler } from './scheduler.ts'

/** A drag shorter than this is a click, px. */
const leastPx = 6

/** A range of moments, Unix ms. */
export interface Range {
  readonly time: number
  readonly timeEnd: number
}

/** What a drag is for. */
export type Intent = 'zoom' | 'pin'

/** One pointer that went down, until it goes up. */
export class Drag {
  readonly #handleChange: () => void
  #start: { readonly place: Place; readonly time: number | undefined } | undefined
  #end: number | undefined
  #intent: Intent = 'zoom'
  #resume: (() => void) | undefined
  #hasMoved = false

  constructor(handleChange: () => void) {
    this.#handleChange = handleChange
  }

  /** Whether the pointer went further than in a click since it went down. */
  get hasMoved(): boolean {
    return this.#hasMoved
  }

  /** Whether what it goes over becomes a range. */
  get isOfRange(): boolean {
    return this.#start?.time !== undefined
  }

  /** What the range is for. */
  get intent(): Intent {
    return this.#intent
  }

  /** The range from where the drag began to where it is now; undefined while it is none. */
  get range(): Range | undefined {
    const [from, to] = [this.#start?.time, this.#end]
    if (from === undefined || to === undefined || from === to) return undefined
    return { time: Math.min(from, to), timeEnd: Math.max(from, to) }
  }

  /** The pointer went down on a moment (Unix ms); undefined: what it is dragged over is no range. */
  begin(place: Place, time: number | undefined, intent: Intent): void {
    this.end()
    this.#start = { place, time }
    this.#intent = intent
  }

  /** The pointer moved; true while it drags a range. */
  move(place: Place, timeAt: (place: Place) => number): boolean {
    if (this.#start === undefined) return false
    const { x, y } = this.#start.place
    if (Math.hypot(place.x - x, place.y - y) >= leastPx) this.#hasMoved = true
    if (!this.#hasMoved || this.#start.time === undefined) return false
    this.#resume ??= scheduler.pause()
    this.#end = timeAt(place)
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
