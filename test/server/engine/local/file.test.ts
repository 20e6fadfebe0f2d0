import { join } from 'node:path'
import { limits, seriesKey } from '@chartroom/shared'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { GroupFile } from '../../../../server/engine/local/file.ts'
import { storeErrorOf } from '../../../../server/engine/local/store-error.ts'
import type { GroupWrite } from '../../../../server/engine/local/stored.ts'
import {
  annotationOf,
  headAt,
  idOf,
  openInMemory,
  said,
  seriesOf,
  start,
  testFolder,
  usualKeep,
} from '../../../support/group-file.ts'
import { columnsOf } from '../../../support/history-file.ts'

const textsOf = (annotations: readonly { readonly text: string }[]) => annotations.map(({ text }) => text)
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, at) => from + at)

describe('a group', () => {
  it('that nobody wrote to is not there', () => {
    const { file } = openInMemory()
    expect(file.load('ops')).toBeUndefined()
    expect(file.annotation('ops', 1)).toBeUndefined()
    expect(file.page('ops', 'talk', 0, 10)).toEqual({ annotations: [], before: 0 })
    expect(file.search('ops', [['a']], 0, 10)).toEqual({ annotations: [], before: 0 })
    expect(file.groups()).toEqual([])
  })

  it('comes back as it was written', () => {
    const { file } = openInMemory()
    const labels = { item: 'Shirts', 店: '上海' }
    const shirts = {
      ...seriesOf(2, 'orders'),
      key: seriesKey('orders', labels),
      definition: { n: 2, metric: 'orders', labels },
    }
    const board = {
      charts: [{ id: 'a', metrics: ['cpu'], kind: 'line' as const, title: 'CPU', revision: 5, author: 'Ana' }],
    }
    const head = headAt(7, { floor: 2, nextNumber: 4, lastId: idOf(6), board, boardAt: 5 })
    const write = {
      group: 'ops',
      head,
      series: [shirts, seriesOf(1, 'cpu', { value: null })],
      removals: [[3, 4]] as const,
      annotations: [annotationOf(5, 'A "quoted" \u0000 text\ud800'), annotationOf(6, 'log', { kind: 'log' })],
      keys: [
        { key: 'p k\u0001', annotation: idOf(5), at: start },
        { key: 'p l', at: start + 1 },
      ],
      holders: [{ canonical: 'ann', person: 'p', usedAt: start, name: 'Ann', asked: 'ann' }],
      samples: columnsOf([
        { key: 'cpu', time: start, value: 1.5 },
        { key: shirts.key, time: start, value: null },
      ]),
    } satisfies GroupWrite
    file.write([write])
    expect(file.load('ops')).toEqual({
      head,
      series: [write.series[1], write.series[0]],
      removals: write.removals,
      changed: [[idOf(5), 5]],
      aside: [],
      talk: [write.annotations[0]],
      talkEarlier: 0,
      logs: [write.annotations[1]],
      logsEarlier: 0,
      keys: write.keys,
      holders: write.holders,
      samples: write.samples,
    })
  })

  it('takes what is new or changed, and lets go of what is gone', () => {
    const { file } = openInMemory()
    const bob = { canonical: 'bob', person: 'q', usedAt: start, name: 'Bob', asked: 'bob' }
    file.write([{ group: 'ops', head: headAt(2), series: [seriesOf(1, 'cpu'), seriesOf(2, 'memory')], holders: [bob] }])
    const cpu = seriesOf(1, 'cpu', { value: 9, valueAt: 3 })
    const write = { series: [cpu], removedKeys: ['memory'], lostHolders: [{ canonical: 'bob', person: 'q' }] }
    file.write([{ group: 'ops', head: headAt(3), ...write }])
    expect(file.load('ops')).toMatchObject({ head: { revision: 3 }, series: [cpu], holders: [] })
  })

  it('remembers the newest 1,000 removals', () => {
    const { file } = openInMemory()
    const removals = numbers(limits.rememberedChanges + 5).map((n) => [n, n] as const)
    file.write([{ group: 'ops', head: headAt(2_000), removals }])
    expect(file.load('ops')?.removals).toEqual(removals.slice(5))
  })

  it('is one of those in the list, with its series and what people said', () => {
    const { file } = openInMemory()
    const annotations = [annotationOf(1, 'a'), annotationOf(2, 'b', { kind: 'log' })]
    file.write([{ group: 'ops', head: headAt(2), series: [seriesOf(1, 'cpu')], annotations }])
    file.write([said('ops', annotationOf(1, 'a again', { revision: 3 }))])
    expect(file.groups()).toEqual([
      { group: 'ops', life: 1, epoch: 'k3f9', revision: 3, time: start + 3, series: 1, annotations: 1 },
    ])
  })
})

