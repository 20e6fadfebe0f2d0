// What readers who stopped reading cost: 1,000 readers, of whom none (the control) or 100 never read. Memory of the
// server, how late its event loop was, updates that came to the others.

import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { requestOf } from '../load/poster.ts'
import { produce } from '../load/producers.ts'
import { openReaders, type Readers } from '../load/readers.ts'
import { samplesOf } from '../load/samples.ts'
import type { Row } from '../measure/table.ts'
import type { Effort, Report, Scenario } from '../scenario.ts'
import { startChartroom } from '../subjects/chartroom.ts'
import type { ServerProcess } from '../subjects/server-process.ts'

/** How many readers, and for how long; longer than the 30 s after which one is closed. */
export interface Plan {
  readonly readers: number
  readonly stopped: readonly number[]
  readonly seconds: number
  readonly everySeconds: number
}

const seriesCount = 1_000
const writeMs = 100
const readPaceMs = 1_000
// Stopped readers ask for a faster pace: the kernel takes megabytes for each before the server sees that they stopped.
const stoppedPaceMs = 100
const group = 'bench'

const plans: Readonly<Record<Effort, Plan>> = {
  whole: { readers: 1_000, stopped: [0, 100], seconds: 80, everySeconds: 10 },
  quick: { readers: 1_000, stopped: [100], seconds: 40, everySeconds: 10 },
}

/** Readers who stopped reading. It takes minutes, and is a matter of memory. */
export const slowReaders: Scenario = {
  name: 'slow-readers',
  title: 'Readers who never read, among 1,000 of 1,000 series: memory of the server, MB; delay of its event loop, ms',
  isUsual: false,
  run: (effort, say) => measureSlowReaders(plans[effort], say),
}

/** Watches each mix of readers for a while. */
export async function measureSlowReaders(plan: Plan, say: (line: string) => void): Promise<Report> {
  const rows: Row[] = []
  for (const stopped of plan.stopped) {
    say(`${stopped} of ${plan.readers} stopped`)
    rows.push(...(await measure(stopped, plan)))
  }
  return { columns, rows, findings: [] }
}

const columns = [
  { key: 'stopped', title: 'stopped' },
  { key: 'second', title: 'second' },
  { key: 'rssMb', title: 'RSS MB' },
  { key: 'heapMb', title: 'heap MB' },
  { key: 'buffersMb', title: 'buffers MB' },
  { key: 'kernelMb', title: 'kernel MB' },
  { key: 'loopP50Ms', title: 'loop p50 ms', digits: 1 },
  { key: 'loopP99Ms', title: 'p99 ms', digits: 1 },
  { key: 'loopMaxMs', title: 'max ms', digits: 1 },
  { key: 'updates', title: 'updates/s' },
  { key: 'closed', title: 'closed by code' },
] as const

async function measure(stopped: number, { readers, seconds, everySeconds }: Plan): Promise<Row[]> {
  const closed = new Map<number, number>()
  const onLine = (line: string) => {
    const code = Number(/"event":"link_closed".*"code":(\d+)/.exec(line)?.[1])
    if (!Number.isNaN(code)) closed.set(code, (closed.get(code) ?? 0) + 1)
  }
  const server = await startChartroom({ onLine })
  const url = `http://127.0.0.1:${server.port}`
  const request = requestOf(group, JSON.stringify(samplesOf(seriesCount)))
  const reading = await openReaders(url, group, readers - stopped, { paceMs: readPaceMs, isStopped: false })
  const silent = await openReaders(url, group, stopped, { paceMs: stoppedPaceMs, isStopped: true })
  const writing = produce(server.port, [{ requests: [request], everyMs: writeMs }], (seconds + 1) * 1_000)
  const rows: Row[] = []
  server.watch()
  for (let second = everySeconds; second <= seconds; second += everySeconds) {
    await sleep(everySeconds * 1_000)
    rows.push({ stopped, second, ...(await lookAt(server, reading, everySeconds)), closed: closedText(closed) })
  }
  await writing
  reading.close()
  silent.close()
  await server.stop()
  return rows
}

async function lookAt(server: ServerProcess, reading: Readers, everySeconds: number): Promise<Row> {
  const { rss, heapUsed, arrayBuffers, loop } = await server.vitals()
  return {
    rssMb: rss / 1e6,
    heapMb: heapUsed / 1e6,
    buffersMb: arrayBuffers / 1e6,
    kernelMb: kernelBytes() / 1e6,
    loopP50Ms: loop.p50,
    loopP99Ms: loop.p99,
    loopMaxMs: loop.max,
    updates: reading.takeDeliveries() / everySeconds,
  }
}

function closedText(closed: ReadonlyMap<number, number>): string {
  return [...closed].map(([code, count]) => `${count}x${code}`).join(' ') || 'none'
}

// What the kernel keeps for all sockets of this machine; pages of 4 KiB (proc(5), /proc/net/sockstat).
function kernelBytes(): number {
  const file = '/proc/net/sockstat'
  const pages = existsSync(file) ? /^TCP:.* mem (\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  return pages === undefined ? Number.NaN : Number(pages) * 4_096
}
