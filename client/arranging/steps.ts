// Owns the steps of arranging that can be undone and redone, in their order. It makes no edit and knows no board.

import type { BoardEdit } from '@chartroom/shared'

/** Something that was done: what did it, and what undoes it. */
export interface Step {
  readonly done: BoardEdit
  readonly undo: BoardEdit
  /** Steps in a row with one word are one step: a title is not undone letter by letter. */
  readonly run?: string | undefined
}

/** What was done in this visit, and what of it was undone. */
export class Steps {
  readonly #done: Step[] = []
  readonly #undone: Step[] = []

  /** The step that undoing would undo. */
  get last(): Step | undefined {
    return this.#done.at(-1)
  }

  /** The step that redoing would do again. */
  get next(): Step | undefined {
    return this.#undone.at(-1)
  }

  /** Takes a new step in; what was undone cannot be redone after it. */
  add(step: Step): void {
    this.#undone.length = 0
    const { last } = this
    if (step.run !== undefined && last?.run === step.run)
      this.#done[this.#done.length - 1] = { ...step, undo: last.undo }
    else this.#done.push(step)
  }

  /** Ends a run: what comes is a step of its own. */
  endRun(): void {
    const last = this.#done.pop()
    if (last !== undefined) this.#done.push({ done: last.done, undo: last.undo })
  }

  /** The last step was undone. */
  back(): void {
    const step = this.#done.pop()
    if (step !== undefined) this.#undone.push(step)
  }

  /** The next step was done again. */
  forth(): void {
    const step = this.#undone.pop()
    if (step !== undefined) this.#done.push({ done: step.done, undo: step.undo })
  }

  /** Forgets what an edit was to do, for it was refused. */
  drop(edit: BoardEdit): void {
    for (const steps of [this.#done, this.#undone]) {
      const at = steps.findLastIndex(({ done, undo }) => done === edit || undo === edit)
      if (at >= 0) steps.splice(at, 1)
    }
  }

  /** Forgets the last step, which somebody else has overtaken. */
  dropLast(): void {
    this.#done.pop()
  }

  /** Forgets the next step, which somebody else has overtaken. */
  dropNext(): void {
    this.#undone.pop()
  }
}
