// A real server in a process of its own, with a data folder of its own, that tells its memory and its event loop.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))
const probe = new URL('./loop-probe.mjs', import.meta.url).href

/** What the server's process knows since it was last asked. Memory in bytes, delays of the event loop in ms. */
export interface Vitals {
  readonly rss: number
  readonly heapUsed: number
  readonly arrayBuffers: number
  readonly loop: { readonly p50: number; readonly p99: number; readonly max: number }
}

/** A server that runs until it is stopped. */
export interface ServerProcess {
  readonly url: string
  /** How many links it closed, by code. */
  readonly closed: ReadonlyMap<number, number>
  vitals(): Promise<Vitals>
  /** Asks it to end; resolves with how long that took, ms. */
  stop(): Promise<number>
}

/** Starts a server, and waits until it listens. */
export async function startServerProcess(): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'chartroom-bench-'))
  const args = ['--import', probe, main, '--port', '0', '--data', data, '--no-host-source']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  process.on('exit', () => child.kill('SIGKILL'))
  const closed = new Map<number, number>()
  const port = await portOf(child, closed)
  return {
    url: `http://127.0.0.1:${port}`,
    closed,
    async vitals() {
      child.send('read')
      const [vitals] = await once(child, 'message')
      return vitals as Vitals // loop-probe.mjs sends nothing else
    },
    async stop() {
      const startMs = performance.now()
      child.kill('SIGTERM')
      const [code] = await once(child, 'exit')
      if (code !== 0) throw new Error(`The server ended with ${code}.`)
      await rm(data, { recursive: true, force: true })
      return performance.now() - startMs
    },
  }
}

function portOf(child: ChildProcess, closed: Map<number, number>): Promise<number> {
  return new Promise((resolve, reject) => {
    if (child.stderr === null) throw new Error('The server has no log.')
    child.on('exit', (code) => reject(new Error(`The server ended with ${code}: run npm start once, which builds it.`)))
    createInterface({ input: child.stderr }).on('line', (line) => {
      const port = /"event":"listening".*"port":(\d+)/.exec(line)?.[1]
      if (port !== undefined) resolve(Number(port))
      const code = Number(/"event":"link_closed".*"code":(\d+)/.exec(line)?.[1])
      if (!Number.isNaN(code)) closed.set(code, (closed.get(code) ?? 0) + 1)
    })
  })
}
