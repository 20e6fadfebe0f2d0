// Owns how late the event loop of this thread is; it keeps the worst since it was last asked, and no history.

// Node's monitorEventLoopDelay loses the interval in which it is reset, and the work of a second comes right after
// the reading. So a timer of ours looks at the clock.
const everyMs = 20

/** How late the event loop was. */
export interface LoopDelay {
  /** The longest delay since the last call, ms. */
  readMs(): number
  close(): void
}

/** Watches the event loop of this thread until it is closed; `clock` is monotonic, ms. It keeps no process alive. */
export function createLoopDelay(clock = () => performance.now()): LoopDelay {
  let worstMs = 0
  let dueMs = clock() + everyMs
  const timer = setInterval(() => {
    const nowMs = clock()
    worstMs = Math.max(worstMs, nowMs - dueMs)
    dueMs = nowMs + everyMs
  }, everyMs).unref()
  return {
    readMs() {
      const readMs = worstMs
      worstMs = 0
      return readMs
    },
    close: () => clearInterval(timer),
  }
}
