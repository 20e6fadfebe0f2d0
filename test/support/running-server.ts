// A real server in a process of its own, as `npm start` runs it: the built main on a free port.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'
import { patience } from './patience.ts'

const main = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url))

/** One line of the server's log. */
export interface LogLine {
  readonly event: string
  readonly level: string
  readonly [field: string]: unknown
}

/** A server that runs until it is stopped. */
export class RunningServer {
  readonly #child: ChildProcess
  readonly log: LogLine[] = []
  stdout = ''
  #partial = ''

  constructor(args: readonly string[]) {
    // A test that names no folder leaves none behind.
    const data = args.includes('--data') ? [] : ['--data', ':memory:']
    const all = [main, '--port', '0', ...data, ...args]
    this.#child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child.stdout?.on('data', (data) => {
      this.stdout += String(data)
    })
    this.#child.stderr?.on('data', (data) => this.#read(String(data)))
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Its address, `http://127.0.0.1:41234`. */
  get url(): string {
    const line = this.log.find(({ event }) => event === 'listening')
    return `http://127.0.0.1:${String(line?.port)}`
  }

  /** Resolves with the first log line that fits. */
  async logged(event: string, fits: (line: LogLine) => boolean = () => true): Promise<LogLine> {
    return vi.waitFor(() => {
      const found = this.log.find((line) => line.event === event && fits(line))
      if (found === undefined) throw new Error(`the server never logged ${event}: ${JSON.stringify(this.log)}`)
      return found
    }, patience)
  }

  /** Goes away from its output, as a terminal that is closed does. */
  hangUp(): void {
    this.#child.stdout?.destroy()
    this.#child.stderr?.destroy()
  }

  /** The processor time it has used so far, in clock ticks (proc(5), fields 14 and 15 of stat). */
  async ticks(): Promise<number> {
    const stat = await readFile(`/proc/${this.pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return Number(fields[11]) + Number(fields[12])
  }

  /** Asks it to end, and resolves with its exit code. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.isRunning) return this.#child.exitCode
    const exit = once(this.#child, 'exit')
    this.#child.kill(signal)
    await exit
    return this.#child.exitCode
  }

  #read(data: string): void {
    const lines = (this.#partial + data).split('\n')
    this.#partial = lines.pop() ?? ''
    for (const line of lines) if (line !== '') this.log.push(parse(line))
  }
}

/** Starts a server without the host's own numbers, and waits until it listens. */
export async function startServer(...args: string[]): Promise<RunningServer> {
  const server = new RunningServer(['--no-host-source', ...args])
  await server.logged('listening')
  return server
}

function parse(line: string): LogLine {
  try {
    return JSON.parse(line) as LogLine // our own log: log.test.ts holds its shape
  } catch {
    return { event: 'not_json', level: 'error', line }
  }
}
