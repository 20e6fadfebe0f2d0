// Chartroom as it is started for people: the built server, with a data folder of its own on the disk.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encode, limits, subprotocol } from '@chartroom/shared'
import { type ServerProcess, type Start, startOfNode, startServerProcess } from './server-process.ts'
import type { Subject } from './subject.ts'

const main = fileURLToPath(new URL('../../../dist/server/main.js', import.meta.url))

/** The server that all this is about. */
export const chartroom: Subject = {
  name: 'chartroom',
  isNode: true,
  start: () => startChartroom(),
  viewer: (groups, asked) => ({
    path: '/ws',
    subprotocol,
    setup: [
      encode({ type: 'hello', id: 0 }),
      ...groups.map((group, at) => encode({ type: 'subscribe', id: at + 1, group, paceMs: paceOf(asked) })),
    ],
    counted: '{"type":"update"',
    greetings: groups.length,
    ping: { starts: '{"type":"ping"', answer: encode({ type: 'pong' }) },
  }),
}

/** How it is started. */
export interface ChartroomStart extends Pick<Start, 'onLine'> {
  /** Whether it reads this machine, for the group `host`. @default false: its own numbers stay out of the measure */
  readonly hasHost?: boolean
}

/** Starts it. */
export async function startChartroom({ onLine, hasHost = false }: ChartroomStart = {}): Promise<ServerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'chartroom-bench-'))
  const start = startOfNode(main, ['--port', '0', '--data', data, ...(hasHost ? [] : ['--no-host-source'])])
  const server = await startServerProcess(onLine === undefined ? start : { ...start, onLine })
  return {
    ...server,
    async stop() {
      const endMs = await server.stop()
      await rm(data, { recursive: true, force: true })
      return endMs
    },
  }
}

function paceOf(askedMs: number): (typeof limits.pacesMs)[number] {
  return limits.pacesMs.find((paceMs) => paceMs >= askedMs) ?? limits.defaultPaceMs
}
