// The command line `chartroom`, as the shell runs it: the built command in a process of its own.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../dist/server/commands/chartroom.js', import.meta.url))

/** How a command ended, and what it said. */
export interface Ran {
  readonly code: number | null
  readonly said: string
  readonly noted: string
}

/** Runs a command until it has ended; nobody is at its terminal. */
export async function runCommand(...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const exit = once(child, 'exit')
  const [said, noted] = await Promise.all([text(child.stdout), text(child.stderr)])
  await exit
  return { code: child.exitCode, said, noted }
}
