// Owns how often each alert was repeated, as far as this page has seen the logs that tell it.

import type { Run } from '@chartroom/shared'

/** The repeats of one alert. */
export interface Repeats {
  readonly count: number
  /** Of the last one, Unix ms. */
  readonly lastTime: number
  /** Whether these are all there were: nothing of the logs since the alert was left out on the way. */
  readonly isAll: boolean
}

/** Counts the repeats of alerts. What the logs let go stays counted. */
export class RepeatCount {
  readonly #all = new Map<number, Repeats>()
  #lastId = 0
  /** The id before which something was left out. */
  #gapId = 0

  /** The repeats of each alert that has some, by its id. */
  get all(): ReadonlyMap<number, Repeats> {
    return this.#all
  }

  /** Takes the run of logs as it is now. */
  take(run: Pick<Run, 'annotations' | 'earlier' | 'position' | 'lastId'>): void {
    if (run.earlier > this.#lastId) this.#leaveOut(run.earlier)
    for (const { repeats: id, time } of run.annotations.slice(run.position(this.#lastId + 1))) {
      if (id === undefined) continue
      const count = (this.#all.get(id)?.count ?? 0) + 1
      this.#all.set(id, { count, lastTime: time, isAll: this.#gapId <= id })
    }
    this.#lastId = Math.max(this.#lastId, run.lastId)
  }

  #leaveOut(beforeId: number): void {
    this.#gapId = beforeId
    for (const [id, repeats] of this.#all) this.#all.set(id, { ...repeats, isAll: false })
  }
}
