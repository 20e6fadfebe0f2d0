// Is loaded into the server of a bench before its own code, and tells, when asked, what only the process itself knows.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolutionMs = 10
const delay = monitorEventLoopDelay({ resolution: resolutionMs })
delay.enable()

process.on('message', () => {
  // What is measured is the time between two ticks: an idle loop shows the resolution.
  const lateMs = (/** @type {number} */ nanoseconds) => Math.max(0, nanoseconds / 1e6 - resolutionMs)
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage()
  const loop = { p50: lateMs(delay.percentile(50)), p99: lateMs(delay.percentile(99)), max: lateMs(delay.max) }
  process.send?.({ rss, heapUsed, arrayBuffers, loop })
  delay.reset()
})
