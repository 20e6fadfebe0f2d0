// Is loaded into a server of a bench before its own code, and tells, when asked, what only the process itself knows.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 10
const delay = monitorEventLoopDelay({ resolution: resolutionMs })
// What is measured is the time between two ticks: an idle loop shows the resolution.
const lateMs = (/** @type {number} */ nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolutionMs)

// Watching costs a hundred wakings a second, which would count where little else is done: nobody watches unasked.
const tasks = {
  watch() {
    delay.enable()
    delay.reset()
  },
  read() {
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
    const loop = { p50: lateMs(delay.percentile(50)), p99: lateMs(delay.percentile(99)), max: lateMs(delay.max) }
    process.send?.({ rss, heapUsed, arrayBuffers, loop })
    delay.reset()
  },
  // Twice: what the first leaves to finalizers, the second frees.
  collect() {
    globalThis.gc?.()
    globalThis.gc?.()
    process.send?.({})
  },
}

process.on('message', (/** @type {keyof typeof tasks} */ task) => tasks[task]())
