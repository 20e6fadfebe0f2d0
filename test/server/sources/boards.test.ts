import { mkdir, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BoardDraft } from '@chartroom/shared'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Engine } from '../../../server/engine/engine.ts'
import { createMemoryEngine } from '../../../server/engine/memory.ts'
import { whyNoFolder } from '../../../server/sources/board-file.ts'
import { type BoardsSource, createBoardsSource } from '../../../server/sources/boards.ts'
import { createFakeLog } from '../../support/fake-log.ts'

const now = 1_795_178_659_000
const cpu: BoardDraft = { charts: [{ id: 'cpu', metrics: ['cpu'], kind: 'line' }] }
const ram: BoardDraft = { charts: [{ id: 'ram', metrics: ['ram'], target: 3 }], others: 'hidden' }

let folder: string
let engine: Engine
let log: ReturnType<typeof createFakeLog>
let source: BoardsSource
/** What was told to run later, and when, ms. */
let timers: { readonly run: () => void; readonly ms: number }[]
let change: () => void
let isWatched: boolean

function createSource(): BoardsSource {
  return createBoardsSource({
    folder,
    engine,
    log,
    setTimer: (run, ms) => {
      const timer = { run, ms }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    watchFolder: (_folder, onChange) => {
      isWatched = true
      change = onChange
      return () => {
        isWatched = false
      }
    },
  })
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-boards-'))
  engine = createMemoryEngine({ now: () => now, random: () => 0.5 })
  log = createFakeLog()
  timers = []
  change = () => {}
  isWatched = false
  source = createSource()
})
afterEach(async () => {
  await source.close()
  await rm(folder, { recursive: true, force: true })
})

const write = (name: string, board: unknown) =>
  writeFile(join(folder, name), typeof board === 'string' ? board : JSON.stringify(board))

async function boardOf(group = 'ops') {
  const followed = await engine.open(group)
  const { board, boardAt } = followed.state
  followed.close()
  return { boardAt, charts: board?.charts.map(({ id, author }) => `${id} by ${author}`) }
}

async function arrange(board: BoardDraft | null): Promise<void> {
  const edits = [{ type: 'replace', board } as const]
  expect((await engine.append({ group: 'ops', change: { type: 'arrange', edits, name: 'Ana' } })).ok).toBe(true)
}

/** Runs what is due within so many ms. */
async function pass(ms: number): Promise<void> {
  const due = timers.filter((timer) => timer.ms <= ms)
  timers = timers.filter((timer) => timer.ms > ms)
  for (const { run } of due) run()
  await source.look()
}

const told = (event: string) => log.lines.filter((line) => line.event === event)

describe('[Z13] the boards of a folder', () => {
  it('are put, each for the group that its file is called as', async () => {
    await write('ops.json', cpu)
    await write('Büro.json', ram)
    await source.look()
    expect(await boardOf()).toEqual({ boardAt: 1, charts: ['cpu by boards'] })
    expect(await boardOf('büro')).toEqual({ boardAt: 1, charts: ['ram by boards'] })
    expect(told('board_put').map(({ file }) => file)).toEqual([join(folder, 'Büro.json'), join(folder, 'ops.json')])
  })

  it('are put again when they say something else, and not when they say it otherwise', async () => {
    await write('ops.json', cpu)
    await source.look()
    await write('ops.json', JSON.stringify(cpu, undefined, 4))
    await source.look()
    expect(await boardOf()).toMatchObject({ boardAt: 1 })
    await write('ops.json', ram)
    await source.look()
    expect(await boardOf()).toEqual({ boardAt: 2, charts: ['ram by boards'] })
    expect(told('board_put')).toHaveLength(2)
  })

  it('leave what people arrange upon them, also over a restart, until they say something else', async () => {
    await write('ops.json', cpu)
    await source.look()
    await arrange({ charts: [...cpu.charts, { id: 'x', metrics: ['x'] }] })
    await source.look()
    await createSource().look()
    expect(await boardOf()).toEqual({ boardAt: 2, charts: ['cpu by boards', 'x by Ana'] })
    await write('ops.json', ram)
    await createSource().look()
    expect(await boardOf()).toEqual({ boardAt: 3, charts: ['ram by boards'] })
  })

  it('come back at the next start where somebody gave the board back to the derivation', async () => {
    await write('ops.json', cpu)
    await source.look()
    await arrange(null)
    await source.look()
    expect(await boardOf()).toEqual({ boardAt: 2, charts: undefined })
    await createSource().look()
    expect(await boardOf()).toEqual({ boardAt: 3, charts: ['cpu by boards'] })
  })

  it('stay as they are when a file goes, and are not put again when it comes back the same', async () => {
    await write('ops.json', cpu)
    await source.look()
    await rename(join(folder, 'ops.json'), join(folder, 'ops.json~'))
    await source.look()
    await rename(join(folder, 'ops.json~'), join(folder, 'ops.json'))
    await source.look()
    expect(await boardOf()).toEqual({ boardAt: 1, charts: ['cpu by boards'] })
  })

  it('are those of files that end in .json, and neither hidden ones nor folders', async () => {
    await write('.ops.json', cpu)
    await write('ops.json.bak', cpu)
    await mkdir(join(folder, 'sub.json'))
    await source.look()
    expect([await engine.groups(), log.lines]).toEqual([[], []])
  })
})

