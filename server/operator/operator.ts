// Owns the socket on which whoever runs the server speaks with it: it lies in the data folder, and its owner alone may
// open it. What is asked is done by the engine.

import { once } from 'node:events'
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { canonicalGroupName } from '@chartroom/shared'
import type { Log } from '../log.ts'
import { decodeRequest, type OperatorAnswer, type OperatorRequest } from './envelopes.ts'

/** What can be asked of the engine. Each may reject with what the disk says. */
export interface Operated {
  /** The file stays as it is until `releaseCheckpoints`. */
  holdCheckpoints(): Promise<void>
  releaseCheckpoints(): Promise<void>
  /** Deletes a group; false when nobody wrote to it. */
  remove(group: string): Promise<boolean>
}

/** An open operator's socket. */
export interface Operator {
  /** Ends the socket and what runs on it; the file that was held is let go. */
  close(): Promise<void>
}

// The path of a unix socket has 108 bytes with the zero at its end (unix(7)); a named pipe has no such end.
const maxPathBytes = 107

/** Opens the socket. Where it cannot be made the server runs on without one, and the log says so. */
export async function createOperator(address: string, operated: Operated, log: Log): Promise<Operator> {
  const talks = new Set<Talk>()
  const backups = { isRunning: false }
  const server = createServer((socket) => {
    const talk = new Talk(socket, operated, backups, log)
    talks.add(talk)
    void talk.run().finally(() => talks.delete(talk))
  })
  try {
    await listen(server, address)
  } catch (error) {
    log.warn('operator_unreachable', { address, error })
    server.close()
  }
  return {
    async close() {
      server.close()
      await Promise.all([...talks].map((talk) => talk.close()))
    },
  }
}

async function listen(server: Server, address: string): Promise<void> {
  const isPipe = address.startsWith('\\\\.\\pipe\\')
  if (!isPipe) {
    // libuv would cut the path short, and listen elsewhere.
    if (Buffer.byteLength(address) > maxPathBytes) throw new Error(`a unix socket's path has ${maxPathBytes} bytes`)
    // Who has the data has its folder: a socket that lies there is of a server that was killed.
    rmSync(address, { force: true })
  }
  server.listen(address)
  await once(server, 'listening')
  if (!isPipe) chmodSync(address, 0o600)
}

/** One command that is connected. */
class Talk {
  readonly #socket: Socket
  readonly #operated: Operated
  /** Of all who are connected: one copies at a time. */
  readonly #backups: { isRunning: boolean }
  readonly #log: Log
  #isHolding = false
  #ended: Promise<void> = Promise.resolve()

  constructor(socket: Socket, operated: Operated, backups: { isRunning: boolean }, log: Log) {
    this.#socket = socket
    this.#operated = operated
    this.#backups = backups
    this.#log = log
  }

  run(): Promise<void> {
    this.#ended = this.#serve()
    return this.#ended
  }

  async close(): Promise<void> {
    this.#socket.destroy()
    await this.#ended
  }

  async #serve(): Promise<void> {
    const lines = createInterface({ input: this.#socket })
    // A command that was killed ends without an end.
    this.#socket.on('error', () => lines.close())
    this.#socket.on('close', () => lines.close())
    for await (const line of lines) this.#say(await this.#answer(decodeRequest(line)))
    if (this.#isHolding) await this.#tried('release', () => this.#release())
    this.#socket.destroy()
  }

  #say(answer: OperatorAnswer): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(answer)}\n`)
  }

  async #answer(request: OperatorRequest | undefined): Promise<OperatorAnswer> {
    switch (request?.type) {
      case 'backup':
        return this.#tried('backup', () => this.#hold())
      case 'copied':
        return this.#tried('copied', () => this.#release())
      case 'delete':
        return this.#tried('delete', () => this.#delete(request.group))
      case undefined:
        return refused('This server does not know that request: use the command of its own version.')
      default:
        return request satisfies never
    }
  }

  // The engine's own words: only the owner of the data hears them.
  async #tried(what: string, act: () => Promise<OperatorAnswer>): Promise<OperatorAnswer> {
    try {
      return await act()
    } catch (error) {
      this.#log.error('operator_failed', { what, error })
      return refused(error instanceof Error ? error.message : String(error))
    }
  }

  async #hold(): Promise<OperatorAnswer> {
    if (this.#backups.isRunning) return refused('Another backup is running: wait until it has ended.')
    this.#backups.isRunning = true
    this.#isHolding = true
    this.#log.info('backup_started')
    await this.#operated.holdCheckpoints()
    return { type: 'held' }
  }

  async #release(): Promise<OperatorAnswer> {
    if (!this.#isHolding) return refused('No backup was asked for.')
    this.#isHolding = false
    this.#backups.isRunning = false
    await this.#operated.releaseCheckpoints()
    this.#log.info('backup_ended')
    return { type: 'done' }
  }

  async #delete(asked: string): Promise<OperatorAnswer> {
    const name = canonicalGroupName(asked)
    if (!name.ok) return refused(name.refusal.message)
    if (!(await this.#operated.remove(name.value))) return refused(`Nobody wrote to the group ${name.value}.`)
    this.#log.info('group_deleted', { group: name.value })
    return { type: 'done' }
  }
}

function refused(message: string): OperatorAnswer {
  return { type: 'refused', message }
}
