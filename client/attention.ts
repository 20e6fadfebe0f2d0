// Owns what this page's reader attends to: the pin being composed, the annotation that is lit, the chart looked at.
// Charts and conversation both read and set it, so neither knows the other; what others attend to is presence.

import type { PinDraft } from '@chartroom/shared'

/** Where somebody asked to be brought: the pin of an annotation on its chart, or its message in the log. */
export interface Journey {
  readonly to: 'pin' | 'message'
  readonly id: number
}

/** The reader's attention on a group page. */
export class Attention {
  readonly #listeners = new Set<() => void>()
  readonly #guides = new Set<(journey: Journey) => void>()
  #pin: PinDraft | undefined
  #litId: number | undefined
  #metric: string | undefined

  /** The pin that the composer is filled with; undefined while it writes to the group at large. */
  get pin(): PinDraft | undefined {
    return this.#pin
  }

  /** The id of the annotation whose message or pin is pointed at. */
  get litId(): number | undefined {
    return this.#litId
  }

  /** The metric of the chart that the reader looks at: pointed at, or with the focus in it. */
  get metric(): string | undefined {
    return this.#metric
  }

  /** Fills the composer with a pin, or empties it. */
  compose(pin: PinDraft | undefined): void {
    if (pin === this.#pin) return
    this.#pin = pin
    this.#tell()
  }

  /** Lights an annotation's message and pin, or none. */
  light(id: number | undefined): void {
    if (id === this.#litId) return
    this.#litId = id
    this.#tell()
  }

  /** Looks at a chart, or at none. */
  look(metric: string | undefined): void {
    if (metric === this.#metric) return
    this.#metric = metric
    this.#tell()
  }

  /** Asks that the reader be brought to the other side of an annotation. */
  travel(journey: Journey): void {
    for (const guide of this.#guides) guide(journey)
  }

  /** Calls the listener when anything attended to changed; returns the undo. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Calls the guide when somebody wants to be brought somewhere; returns the undo. */
  onTravel(guide: (journey: Journey) => void): () => void {
    this.#guides.add(guide)
    return () => this.#guides.delete(guide)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