describe('the runs of annotations', () => {
  it('[P1] are paged apart, newest first, each page with the id before which the next begins', () => {
    const { file } = openInMemory()
    const kinds = numbers(9).map((n) => annotationOf(n, `${n}`, n % 3 === 0 ? { kind: 'log' } : {}))
    file.write([said('ops', ...kinds)])
    const first = file.page('ops', 'talk', 0, 4)
    expect([textsOf(first.annotations), first.before]).toEqual([['8', '7', '5', '4'], idOf(4)])
    const second = file.page('ops', 'talk', first.before, 4)
    expect([textsOf(second.annotations), second.before]).toEqual([['2', '1'], 0])
    expect(textsOf(file.page('ops', 'logs', 0, 4).annotations)).toEqual(['9', '6', '3'])
  })

  it('are loaded with their newest 1,000, and with what changed of those before', () => {
    const { file } = openInMemory()
    file.write([said('ops', ...numbers(1_002).map((n) => annotationOf(n, `${n}`)))])
    file.write([said('ops', annotationOf(1, 'better', { revision: 1_003 }))])
    const loaded = file.load('ops')
    expect(loaded?.talk).toHaveLength(1_000)
    expect([loaded?.talk[0]?.id, loaded?.talkEarlier]).toEqual([idOf(3), idOf(3)])
    expect(textsOf(loaded?.aside ?? [])).toEqual(['better'])
    expect(loaded?.changed).toHaveLength(limits.rememberedChanges)
    expect(loaded?.changed.at(-1)).toEqual([idOf(1), 1_003])
  })

  it('count a log among the changed ones when it was edited', () => {
    const { file } = openInMemory()
    file.write([said('ops', annotationOf(1, 'a', { kind: 'log' }), annotationOf(2, 'b', { kind: 'log' }))])
    expect(file.load('ops')?.changed).toEqual([])
    file.write([said('ops', annotationOf(1, 'c', { kind: 'log', revision: 3 }))])
    expect(file.load('ops')?.changed).toEqual([[idOf(1), 3]])
  })

  it('tell of two groups the same id apart', () => {
    const { file } = openInMemory()
    file.write([said('ops', annotationOf(1, 'ours')), said('dev', annotationOf(1, 'theirs'))])
    expect(file.annotation('ops', idOf(1))?.text).toBe('ours')
    expect(file.annotation('dev', idOf(1))?.text).toBe('theirs')
  })
})