describe('[Z13] a file larger than memory', () => {
  it('is refused by its size, unread', async () => {
    await writeFile(join(folder, 'ops.json'), '')
    await truncate(join(folder, 'ops.json'), 5_000_000_000)
    await source.look()
    expect(log.lines).toMatchObject([{ event: 'board_file_wrong', why: 'It is larger than 65536 bytes.' }])
  })
})

describe('[Z13] a file that is no board', () => {
  it.each([
    ['no JSON', 'ops.json', '{\n  "charts": [}\n}', '/charts/0 has an unexpected "}" at line 2, column 14'],
    ['a wrong shape', 'ops.json', { charts: [{ id: 'a', metrics: [], kind: 'donut' }] }, '/charts/0/metrics must'],
    ['no object', 'ops.json', [], 'must be an object'],
    ['a name that is no group', 'a b.json', cpu, "A group's name has"],
    ['too much', 'ops.json', ' '.repeat(70_000), 'larger than 65536 bytes'],
    ['more than a board holds', 'ops.json', manyCharts(), 'at most 32768 bytes'],
  ])('for %s is named with the place, once, and the last good one stays', async (_why, name, text, why) => {
    await write('ops.json', cpu)
    await source.look()
    await write(name, text)
    await source.look()
    await source.look()
    expect(told('board_file_wrong')).toEqual([
      expect.objectContaining({ level: 'error', file: join(folder, name), why: expect.stringContaining(why) }),
    ])
    expect(await boardOf()).toEqual({ boardAt: 1, charts: ['cpu by boards'] })
  })

  it('does not keep the others from being put, and is put when it is right', async () => {
    await write('a.json', '{')
    await write('ops.json', cpu)
    await source.look()
    expect((await boardOf()).boardAt).toBe(1)
    await write('a.json', ram)
    await source.look()
    expect((await boardOf('a')).charts).toEqual(['ram by boards'])
  })

  it('because another is of the same group is named, and put once that one is gone', async () => {
    await write('OPS.json', cpu)
    await write('ops.json', ram)
    await source.look()
    expect((await boardOf()).charts).toEqual(['cpu by boards'])
    expect(told('board_file_wrong')).toMatchObject([{ why: 'OPS.json is of the same group' }])
    await rm(join(folder, 'OPS.json'))
    await source.look()
    expect((await boardOf()).charts).toEqual(['ram by boards'])
  })

  it('for a field that is misspelt is put all the same, and the field is named', async () => {
    const [chart] = cpu.charts
    await write('ops.json', {
      $schema: 's',
      charts: [{ ...chart, revision: 3, author: 'Ana', tresholds: [] }],
      other: 1,
    })
    await source.look()
    await source.look()
    expect((await boardOf()).charts).toEqual(['cpu by boards'])
    expect(told('board_fields_unknown')).toMatchObject([
      { level: 'warn', file: join(folder, 'ops.json'), fields: ['/charts/0/tresholds', '/other'] },
    ])
  })

  it('because it cannot be stored now is tried again', async () => {
    const append = engine.append
    engine.append = async () => ({ ok: false, refusal: { code: 'storage', message: 'The disk is full.' } })
    await write('ops.json', cpu)
    await source.look()
    expect(told('board_file_wrong')).toMatchObject([{ why: 'The disk is full.' }])
    engine.append = append
    await source.look()
    expect((await boardOf()).charts).toEqual(['cpu by boards'])
  })
})

describe('the source of boards', () => {
  it('looks a moment after the last of several changes, once', async () => {
    source.start()
    await write('ops.json', '{')
    change()
    change()
    expect(timers.map(({ ms }) => ms)).toEqual([5_000, 150])
    await write('ops.json', cpu)
    await pass(150)
    expect((await boardOf()).charts).toEqual(['cpu by boards'])
    expect(told('board_file_wrong')).toEqual([])
  })

  it('looks every 5 s where nothing tells of changes', async () => {
    source.start()
    for (const board of [cpu, ram]) {
      await write('ops.json', board)
      await pass(5_000)
    }
    expect((await boardOf()).charts).toEqual(['ram by boards'])
  })

  it('tells once that the folder cannot be read any more, and goes on when it can', async () => {
    source.start()
    await rm(folder, { recursive: true })
    await source.look()
    await source.look()
    expect(told('boards_unreadable')).toMatchObject([{ level: 'error', folder }])
    await mkdir(folder)
    await write('ops.json', cpu)
    await source.look()
    expect((await boardOf()).charts).toEqual(['cpu by boards'])
  })

  it('watches and looks no more once it is closed', async () => {
    source.start()
    change()
    await source.close()
    await Promise.resolve()
    expect([timers, isWatched]).toEqual([[], false])
  })
})

describe('a folder of boards', () => {
  it('is refused when it is not there, or is no folder', async () => {
    await write('file', '')
    expect(whyNoFolder(folder)).toBeUndefined()
    expect(whyNoFolder(join(folder, 'nowhere'))).toBe('there is no such folder')
    expect(whyNoFolder(join(folder, 'file'))).toBe('it is no folder')
  })
})

function manyCharts(): BoardDraft {
  const charts = Array.from({ length: 150 }, (_, n) => ({ id: `${n}`, metrics: ['m'.repeat(200)] }))
  return { charts }
}
