// Owns what an engine does from time to time, until it ends; what that is, its caller says.

type Task = () => void | Promise<void>

/** What upkeep needs; `setTimer` returns its undo. */
export interface UpkeepHost {
  setTimer(run: () => void, ms: number): () => void
  report(stage: string, error: unknown): void
}

/** Tasks on timers. What one of them throws is reported, and ends no other. */
export class Upkeep {
  readonly #host: UpkeepHost
  readonly #cancels = new Set<() => void>()
  #isClosed = false

  constructor(host: UpkeepHost) {
    this.#host = host
  }

  /** Does a task again and again, so many ms after it has ended: what failed is tried again. */
  every(ms: number, task: Task): void {
    this.after(ms, async () => {
      try {
        await task()
      } finally {
        this.every(ms, task)
      }
    })
  }

  /** Does a task once, after so many ms. */
  after(ms: number, task: Task): void {
    if (this.#isClosed) return
    const cancel = this.#host.setTimer(() => {
      this.#cancels.delete(cancel)
      void Promise.resolve()
        .then(task)
        .catch((error) => this.#host.report('upkeep', error))
    }, ms)
    this.#cancels.add(cancel)
  }

  close(): void {
    this.#isClosed = true
    for (const cancel of this.#cancels) cancel()
  }
}
