// A crowd of viewers, held by a C program: raw sockets that count frames, so that the load costs less than the server.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { compiled } from '../compiler.ts'
import type { Histogram } from '../measure/quantile.ts'
import type { Viewer } from '../subjects/subject.ts'

const source = fileURLToPath(new URL('./crowd.c', import.meta.url))
// What it counts in, a ms.
const tenthsPerMs = 10

/** What came since it was last read. */
export interface Seen {
  readonly frames: number
  readonly bytes: number
  /** Links that the server closed, since the crowd came. */
  readonly closed: number
  /** From the last mark to each frame, ms. */
  readonly latency: Histogram
  /** How old what each viewer was shown had become when it was replaced, ms. */
  readonly age: Histogram
}

/** Viewers that are there until they are closed. */
export interface Crowd {
  readonly pid: number
  /** A post begins now: latency is counted from here. */
  mark(): void
  read(): Promise<Seen>
  close(): Promise<void>
}

/** Lets so many viewers in, and waits until all of them are greeted. */
export async function openCrowd(compiler: string, port: number, viewers: number, viewer: Viewer): Promise<Crowd> {
  const { setup, counted, greetings, ping = { starts: '', answer: '' } } = viewer
  const args = [port, viewers, requestOf(port, viewer), setup.join('\n'), counted, ping.starts, ping.answer]
  const child = spawn(await compiled(compiler, source), args.map(String), { stdio: ['pipe', 'pipe', 'inherit'] })
  const kill = () => void child.kill('SIGKILL')
  process.on('exit', kill)
  const nextLine = linesOf(child)
  await nextLine()
  const crowd: Crowd = {
    pid: child.pid ?? 0,
    mark: () => void child.stdin?.write(`mark ${process.hrtime.bigint()}\n`),
    async read() {
      child.stdin?.write('read\n')
      return seenOf(await nextLine())
    },
    async close() {
      process.off('exit', kill)
      child.stdin?.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
  await seeFrames(crowd, viewers * greetings)
  return crowd
}

/** Resolves when so many frames have come. */
export async function seeFrames(crowd: Crowd, wanted: number): Promise<void> {
  const maxWaitMs = 60_000
  const endMs = performance.now() + maxWaitMs
  let seen = 0
  while (seen < wanted) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    seen += (await crowd.read()).frames
    if (performance.now() > endMs) throw new Error(`${seen} of ${wanted} frames came within ${maxWaitMs} ms.`)
  }
}

function requestOf(port: number, { path, subprotocol }: Viewer): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

function linesOf(child: ChildProcess): () => Promise<string> {
  if (child.stdout === null) throw new Error('A crowd has no output.')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return async () => {
    const { done, value } = await lines.next()
    if (done) throw new Error('The crowd went away: the lines above say why.')
    return value
  }
}

function seenOf(line: string): Seen {
  const { latency, age, ...counts } = JSON.parse(line) as Seen // crowd.c prints nothing else
  return { ...counts, latency: inMs(latency), age: inMs(age) }
}

function inMs(histogram: Histogram): Histogram {
  return histogram.map(([tenths, times]) => [tenths / tenthsPerMs, times])
}
