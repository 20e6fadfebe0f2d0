// What readers who stopped reading cost the server: 1,000 readers, of whom none (the control) or 100 never read. The
// server runs in a process of its own, as it is started for people. Prints a table (memory, how late
// the event loop was, updates that came), and the same as JSON.

import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openReaders, type Readers } from './readers.ts'
import { type ServerProcess, startServerProcess, type Vitals } from './server-process.ts'

const readers = 1_000
const seriesCount = 1_000
const writeMs = 100
const readPaceMs = 1_000
// Stopped readers ask for a faster pace: the kernel takes megabytes for each before the server sees that they stopped.
const stoppedPaceMs = 100
const sampleSeconds = 10
const seconds = 80

interface Row extends Vitals {
  readonly second: number
  readonly deliveriesPerSecond: number
  /** What the kernel keeps for all sockets of this machine, bytes; only Linux tells. */
  readonly kernel: number | undefined
  /** Links closed so far, by code. */
  readonly closed: Readonly<Record<string, number>>
}

const columns = [
  'second',
  'RSS MB',
  'heap MB',
  'buffers MB',
  'kernel MB',
  'p50 ms',
  'p99 ms',
  'max ms',
  'updates/s',
  'closed',
]
const head = columns.map((column) => column.padStart(12)).join('')

const results: { readonly stopped: number; readonly rows: readonly Row[]; readonly endMs: number }[] = []
for (const stopped of [0, 100]) results.push(await measure(stopped))
process.stdout.write(`${JSON.stringify({ readers, seriesCount, writeMs, readPaceMs, stoppedPaceMs, results })}\n`)

async function measure(stopped: number) {
  const server = await startServerProcess()
  const writer = startWriter(server.url)
  const reading = await openReaders(server.url, 'bench', readers - stopped, { paceMs: readPaceMs, isStopped: false })
  const silent = await openReaders(server.url, 'bench', stopped, { paceMs: stoppedPaceMs, isStopped: true })
  process.stdout.write(`\n${readers} readers of ${seriesCount} series, of whom ${stopped} never read\n${head}\n`)
  const rows = await watch(server, reading)
  // The server ends while all are connected: that is measured too.
  const endMs = Math.round(await server.stop())
  process.stdout.write(`ended ${endMs} ms after SIGTERM\n`)
  writer.stop()
  reading.close()
  silent.close()
  return { stopped, rows, endMs }
}

async function watch(server: ServerProcess, reading: Readers): Promise<Row[]> {
  const rows: Row[] = []
  await server.vitals()
  reading.takeDeliveries()
  for (let second = 0; second <= seconds; second += sampleSeconds) {
    if (second > 0) await sleep(sampleSeconds * 1_000)
    const row: Row = {
      second,
      ...(await server.vitals()),
      deliveriesPerSecond: reading.takeDeliveries() / sampleSeconds,
      kernel: kernelBytes(),
      closed: Object.fromEntries(server.closed),
    }
    rows.push(row)
    process.stdout.write(`${lineOf(row)}\n`)
  }
  return rows
}

// Pages of 4 KiB (proc(5), /proc/net/sockstat).
function kernelBytes(): number | undefined {
  const file = '/proc/net/sockstat'
  const pages = existsSync(file) ? /^TCP:.* mem (\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined
  return pages === undefined ? undefined : Number(pages) * 4_096
}

/** Posts a new value of every series ten times a second. */
function startWriter(url: string): { stop(): void } {
  const timer = setInterval(() => {
    const samples = Array.from({ length: seriesCount }, (_, at) => ({ metric: `m${at}`, value: Math.random() }))
    const headers = { 'Content-Type': 'application/json' }
    void fetch(`${url}/api/groups/bench/metrics`, { method: 'POST', headers, body: JSON.stringify(samples) })
      .then((response) => response.arrayBuffer())
      .catch(() => {})
  }, writeMs)
  return { stop: () => clearInterval(timer) }
}

function lineOf({ second, rss, heapUsed, arrayBuffers, kernel, loop, deliveriesPerSecond, closed }: Row): string {
  const megabytes = [rss, heapUsed, arrayBuffers, kernel].map((bytes) => ((bytes ?? Number.NaN) / 1e6).toFixed(0))
  const delays = [loop.p50, loop.p99, loop.max].map((ms) => ms.toFixed(1))
  const codes = Object.entries(closed).map(([code, count]) => `${count}x${code}`)
  return [second, ...megabytes, ...delays, deliveriesPerSecond.toFixed(0), codes.join(' ') || '-']
    .map((cell) => String(cell).padStart(12))
    .join('')
}
