import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeValue, type History, history, type Sample } from '@chartroom/shared'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { greet } from '../support/wire-client.ts'

let server: RunningServer
let groups = 0
let group: string
/** A border of a minute, some minutes ago. */
let begin: number

/** Starts a server for all tests of a block, on its data. */
function serveFrom(data: string): void {
  beforeAll(async () => {
    server = await startServer('--data', data)
  })
  afterAll(() => server.stop())
}

const folder = mkdtempSync(join(tmpdir(), 'history-'))
afterAll(() => rmSync(folder, { recursive: true }))

beforeEach(() => {
  group = `h${++groups}`
  begin = Math.floor(Date.now() / 60_000 - 3) * 60_000
})

async function post(...samples: Sample[]): Promise<string> {
  const response = await fetch(`${server.url}/api/groups/${group}/metrics`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(samples),
  })
  const { epoch, revision } = JSON.parse(await response.text())
  return `${epoch}:${revision}`
}

const sample = (seconds: number, value: number | null, more: Partial<Sample> = {}): Sample => ({
  metric: 'orders',
  value,
  time: begin + seconds * 1_000,
  ...more,
})

const ask = (query: string, kind = 'history') => fetch(`${server.url}/api/groups/${group}/${kind}?${query}`)

async function read(query: string): Promise<History> {
  const response = await ask(query)
  expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache'])
  const decoded = decodeValue(history, JSON.parse(await response.text()))
  if (!decoded.ok) throw new Error(decoded.refusal.message)
  return decoded.value
}

const minutes = () => `from=${begin}&to=${begin + 120_000}`

describe.each([
  ['on disk', folder],
  ['in memory only', ':memory:'],
])('%s, GET history', (_, data) => {
  serveFrom(data)

  it('[Y3] [Y4] tells buckets of each series, what was shown at its cursor and what came late', async () => {
    const item = { labels: { item: 'Shirts' } }
    await post(sample(0, 5), sample(1, 9), sample(2, null, item))
    await post(sample(3, 7), sample(61, -4.5, item))
    const cursor = await post(sample(2, 1))
    const told = await read(`${minutes()}&buckets=2`)
    expect(told).toMatchObject({ group, from: begin, to: begin + 120_000, bucketMs: 60_000, cursor })
    expect(told.series).toEqual([
      { metric: 'orders', points: [[begin, 7, 1, 9, 5.5, 4]] },
      {
        metric: 'orders',
        labels: { item: 'Shirts' },
        points: [
          [begin, null, null, null, null, 0],
          [begin + 60_000, -4.5, -4.5, -4.5, -4.5, 1],
        ],
      },
    ])
  })

  it('[Y2] is as fine as is asked for, at fixed borders, and tells its own', async () => {
    await post(sample(0, 1), sample(7, 2), sample(64, 3))
    const told = await read(`from=${begin + 3_000}&to=${begin + 61_000}&buckets=6`)
    expect(told).toMatchObject({ bucketMs: 10_000, from: begin, to: begin + 70_000 })
    expect(told.series[0]?.points.map(([time, last]) => [time - begin, last])).toEqual([
      [0, 2],
      [60_000, 3],
    ])
    expect((await read(minutes())).bucketMs).toBe(1_000)
  })

  it('[Y1] is of one metric, of the last 15 minutes unless it is asked for otherwise', async () => {
    await post(sample(0, 1), sample(0, 2, { metric: 'cpu' }))
    expect((await read('')).series.map(({ metric }) => metric)).toEqual(['cpu', 'orders'])
    const one = await read('metric=cpu')
    expect([one.metric, one.series.length, one.bucketMs]).toEqual(['cpu', 1, 5_000])
    expect((await read('metric=cpu&to=-10m')).series).toEqual([])
    expect((await read('to=-1h')).series).toEqual([])
    const iso = await read(`from=${new Date(begin).toISOString()}&to=${new Date(begin + 1_000).toISOString()}`)
    expect([iso.from, iso.series.length]).toEqual([begin, 2])
  })

  it('[Y1] [G4] of what is not there has no series, and makes nothing', async () => {
    expect(await read('metric=none')).toMatchObject({ series: [], cursor: '0:0' })
    const list = await (await fetch(`${server.url}/api/groups`)).text()
    expect(list).not.toContain(`"${group}"`)
  })

  it('[Y5] has wider buckets when there are many series', async () => {
    await post(...Array.from({ length: 1_000 }, (_, at) => sample(at % 100, at, { metric: `m${at}` })))
    const told = await read(minutes())
    expect([told.bucketMs, told.series.length]).toEqual([5_000, 1_000])
    expect((await read(`${minutes()}&metric=m7`)).bucketMs).toBe(1_000)
  })

  it.each([
    ['from=yesterday', '/from'],
    ['to=2026-11-21T04:00', '/to'],
    ['from=-1h&to=-2h', '/from'],
    ['buckets=0', '/buckets'],
    ['buckets=1001', '/buckets'],
    ['metric=', '/metric'],
  ])('[Y1] [X2] refuses %s', async (query, pointer) => {
    for (const kind of ['history', 'history.csv']) {
      const response = await ask(query, kind)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      const { status, code, faults } = JSON.parse(await response.text())
      expect([status, code, faults[0].pointer]).toEqual([400, 'malformed', pointer])
    }
  })

  it('[X3] refuses another method', async () => {
    for (const kind of ['history', 'history.csv']) {
      const response = await fetch(`${server.url}/api/groups/${group}/${kind}`, { method: 'POST' })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
    }
  })
})

