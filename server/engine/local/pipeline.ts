// Owns when writes happen: one at a time, at most 20 a second, at least once a second while something waits. What is
// written is its caller's.

// A hundred changes at once cost a few commits, and a single one none of the wait.
const commitMs = 50
/** How late samples are written, ms. */
export const behindMs = 1_000

/** What the pipeline needs. `now` is a clock that nobody sets, ms; `setTimer` returns its undo. */
export interface PipelineHost {
  now(): number
  setTimer(run: () => void, ms: number): () => void
  /** Writes what waits; with `isBehind` what is written behind too. It never rejects: false says that it failed. */
  write(isBehind: boolean): Promise<boolean>
}

/** The writes of an engine, one after another. */
export class Pipeline {
  readonly #host: PipelineHost
  #cancelTimer: (() => void) | undefined
  #running: Promise<void> | undefined
  #isWanted = false
  #isWantedBehind = false
  #startedAt = Number.NEGATIVE_INFINITY
  #behindAt = Number.NEGATIVE_INFINITY

  constructor(host: PipelineHost) {
    this.#host = host
  }

  /** Something waits to be stored before it is shown. */
  wantNow(): void {
    if (this.#isWanted) return
    this.#isWanted = true
    this.#arm()
  }

  /** Something was shown that is to be stored. */
  wantBehind(): void {
    if (this.#isWantedBehind) return
    this.#isWantedBehind = true
    this.#arm()
  }

  /** What was shown is too much to wait for long: it goes with the next write. */
  hurryBehind(): void {
    this.#behindAt = Number.NEGATIVE_INFINITY
    this.#isWantedBehind = true
    this.#arm()
  }

  /** Writes all that waits, at once, when the write that runs has ended. */
  async flush(): Promise<void> {
    await this.#running
    await this.#run(true)
  }

  /** Does something between two writes. */
  async between<T>(task: () => Promise<T>): Promise<T> {
    while (this.#running !== undefined) await this.#running
    const done = task()
    this.#running = done.then(
      () => this.#ended(),
      () => this.#ended(),
    )
    return done
  }

  /** Writes no more by itself. */
  close(): void {
    this.#cancelTimer?.()
    this.#isWanted = false
    this.#isWantedBehind = false
  }

  #arm(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    const dueAt = Math.min(
      this.#isWanted ? this.#startedAt + commitMs : Number.POSITIVE_INFINITY,
      this.#isWantedBehind ? Math.max(this.#behindAt + behindMs, this.#startedAt + commitMs) : Number.POSITIVE_INFINITY,
    )
    if (this.#running !== undefined || dueAt === Number.POSITIVE_INFINITY) return
    this.#cancelTimer = this.#host.setTimer(
      () => void this.#run(this.#isWantedBehind && this.#host.now() >= this.#behindAt + behindMs),
      Math.max(0, dueAt - this.#host.now()),
    )
  }

  async #run(isBehind: boolean): Promise<void> {
    await this.between(() => this.#write(isBehind))
  }

  async #write(isBehind: boolean): Promise<void> {
    this.#cancelTimer?.()
    this.#startedAt = this.#host.now()
    this.#isWanted = false
    if (isBehind) {
      this.#behindAt = this.#startedAt
      this.#isWantedBehind = false
    }
    const isStored = await this.#host.write(isBehind)
    // What could not be written waits, and is tried again.
    if (!isStored) this.#isWantedBehind = true
  }

  #ended(): void {
    this.#running = undefined
    this.#arm()
  }
}
