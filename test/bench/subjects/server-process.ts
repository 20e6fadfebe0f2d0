// A server in a process of its own, of which the bench knows the port and what the operating system tells.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

const probe = new URL('../servers/probe.mjs', import.meta.url).href

/** What a Node process knows of itself since it was last asked. Memory in bytes, delays of the event loop in ms. */
export interface Vitals {
  readonly rss: number
  readonly heapUsed: number
  readonly arrayBuffers: number
  readonly loop: { readonly p50: number; readonly p99: number; readonly max: number }
}

/** A server that runs until it is stopped. */
export interface ServerProcess {
  readonly pid: number
  readonly port: number
  /** Measures the delay of the event loop from now on. Of a process of Node only, as are the next two. */
  watch(): void
  vitals(): Promise<Vitals>
  /** Frees what nobody needs. */
  collect(): Promise<void>
  /** Asks it to end; resolves with how long that took, ms. */
  stop(): Promise<number>
}

/** How a server is started. */
export interface Start {
  readonly command: string
  readonly args: readonly string[]
  /** Is told each line that it writes. */
  readonly onLine?: (line: string) => void
}

/** A start of Node that loads the probe first. */
export function startOfNode(main: string, args: readonly string[] = []): Start {
  return { command: process.execPath, args: ['--expose-gc', '--import', probe, main, ...args] }
}

const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Starts a server, and waits until it says its `"port":N` in one of its lines. */
export async function startServerProcess({ command, args, onLine }: Start): Promise<ServerProcess> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  running.add(child)
  const port = await portOf(child, onLine)
  async function ask(task: 'read' | 'collect'): Promise<unknown> {
    child.send(task)
    const [answer] = await once(child, 'message')
    return answer
  }
  return {
    pid: child.pid ?? 0,
    port,
    watch: () => void child.send('watch'),
    vitals: async () => (await ask('read')) as Vitals, // probe.mjs answers nothing else
    collect: async () => void (await ask('collect')),
    async stop() {
      const startMs = performance.now()
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      running.delete(child)
      return performance.now() - startMs
    },
  }
}

function portOf(child: ChildProcess, onLine: Start['onLine']): Promise<number> {
  return new Promise((resolve, reject) => {
    const last: string[] = []
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      const why = `A server ended with ${code ?? signal}: ${last.join(' ')}`
      reject(new Error(why))
      // Whoever measures it then finds no process.
      if (!child.killed) process.stderr.write(`${why}\n`)
    })
    for (const output of [child.stdout, child.stderr]) {
      readLines(output, (line) => {
        const port = /"port":(\d+)/.exec(line)?.[1]
        if (port !== undefined) resolve(Number(port))
        last.splice(0, last.length - 4, line)
        onLine?.(line)
      })
    }
  })
}

function readLines(output: Readable | null, onLine: (line: string) => void): void {
  if (output !== null) createInterface({ input: output }).on('line', onLine)
}
