// A server that is ended and started again, on the same data and at the same address.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { type RunningServer, startServer } from './running-server.ts'

/** One Chartroom over all its lives. */
export class LastingServer {
  readonly port: number
  readonly folder: string
  #running: RunningServer | undefined
  readonly #waiting: (() => void)[] = []

  private constructor(port: number, folder: string) {
    this.port = port
    this.folder = folder
  }

  /** Starts it on a new folder. */
  static async start(): Promise<LastingServer> {
    const folder = await mkdtemp(join(tmpdir(), 'chartroom-'))
    const server = new LastingServer(await freePort(), folder)
    await server.start()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** The life that runs. */
  get running(): RunningServer {
    if (this.#running === undefined) throw new Error('The server is not running.')
    return this.#running
  }

  /** Resolves when it takes requests: at once, or after the next start. */
  up(): Promise<void> {
    return this.#running !== undefined ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve))
  }

  async start(...args: string[]): Promise<void> {
    this.#running = await startServer('--port', String(this.port), '--data', this.folder, ...args)
    for (const go of this.#waiting.splice(0)) go()
  }

  /** Ends it by a signal; resolves with its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const { running } = this
    this.#running = undefined
    return running.stop(signal)
  }

  /** Ends it, starts it again, and resolves with the exit code of the life that ended. */
  async restart(signal: NodeJS.Signals, ...args: string[]): Promise<number | null> {
    const code = await this.end(signal)
    await this.start(...args)
    return code
  }

  /** Ends it for good, and its data with it. */
  async close(): Promise<void> {
    await this.#running?.stop('SIGKILL')
    await rm(this.folder, { recursive: true, force: true })
  }
}