describe('a search', () => {
  const spoken = [
    'Deploy of the Café site',
    'the site is down',
    '数据库连接失败',
    '据数',
    'deployment undone',
    '𰀀𰀁 ok',
  ]
  function find(query: string[][], before = 0, limit = 10) {
    const { file } = openInMemory()
    file.write([said('dev', annotationOf(1, 'site of another group'))])
    file.write([said('ops', ...spoken.map((text, at) => annotationOf(at + 1, text, at === 1 ? { kind: 'log' } : {})))])
    const { annotations, before: next } = file.search('ops', query, before, limit)
    return { texts: textsOf(annotations), next }
  }

  it('finds every word, by its beginning, newest first, in both runs of the group', () => {
    expect(find([['site']]).texts).toEqual(['the site is down', 'Deploy of the Café site'])
    expect(find([['dep']]).texts).toEqual(['deployment undone', 'Deploy of the Café site'])
    expect(find([['sit'], ['cafe']]).texts).toEqual(['Deploy of the Café site'])
    expect(find([['site'], ['undone']]).texts).toEqual([])
    expect(find([['ite']]).texts).toEqual([])
  })

  it('finds Chinese characters where they follow one another, also those that Unicode got lately', () => {
    expect(find([['数', '据']]).texts).toEqual(['数据库连接失败'])
    expect(find([['连', '接']]).texts).toEqual(['数据库连接失败'])
    expect(find([['𰀁']]).texts).toEqual(['𰀀𰀁 ok'])
    expect(find([['𰀁', '𰀀']]).texts).toEqual([])
  })

  it('goes on before an id', () => {
    expect(find([['site']], 0, 1)).toEqual({ texts: ['the site is down'], next: idOf(2) })
    expect(find([['site']], idOf(2), 1)).toEqual({ texts: ['Deploy of the Café site'], next: 0 })
    expect(find([['site']], idOf(1), 1)).toEqual({ texts: [], next: 0 })
  })

  it('of no words finds nothing', () => {
    expect(find([])).toEqual({ texts: [], next: 0 })
  })

  it('finds a revised text by its new words only, and a retracted one no more', () => {
    const { file } = openInMemory()
    const found = (word: string) => textsOf(file.search('ops', [[word]], 0, 10).annotations)
    file.write([said('ops', annotationOf(1, 'alpha beta'), annotationOf(2, 'alpha'))])
    file.write([said('ops', annotationOf(1, 'gamma beta and more', { revision: 3 }))])
    expect([found('alpha'), found('gamma')]).toEqual([['alpha'], ['gamma beta and more']])
    file.write([said('ops', annotationOf(1, 'delta', { revision: 4 }))])
    expect([found('gamma'), found('delta')]).toEqual([[], ['delta']])
    file.write([said('ops', annotationOf(1, '', { revision: 5, retracted: true }))])
    expect(found('delta')).toEqual([])
    expect(file.annotation('ops', idOf(1))).toEqual(annotationOf(1, '', { revision: 5, retracted: true }))
  })

  it('still finds what was reacted to', () => {
    const { file } = openInMemory()
    file.write([said('ops', annotationOf(1, 'alpha'))])
    const reacted = annotationOf(1, 'alpha', { revision: 2, reactions: { '👍': ['bob'] } })
    file.write([said('ops', reacted)])
    expect(file.search('ops', [['alpha']], 0, 10).annotations).toEqual([reacted])
  })
})

describe('a key', () => {
  it('lives as long as its annotation, others 24 hours', () => {
    const { file } = openInMemory()
    const keys = [
      { key: 'p a', annotation: idOf(1), at: start },
      { key: 'p b', at: start },
      { key: 'p c', at: start + 1 },
    ]
    file.write([{ ...said('ops', annotationOf(1, 'a')), keys }])
    trimAll(file, start + limits.keyMs)
    expect(keys.map(({ key }) => file.key('ops', key))).toEqual([keys[0], undefined, keys[2]])
    expect(file.key('dev', 'p a')).toBeUndefined()
  })
})

describe('retention', () => {
  it('keeps the newest logs of each group, their words and their keys, and all of the talk', () => {
    const { file } = openInMemory({ logs: 3 })
    const logs = numbers(2_000).map((n) => annotationOf(n, `log w${n}`, { kind: 'log' }))
    const keys = [{ key: 'p 1', annotation: idOf(1), at: start }]
    file.write([{ ...said('ops', ...logs, annotationOf(2_001, 'talk')), keys }, said('dev', ...logs.slice(0, 3))])
    expect(file.trim(start)).toBe(true)
    expect(file.page('ops', 'logs', 0, 2_000).annotations.length).toBeGreaterThan(3)
    trimAll(file, start)
    expect(textsOf(file.page('ops', 'logs', 0, 10).annotations)).toEqual(['log w2000', 'log w1999', 'log w1998'])
    expect(textsOf(file.search('ops', [['log']], 0, 10).annotations)).toHaveLength(3)
    expect(file.search('ops', [['w7']], 0, 10).annotations).toEqual([])
    expect(file.key('ops', 'p 1')).toBeUndefined()
    expect(textsOf(file.page('ops', 'talk', 0, 10).annotations)).toEqual(['talk'])
    expect(file.page('dev', 'logs', 0, 10).annotations).toHaveLength(3)
  })

  it('of no logs keeps none', () => {
    const { file } = openInMemory({ logs: 0 })
    file.write([said('ops', annotationOf(1, 'log', { kind: 'log' }))])
    trimAll(file, start)
    expect(file.page('ops', 'logs', 0, 10).annotations).toEqual([])
  })
})

