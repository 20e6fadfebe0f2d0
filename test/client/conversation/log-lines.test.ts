import { type Annotation, Run } from '@chartroom/shared'
import { describe, expect, it } from 'vitest'
import { authorsOf, filtered, LogLines } from '../../../client/conversation/log-lines.ts'

function line(id: number, more: Partial<Annotation> = {}): Annotation {
  return { id, revision: id, time: id * 1_000, author: 'ci', text: `line ${id}`, kind: 'log', ...more }
}

function runOf(from: number, to: number, earlier = 0): Run {
  const run = new Run()
  run.clear(earlier)
  for (let id = from; id <= to; id++) run.put(line(id))
  return run
}

function open(run = runOf(1, 3)) {
  const lines = new LogLines()
  lines.take(run)
  return { run, lines, ids: () => lines.lines.map(({ id }) => id) }
}

/** How many are new, and whether there are more. */
function counted(lines: LogLines, words = '', author?: string): [number, boolean] {
  const { count, isCut } = lines.news({ words, author })
  return [count, isCut]
}

describe('the lines of the logs', () => {
  it('are those of the run while they are followed', () => {
    const { lines, ids } = open()
    lines.take(runOf(1, 5))
    expect([ids(), counted(lines)[0], lines.isHeld]).toEqual([[1, 2, 3, 4, 5], 0, false])
  })

  it('stand still while they are held, and what comes is counted', () => {
    const { lines, ids } = open()
    lines.hold()
    lines.take(runOf(1, 4))
    lines.take(runOf(1, 6))
    expect([ids(), ...counted(lines)]).toEqual([[1, 2, 3], 3, false])
    lines.goOn()
    expect([ids(), counted(lines)[0]]).toEqual([[1, 2, 3, 4, 5, 6], 0])
  })

  it('are counted by what their filter lets through', () => {
    const { run, lines } = open()
    lines.hold()
    for (const text of ['failed', 'done', 'failed again']) run.put(line(run.lastId + 1, { text }))
    run.put(line(run.lastId + 1, { text: 'failed', author: 'bob' }))
    lines.take(run)
    expect([counted(lines), counted(lines, 'FAILED'), counted(lines, 'failed', 'ci'), counted(lines, 'no')]).toEqual([
      [4, false],
      [3, false],
      [2, false],
      [0, false],
    ])
  })

  it('stand still also when the run begins anew behind them, and then more came than are counted', () => {
    const { lines, ids } = open()
    lines.hold()
    lines.take(runOf(201, 300, 201))
    expect([ids(), ...counted(lines), lines.earlier]).toEqual([[1, 2, 3], 100, true, 0])
    lines.goOn()
    expect([lines.lines.length, lines.earlier, counted(lines)[1]]).toEqual([100, 201, false])
  })

  it('do not count what was there before the group was known', () => {
    const lines = new LogLines()
    lines.hold()
    lines.take(runOf(1, 100))
    expect([counted(lines)[0], lines.isEmpty]).toEqual([0, false])
    lines.take(runOf(1, 102))
    expect(counted(lines)[0]).toBe(2)
  })

  it('are paged back where they begin, and are held for it', () => {
    const { lines, ids } = open(runOf(10, 12, 10))
    lines.extend({ annotations: [line(9), line(8)], before: 8, cursor: 'k:1' })
    expect([ids(), lines.earlier, lines.isHeld]).toEqual([[8, 9, 10, 11, 12], 8, true])
    lines.extend({ annotations: [line(7)], before: 0, cursor: 'k:1' })
    expect([ids().length, lines.earlier]).toEqual([6, 0])
  })

  it('are a thousand at most: those that go at the other end count as new again', () => {
    const { lines, ids } = open(runOf(1_001, 2_000, 1_001))
    const annotations = Array.from({ length: 100 }, (_, at) => line(1_000 - at))
    lines.extend({ annotations, before: 901, cursor: 'k:1' })
    expect([ids().length, ids()[0], ids().at(-1), counted(lines)[0]]).toEqual([1_000, 901, 1_900, 100])
  })

  it('are none in a group without logs', () => {
    expect(open(new Run()).lines.isEmpty).toBe(true)
  })
})

describe('a filter', () => {
  const lines = [
    line(1, { text: 'Build failed', author: 'ci' }),
    line(2, { text: 'build green', author: 'ci' }),
    line(3, { text: 'Disk full', author: 'host' }),
  ]
  const ids = (words: string, author?: string) => filtered(lines, { words, author }).map(({ id }) => id)

  it('lets through what has all its words, in any case', () => {
    expect(ids('BUILD')).toEqual([1, 2])
    expect(ids('  failed   build ')).toEqual([1])
    expect(ids('nothing')).toEqual([])
  })

  it('lets through what its author wrote', () => {
    expect(ids('', 'host')).toEqual([3])
    expect(ids('build', 'host')).toEqual([])
  })

  it('that asks for nothing lets everything through', () => {
    expect(filtered(lines, { words: ' ', author: undefined })).toBe(lines)
  })

  it('offers the authors there are, each once', () => {
    expect(authorsOf(lines)).toEqual(['ci', 'host'])
  })
})