describe.each([
  ['on disk', folder],
  ['in memory only', ':memory:'],
])('%s, GET history.csv', (_, data) => {
  serveFrom(data)

  it('[Y7] tells the same as lines, as finely as is kept, under a name of the group', async () => {
    group = `销售${groups}`
    await post(sample(0, 5), sample(1, null), sample(0, 2.5, { metric: '=cmd', labels: { item: 'a "b"' } }))
    const response = await ask(minutes(), 'history.csv')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
    const name = encodeURIComponent(`${group}-history.csv`)
    const disposition = `attachment; filename="history.csv"; filename*=UTF-8''${name}`
    expect(response.headers.get('content-disposition')).toBe(disposition)
    const at = (seconds: number) => new Date(begin + seconds * 1_000).toISOString()
    expect(await response.text()).toBe(
      [
        'time,metric,category,labels,last,least,greatest,mean,count',
        `${at(0)},'=cmd,"a ""b""","{""item"":""a \\""b\\""""}",2.5,2.5,2.5,2.5,1`,
        `${at(0)},orders,,,5,5,5,5,1`,
        `${at(1)},orders,,,,,,,0`,
        '',
      ].join('\r\n'),
    )
  })

  it('[Y7] has as many lines as there are buckets', async () => {
    for (let batch = 0; batch < 4; batch++) {
      await post(
        ...Array.from({ length: 5_000 }, (_, at) =>
          sample(at % 100, at, { metric: `m${batch}`, labels: { item: `${Math.floor(at / 100)}` } }),
        ),
      )
    }
    const lines = (await (await ask(minutes(), 'history.csv')).text()).split('\r\n')
    expect(lines).toHaveLength(20_002)
    expect(new Set(lines).size).toBe(20_002)
    const coarse = (await (await ask(`${minutes()}&buckets=2&metric=m1`, 'history.csv')).text()).split('\r\n')
    expect(coarse).toHaveLength(102)
  })
})

describe('a history on disk', () => {
  it.each(['SIGTERM', 'SIGKILL'] as const)('is there after %s, as it was told before', async (signal) => {
    server = await startServer('--data', folder)
    await post(sample(0, 1), sample(5, 2), sample(65, 3))
    // What was told is on the disk.
    const before = await read(`${minutes()}&buckets=2`)
    await server.stop(signal)
    server = await startServer('--data', folder)
    const after = await read(`${minutes()}&buckets=2`)
    await server.stop()
    expect(after.series).toEqual(before.series)
    expect(after.series[0]?.points).toHaveLength(2)
  })

  it('[S3] [U8] is in a window that reaches further back than memory', async () => {
    server = await startServer('--data', folder)
    const hoursAgo = -5 * 3_600
    await post(sample(hoursAgo, 1), sample(hoursAgo + 1, 8), sample(0, 3), sample(1, 2))
    await server.stop()
    server = await startServer('--data', folder)
    const client = await greet(`${server.url}/ws`, 'ana')
    client.send({ type: 'subscribe', id: 2, group, windowMs: 6 * 3_600_000 })
    const { window } = await client.next('update')
    client.close()
    await server.stop()
    expect(window?.bucketMs).toBe(120_000)
    const points = window?.series[0]?.[1] ?? []
    expect(points.filter((_, at) => at % 4 !== 0)).toEqual([8, 1, 8, 2, 2, 3])
  })
})
