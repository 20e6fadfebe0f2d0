// Long polls that wait at a server, held by a process of their own: who measures something else meanwhile is not busy.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('polls.mjs', import.meta.url))

/** Polls that wait until they are closed. */
export interface Polls {
  /** How many answers came since it was last asked. */
  takeAnswers(): Promise<number>
  close(): Promise<void>
}

/** Opens so many polls of a group; resolves when all of them wait. */
export async function openPolls(port: number, count: number, group: string): Promise<Polls> {
  const args = [main, String(port), String(count), group]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const kill = () => void child.kill('SIGKILL')
  process.on('exit', kill)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  async function nextLine(): Promise<string> {
    const { done, value } = await lines.next()
    if (done) throw new Error('The polls went away: the lines above say why.')
    return value
  }
  await nextLine()
  return {
    async takeAnswers() {
      child.stdin.write('\n')
      return Number(/\d+/.exec(await nextLine()))
    },
    async close() {
      process.off('exit', kill)
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}