describe('a deleted group', () => {
  it('is gone at once, its rows go in steps, and nothing of it is in the next of its name', () => {
    const { db, file } = openInMemory()
    const annotations = numbers(1_200).map((n) => annotationOf(n, `word w${n}`))
    file.write([
      {
        ...said('ops', ...annotations),
        series: [seriesOf(1, 'cpu')],
        keys: [{ key: 'p k', at: start }],
        holders: [{ canonical: 'ann', person: 'p', usedAt: start, name: 'Ann', asked: 'ann' }],
        samples: columnsOf([{ key: 'cpu', time: start, value: 1 }]),
      },
      said('dev', annotationOf(1, 'word')),
    ])
    file.remove('ops')
    expect([file.load('ops'), file.groups().map(({ group }) => group)]).toEqual([undefined, ['dev']])
    file.write([said('ops', annotationOf(2_000, 'new'))])
    expect(file.load('ops')).toMatchObject({ series: [], keys: [], holders: [], samples: { keys: [] } })
    expect(file.search('ops', [['word']], 0, 10).annotations).toEqual([])
    trimAll(file, start)
    const left = db.prepare('SELECT count(*) AS left FROM annotations').get([])
    expect(left).toMatchObject({ left: 2 })
    expect(textsOf(file.search('dev', [['word']], 0, 10).annotations)).toEqual(['word'])
  })

  it('that nobody wrote to is no error', () => {
    const { file } = openInMemory()
    expect(() => file.remove('ops')).not.toThrow()
  })
})

describe('a write that fails', () => {
  async function openOnDisk() {
    const db = new Database(join(await testFolder(), 'chartroom.db'))
    onTestFinished(() => void db.close())
    db.exec('PRAGMA journal_mode = WAL')
    const file = new GroupFile(db, usualKeep, false)
    file.write([said('ops', annotationOf(1, 'first'))])
    return { db, file }
  }
  function problemOf(act: () => void): string {
    try {
      act()
      return 'none'
    } catch (error) {
      return storeErrorOf(error).problem
    }
  }
  const long = () => numbers(500, 2).map((n) => annotationOf(n, 'long '.repeat(100)))

  it('for want of room wrote nothing, and leaves the file usable', async () => {
    const { db, file } = await openOnDisk()
    const pages = Object.values(db.prepare('PRAGMA page_count').get([]) ?? {})[0]
    db.exec(`PRAGMA max_page_count = ${Number(pages) + 20}`)
    expect(problemOf(() => file.write([said('dev', annotationOf(1, 'dev')), said('ops', ...long())]))).toBe('full')
    expect(file.groups().map(({ group, revision }) => [group, revision])).toEqual([['ops', 1]])
    expect(file.page('ops', 'talk', 0, 10).annotations).toHaveLength(1)
    db.exec('PRAGMA max_page_count = 1000000')
    file.write([said('ops', ...long())])
    expect(file.search('ops', [['long']], 0, 1_000).annotations).toHaveLength(500)
  })

  it('because the file may not be written wrote nothing, and can be done later', async () => {
    const { db, file } = await openOnDisk()
    db.exec('PRAGMA query_only = ON')
    expect(problemOf(() => file.write([said('ops', annotationOf(2, 'second'))]))).toBe('read_only')
    expect(file.page('ops', 'talk', 0, 10).annotations).toHaveLength(1)
    db.exec('PRAGMA query_only = OFF')
    file.write([said('ops', annotationOf(2, 'second'))])
    expect(textsOf(file.page('ops', 'talk', 0, 10).annotations)).toEqual(['second', 'first'])
  })
})

/** Does all the upkeep that is due at a time. */
function trimAll(file: GroupFile, now: number): void {
  while (file.trim(now)) {}
}
