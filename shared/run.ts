// Owns one run of annotations: ordered by id, without holes, from `earlier` to now. Which run takes what is state.ts's.

import type { Annotation } from './annotation.ts'

/** A run of annotations of a group. */
export class Run {
  #annotations: Annotation[] = []
  #earlier = 0

  /** Oldest first. */
  get annotations(): readonly Annotation[] {
    return this.#annotations
  }

  /** The id before which to page for what is older; 0 when the run begins at the beginning. */
  get earlier(): number {
    return this.#earlier
  }

  get length(): number {
    return this.#annotations.length
  }

  /** The newest id; 0 in an empty run. */
  get lastId(): number {
    return this.#annotations.at(-1)?.id ?? 0
  }

  find(id: number): Annotation | undefined {
    const found = this.#annotations[this.position(id)]
    return found?.id === id ? found : undefined
  }

  /** The position of the first annotation whose id is not below this one. */
  position(id: number): number {
    let low = 0
    let high = this.#annotations.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#annotations[middle]?.id ?? 0) < id) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Puts an annotation where it belongs, in the place of an older form of it; false when it is older than the run. */
  put(annotation: Annotation): boolean {
    const { id } = annotation
    if (id < this.#earlier) return false
    const position = this.position(id)
    const replaces = this.#annotations[position]?.id === id ? 1 : 0
    this.#annotations.splice(position, replaces, annotation)
    return true
  }

  /** Puts what is older before the run, which from then on begins at `earlier`. */
  extend(older: readonly Annotation[], earlier: number): void {
    this.#annotations = [...older, ...this.#annotations]
    this.#earlier = earlier
  }

  /** Lets the oldest go until it has this many; returns them. */
  trim(length: number): readonly Annotation[] {
    const excess = this.#annotations.length - length
    const first = this.#annotations[excess]
    return excess <= 0 ? [] : this.cut(first?.id ?? this.lastId + 1)
  }

  /** Begins the run anew at an id: lets go what is older, and returns it. */
  cut(earlier: number): readonly Annotation[] {
    this.#earlier = earlier
    return this.#annotations.splice(0, this.position(earlier))
  }

  /** Empties it. */
  clear(earlier: number): void {
    this.#annotations = []
    this.#earlier = earlier
  }
}
