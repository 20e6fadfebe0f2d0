// Owns a command's side of the operator's socket: it asks, and waits for the answer.

import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { decodeAnswer, type OperatorAnswer, type OperatorRequest } from '../operator/envelopes.ts'
import { CommandError } from './command.ts'

/** A connection to a server that runs. */
export interface OperatorLink {
  /** Is aborted when the server is gone. */
  readonly lost: AbortSignal
  /** Resolves when it is done; rejects with a CommandError that holds the server's words. */
  ask(request: OperatorRequest): Promise<void>
  close(): void
}

const nobodyThere = new Set(['ENOENT', 'ECONNREFUSED', 'ENAMETOOLONG', 'EINVAL', 'ENOTSOCK'])

/** Connects to the server of an address; undefined when none answers there. */
export async function openOperatorLink(address: string): Promise<OperatorLink | undefined> {
  const socket = connect(address)
  try {
    await once(socket, 'connect')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (nobodyThere.has(code)) return undefined
    throw new CommandError(`The server of ${address} cannot be asked (${code}): are you the user that runs it?`, 1, {
      cause: error,
    })
  }
  return linkOn(socket)
}

function linkOn(socket: Socket): OperatorLink {
  const lost = new AbortController()
  const lines = createInterface({ input: socket })
  socket.on('error', () => socket.destroy())
  socket.on('close', () => {
    lost.abort(new CommandError('The server has ended, so it is not done.'))
    lines.close()
  })
  return {
    lost: lost.signal,
    async ask(request) {
      const answered = once(lines, 'line', { signal: lost.signal })
      socket.write(`${JSON.stringify(request)}\n`)
      const answer = await answered.then(([line]) => decodeAnswer(String(line))).catch(() => undefined)
      lost.signal.throwIfAborted()
      if (answer?.type === 'refused') throw new CommandError(answer.message)
      if (answer === undefined) throw new CommandError('The server gave an answer that this command does not know.')
      answer satisfies Exclude<OperatorAnswer, { type: 'refused' }>
    },
    close: () => socket.destroy(),
  }
}
