import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createLocalEngine } from '../../../../server/engine/local/local.ts'
import { describeEngine } from '../../../contract/engine.ts'

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describeEngine('local', async (host) => {
  const folder = await mkdtemp(join(tmpdir(), 'chartroom-'))
  folders.push(folder)
  return createLocalEngine(
    {
      file: join(folder, 'chartroom.db'),
      newEpoch: false,
      keep: { rawMs: 900_000, tensMs: 86_400_000, minutesMs: 2_592_000_000, logs: 10_000 },
    },
    {
      ...host,
      elapsed: () => performance.now(),
      setTimer: (run, ms) => {
        const timer = setTimeout(run, ms)
        return () => clearTimeout(timer)
      },
      count: () => {},
      report: (stage, error) => {
        throw new Error(stage, { cause: error })
      },
    },
  )
})
