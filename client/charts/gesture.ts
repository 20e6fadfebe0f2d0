// Owns what a pointer does on a chart: it points, clicks, or drags over a range, a finger after it rested. It draws nothing.

import { type Figure, isTimed, type Place, type Spot, spotAt, timeAt, wholeOf } from '@chartroom/shared/option'
import { Drag, type Intent, type Range } from './drag.ts'
import { LongPress } from './long-press.ts'

/** Whose pointer it is, and what it does there. */
export interface GestureHost {
  /** What stands there now. */
  figure(): Figure | undefined
  /** Where an event is, in the chart's px. */
  placeOf(event: MouseEvent): Place
  /** It points at a place; undefined: it is doing something else. */
  handlePoint(place: Place | undefined): void
  handleClick(spot: Spot, event: MouseEvent): void
  /** It has dragged over a range; `spot` is where that began. */
  handleRange(spot: Spot, range: Range, intent: Intent): void
  /** There is another range, or none any more. */
  handleChange(): void
}

/** The pointer on the surface of one chart. Its listeners are bound. */
export class Gesture {
  readonly #host: GestureHost
  readonly #drag: Drag
  readonly #press = new LongPress()
  #origin: Spot | undefined
  /** Whether a finger has rested since it went down. */
  #hasRested = false

  constructor(host: GestureHost) {
    this.#host = host
    this.#drag = new Drag(() => host.handleChange())
  }

  /** The range that is being dragged over, of what and for what; undefined while there is none. */
  get dragged(): { readonly spot: Spot; readonly range: Range; readonly intent: Intent } | undefined {
    const { range, intent } = this.#drag
    return range && this.#origin && { spot: this.#origin, range, intent }
  }

  /** Whether what a finger does next is a range. */
  get isResting(): boolean {
    return this.#drag.isOfRange && this.#hasRested
  }

  /** Forgets a drag. */
  end(): void {
    this.#drag.end()
  }

  readonly down = (event: PointerEvent) => {
    const figure = this.#host.figure()
    if (event.button !== 0 || figure === undefined) return
    const place = this.#host.placeOf(event)
    const begin = (time: number | undefined) => this.#drag.begin(place, time, event.shiftKey ? 'pin' : 'zoom')
    const time = isTimed(figure) ? timeAt(figure, place) : undefined
    this.#origin = spotAt(figure, place) ?? wholeOf(figure)
    // A finger that moves turns the page, unless it rested before.
    const isTouch = event.pointerType === 'touch'
    begin(isTouch ? undefined : time)
    this.#hasRested = false
    if (isTouch) this.#press.begin(event, () => this.#rest(begin, time))
    else if (time !== undefined && event.currentTarget instanceof Element)
      event.currentTarget.setPointerCapture(event.pointerId)
  }

  readonly move = (event: PointerEvent) => {
    const place = this.#host.placeOf(event)
    const figure = this.#host.figure()
    const isRange = this.#drag.move(place, (at) => (figure !== undefined && isTimed(figure) ? timeAt(figure, at) : 0))
    if (isRange) this.#host.handlePoint(undefined)
    else if (event.pointerType !== 'touch') this.#host.handlePoint(place)
  }

  readonly up = () => {
    const { dragged } = this
    this.#drag.settle()
    if (dragged !== undefined) this.#host.handleRange(dragged.spot, dragged.range, dragged.intent)
  }

  readonly cancel = () => this.end()

  // What a finger drags after it rested is a range, and not the page; nor does it open a menu.
  readonly touch = {
    handleEvent: (event: TouchEvent) => {
      if (this.isResting) event.preventDefault()
    },
    passive: false,
  }

  readonly menu = (event: MouseEvent) => {
    if (this.isResting) event.preventDefault()
  }

  readonly click = (event: MouseEvent) => {
    const isClick = !this.#drag.hasMoved && !this.#hasRested
    this.end()
    const figure = this.#host.figure()
    const spot = figure && spotAt(figure, this.#host.placeOf(event))
    if (isClick && spot !== undefined) this.#host.handleClick(spot, event)
  }

  #rest(begin: (time: number | undefined) => void, time: number | undefined): void {
    if (this.#drag.hasMoved) return
    this.#hasRested = true
    begin(time)
  }
}
