// Owns when charts are drawn: what is dirty, in the order it became so, within a budget for each frame. It knows no chart.

/** What can be drawn. It stays dirty while it is off screen, and is drawn once when it comes back. */
export interface Job {
  readonly isOnScreen: boolean
  render(): void
}

/** What the scheduler needs of a page. A hidden page has no frames, so that nothing is drawn in it. */
export interface Frames {
  /** Calls back before the next picture; returns the undo. */
  request(run: () => void): () => void
  /** Monotonic time, ms. */
  now(): number
}

export interface Scheduler {
  /** Says that a job has to be drawn. However often it is said before the drawing, it is drawn once. */
  mark(job: Job): void
  /** Says that a job came on screen: draws what was marked while it was off. */
  wake(): void
  /** Forgets a job. */
  drop(job: Job): void
  /** Stops drawing until the undo is called. */
  pause(): () => void
  /** Whether it draws nothing now. */
  readonly isPaused: boolean
  /** Calls the listener when drawing stops, and when it goes on; returns the undo. */
  onPause(listener: () => void): () => void
  /** Calls the listener after each frame in which something was drawn with how long it took, ms; returns the undo. */
  onFrame(listener: (tookMs: number) => void): () => void
}

// Half a frame at 60 Hz: 20 charts ten times a second leave the page at 56 to 60 frames.
const budgetMs = 8
/** What browsers call long, ms (W3C Long Tasks): from here on one feels that a page does not answer. */
export const longFrameMs = 50

/** A scheduler for all charts of a page. */
export function createScheduler(frames: Frames): Scheduler {
  const dirty = new Set<Job>()
  const listeners = new Set<() => void>()
  const frameListeners = new Set<(tookMs: number) => void>()
  let pauses = 0
  let cancel: (() => void) | undefined
  /** When the last frame began, if something was drawn in it. */
  let drewAt: number | undefined

  function request(): void {
    if (pauses > 0 || cancel !== undefined) return
    const isMeasured = drewAt !== undefined && frameListeners.size > 0
    if (isMeasured || [...dirty].some((job) => job.isOnScreen)) cancel = frames.request(run)
  }

  function tell(): void {
    for (const listener of [...listeners]) listener()
  }

  // A frame ends when the next one begins: styles, layout and paint come after what is drawn here.
  function run(): void {
    cancel = undefined
    const start = frames.now()
    const tookMs = drewAt === undefined ? 0 : start - drewAt
    drewAt = undefined
    if (tookMs > 0) for (const listener of [...frameListeners]) listener(tookMs)
    try {
      // After a long frame the next one is the reader's: what was typed meanwhile is shown at once.
      if (tookMs < longFrameMs) draw(start)
    } finally {
      // One job that throws must not stop the others.
      request()
    }
  }

  function draw(start: number): void {
    for (const job of dirty) {
      if (!job.isOnScreen) continue
      dirty.delete(job)
      drewAt = start
      job.render()
      if (frames.now() - start >= budgetMs) break
    }
  }

  return {
    mark(job) {
      dirty.add(job)
      request()
    },
    wake: request,
    drop(job) {
      dirty.delete(job)
    },
    pause() {
      pauses++
      cancel?.()
      cancel = undefined
      drewAt = undefined
      let isPaused = true
      tell()
      return () => {
        if (!isPaused) return
        pauses--
        isPaused = false
        tell()
        request()
      }
    },
    get isPaused() {
      return pauses > 0
    },
    onPause(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onFrame(listener) {
      frameListeners.add(listener)
      return () => frameListeners.delete(listener)
    },
  }
}

/** The scheduler of this page. */
export const scheduler = createScheduler({
  request(run) {
    const frame = requestAnimationFrame(run)
    return () => cancelAnimationFrame(frame)
  },
  now: () => performance.now(),
})
