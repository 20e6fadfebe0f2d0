import { type BoardEdit, boardDraft, decodeValue, limits } from '@chartroom/shared'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { WireClient } from '../support/wire-client.ts'

let server: RunningServer
let groups = 0
let group: string
const clients: WireClient[] = []

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())
beforeEach(() => {
  group = `b${++groups}`
})
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

const json = { 'Content-Type': 'application/json' }
const address = () => `${server.url}/api/groups/${group}/board`

async function ask(method: string, headers: Record<string, string> = {}, body?: unknown, query = '') {
  const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }
  const typed = body === undefined ? headers : { 'Content-Type': 'application/json', ...headers }
  const response = await fetch(`${address()}${query}`, { method, headers: typed, ...sent })
  const text = await response.text()
  const etag = response.headers.get('etag') ?? ''
  return { status: response.status, headers: response.headers, etag, body: text === '' ? undefined : JSON.parse(text) }
}

async function post(...metrics: string[]): Promise<void> {
  const body = JSON.stringify(Object.fromEntries(metrics.map((metric) => [metric, 1])))
  const answer = await fetch(`${server.url}/api/groups/${group}/metrics`, { method: 'POST', headers: json, body })
  expect(answer.status).toBe(200)
}

/** Somebody who said hello and follows the group. */
async function come(name: string, secret?: string): Promise<WireClient> {
  const client = await new WireClient(`${server.url}/ws/${group}`).opened()
  clients.push(client)
  client.send({ type: 'hello', id: 1, name, ...(secret === undefined ? {} : { secret }) })
  client.send({ type: 'subscribe', id: 2, paceMs: 100 })
  await client.next('update')
  return client
}

const put = (id: string, more: object = {}): BoardEdit => ({ type: 'put', chart: { id, metrics: [id], ...more } })
const ids = (body: { charts: { id: string }[] }) => body.charts.map(({ id }) => id)
const chart = { id: 'cpu', metrics: ['cpu'], kind: 'line' }

describe('arrange', () => {
  it('[Z1] [Z5] [Z7] is answered by an ack, and all who follow get the board', async () => {
    await post('cpu', 'ram')
    const [ana, ben] = [await come('Ana', 'a'), await come('Ben', 'b')]
    ana.send({ type: 'arrange', id: 3, edits: [put('ram', { title: 'Memory' }), { type: 'move', chart: 'cpu' }] })
    const { cursor } = await ana.next('ack', ({ id }) => id === 3)
    expect(cursor).toMatch(/:2$/)
    for (const client of [ana, ben]) {
      const { board } = await client.next('update', (update) => update.board !== undefined)
      expect(board?.charts).toEqual([
        { id: 'ram', metrics: ['ram'], title: 'Memory', revision: 2, author: 'Ana' },
        { id: 'cpu', metrics: ['cpu'], revision: 2, author: 'Ana' },
      ])
    }
  })

  it('[Z5] of different charts at once keeps both, and two who follow end with the same board', async () => {
    await post('cpu', 'ram')
    const [ana, ben] = [await come('Ana', 'a'), await come('Ben', 'b')]
    ana.send({ type: 'arrange', id: 3, edits: [put('cpu', { kind: 'line' })] })
    ben.send({ type: 'arrange', id: 3, edits: [put('ram', { kind: 'area' })] })
    await Promise.all([ana, ben].map((client) => client.next('ack', ({ id }) => id === 3)))
    const boards = await Promise.all(
      [ana, ben].map((client) => client.next('update', ({ to, board }) => to === 3 && board !== undefined)),
    )
    expect(boards[0]?.board).toEqual(boards[1]?.board)
    expect(boards[0]?.board?.charts).toMatchObject([
      { id: 'cpu', kind: 'line', author: 'Ana' },
      { id: 'ram', kind: 'area', author: 'Ben' },
    ])
  })

  it('[Z1] is done whole or not at all, and needs no link that follows', async () => {
    const client = await new WireClient(`${server.url}/ws/${group}`).opened()
    clients.push(client)
    client.send({ type: 'hello', id: 1, name: 'Ana' })
    const long = { title: 't'.repeat(limits.maxMetricLength), thresholds: [{ at: 1, word: 'w'.repeat(64) }] }
    const many = (word: string) => Array.from({ length: limits.maxBoardEdits }, (_, n) => put(`${word}${n}`, long))
    client.send({ type: 'arrange', id: 3, edits: many('a') })
    await client.next('ack', ({ id }) => id === 3)
    client.send({ type: 'arrange', id: 4, edits: many('b') })
    expect(await client.next('error')).toMatchObject({ id: 4, code: 'board_limit', temporary: false })
    expect(ids((await ask('GET')).body)).toHaveLength(limits.maxBoardEdits)
  })

  it('[Z6] [E3] is refused without a name, without edits, and with a chart that is none', async () => {
    const client = await new WireClient(`${server.url}/ws/${group}`).opened()
    clients.push(client)
    client.send({ type: 'hello', id: 1 }, { type: 'arrange', id: 3, edits: [put('cpu')] })
    expect(await client.next('error')).toMatchObject({ id: 3, code: 'name_missing' })
    client.send({ type: 'arrange', id: 4, edits: [] })
    expect(await client.next('error')).toMatchObject({ id: 4, code: 'malformed' })
    client.send({ type: 'arrange', id: 5, edits: [put('cpu', { size: { columns: 13, rows: 2 } })] })
    expect(await client.next('error')).toMatchObject({ id: 5, code: 'malformed' })
  })

  it('[K1] with a key is done once', async () => {
    const ana = await come('Ana', 'a')
    ana.send({ type: 'arrange', id: 3, key: 'k', edits: [put('x')] })
    await ana.next('ack', ({ id }) => id === 3)
    ana.send({ type: 'arrange', id: 4, edits: [{ type: 'remove', chart: 'x' }] })
    ana.send({ type: 'arrange', id: 5, key: 'k', edits: [put('x')] })
    expect((await ana.next('ack', ({ id }) => id === 5)).cursor).toMatch(/:2$/)
    expect((await ask('GET')).body).toEqual({ charts: [], hidden: ['x'] })
  })
})

describe('GET board', () => {
  it('[Z8] [Z9] is what is derived while nobody arranged it, and can be put back', async () => {
    await post('cpu', 'ram')
    const read = await ask('GET')
    expect([read.status, read.headers.get('cache-control')]).toEqual([200, 'no-cache'])
    expect(read.body).toEqual({
      charts: [
        { id: 'cpu', metrics: ['cpu'] },
        { id: 'ram', metrics: ['ram'] },
      ],
    })
    expect(read.etag).toMatch(/^"\w+:0\.[\w-]+"$/)
    expect(decodeValue(boardDraft, read.body).ok).toBe(true)
    const written = await ask('PUT', { 'If-Match': read.etag }, read.body)
    expect(ids(written.body)).toEqual(['cpu', 'ram'])
    expect(written.etag).toMatch(/:2"$/)
  })

  it('[Z9] is 304 for who has it, until it changes or what is derived does', async () => {
    const empty = await ask('GET')
    expect([empty.etag, empty.body]).toEqual(['"0:0"', { charts: [] }])
    expect((await ask('GET', { 'If-None-Match': '"0:0"' })).status).toBe(304)
    await post('cpu')
    const one = await ask('GET', { 'If-None-Match': '"0:0"' })
    expect(one.status).toBe(200)
    expect((await ask('GET', { 'If-None-Match': `"k:1", W/${one.etag}` })).status).toBe(304)
    await post('ram')
    expect((await ask('GET', { 'If-None-Match': one.etag })).status).toBe(200)
  })

  it('[G4] makes no group, is served to HEAD, and refuses a name that is none and other methods', async () => {
    await ask('GET')
    const head = await fetch(address(), { method: 'HEAD' })
    expect([head.status, head.headers.get('etag')]).toEqual([200, '"0:0"'])
    expect((await (await fetch(`${server.url}/api/groups/${group}`)).json()).to).toBe(0)
    expect((await ask('POST', {}, {})).headers.get('allow')).toBe('GET, PATCH, PUT, DELETE')
    expect((await fetch(`${server.url}/api/groups/a%20b/board`)).status).toBe(400)
  })
})

describe('PUT and DELETE board', () => {
  it('[Z10] begin a group that nobody wrote to, and give it back to the derivation', async () => {
    const written = await ask('PUT', {}, { charts: [chart], others: 'hidden' }, '?author=Ana')
    expect([written.status, written.headers.get('chartroom-cursor')]).toEqual([200, expect.stringMatching(/:1$/)])
    expect(written.body).toEqual({ charts: [{ ...chart, revision: 1, author: 'Ana' }], others: 'hidden' })
    expect(written.etag).toBe(`"${written.headers.get('chartroom-cursor')}"`)
    await post('cpu', 'ram')
    const gone = await ask('DELETE', { 'If-Match': written.etag })
    expect([gone.status, ids(gone.body)]).toEqual([200, ['cpu', 'ram']])
    expect(gone.etag).toMatch(/:3\./)
  })

  it('[Z10] take what GET gave, keep who arranged what, and sign what changed', async () => {
    await ask('PUT', {}, { charts: [chart] }, '?author=Ana')
    const { body } = await ask('GET')
    body.charts.push({ id: 'x', metrics: ['x'] })
    expect((await ask('PUT', {}, body)).body.charts).toMatchObject([
      { author: 'Ana' },
      { id: 'x', author: 'anonymous' },
    ])
  })

  it('[Z10] name the fields that no board has, and none that a board was read or put with', async () => {
    const misspelt = {
      $schema: 's',
      charts: [{ ...chart, titel: 'CPU', size: { columns: 4, rows: 4, row: 1 } }],
      hiden: [],
    }
    const { status, body, etag } = await ask('PUT', {}, misspelt)
    expect([status, body.ignored]).toEqual([200, ['/charts/0/titel', '/charts/0/size/row', '/hiden']])
    expect((await ask('GET')).body).not.toHaveProperty('ignored')
    const again = await ask('PUT', { 'If-Match': etag }, body)
    expect([again.status, again.body.ignored]).toEqual([200, undefined])
  })

  it('[Z11] with If-Match are refused when the board has changed since, and not when series came', async () => {
    const first = await ask('PUT', {}, { charts: [chart] })
    await post('ram')
    const second = await ask('PUT', { 'If-Match': first.etag }, { charts: [] })
    expect(second.status).toBe(200)
    for (const [method, body] of [['PUT', { charts: [chart] }], ['DELETE']] as const) {
      const refused = await ask(method, { 'If-Match': first.etag }, body)
      expect([refused.status, refused.body.code, refused.body.temporary]).toEqual([412, 'board_changed', false])
    }
    expect((await ask('PUT', { 'If-Match': 'W/"nonsense"' }, { charts: [] })).status).toBe(412)
    expect((await ask('PUT', { 'If-Match': `"k:1", ${second.etag}` }, { charts: [chart] })).status).toBe(200)
    expect((await ask('DELETE', { 'If-Match': '*' })).status).toBe(200)
  })

  it('[K1] [Z11] with a key are done once, and answered again whatever If-Match says', async () => {
    const headers = { 'If-Match': '"0:0"', 'Idempotency-Key': 'k' }
    expect((await ask('PUT', headers, { charts: [chart] })).status).toBe(200)
    await ask('PUT', {}, { charts: [] })
    const again = await ask('PUT', headers, { charts: [chart] })
    expect([again.status, again.body]).toEqual([200, { charts: [] }])
  })

  it('[M3] [M4] [N6] hold the name with a secret, and refuse one that is held', async () => {
    const secret = { 'Chartroom-Secret': 's' }
    expect((await ask('PUT', secret, { charts: [chart] }, '?author=Ana')).status).toBe(200)
    expect((await ask('PUT', {}, { charts: [] }, '?author=ana')).body.code).toBe('name_held')
    expect((await ask('PUT', secret, { charts: [] }, '?author=boards')).body.code).toBe('name_held')
    expect((await ask('PUT', secret, { charts: [] }, '?author=%20')).body).toMatchObject({
      code: 'malformed',
      faults: [{ pointer: '/author' }],
    })
  })

  it('[Z12] [X2] name every fault with its place', async () => {
    const charts = [chart, { id: 'a', metrics: [], kind: 'donut', size: { columns: 1, rows: 3 } }, { metrics: ['a'] }]
    const { status, headers, body } = await ask('PUT', {}, { charts })
    expect([status, headers.get('content-type'), body.code]).toEqual([400, 'application/problem+json', 'malformed'])
    expect(body.faults.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/charts/1/metrics',
      '/charts/1/kind',
      '/charts/1/size/columns',
      '/charts/2/id',
    ])
    const twice = await ask('PUT', {}, { charts: [chart, chart] })
    expect(twice.body.faults).toEqual([{ pointer: '/charts', message: 'must not have two charts of one id' }])
    const broken = await ask('PUT', {}, '{"charts": [}')
    expect(broken.body.faults).toEqual([
      { pointer: '/charts/0', message: expect.stringContaining('line 1, column 13') },
    ])
  })

  it('[Z12] take JSON as plain curl sends it, refuse another type, and what is too large', async () => {
    const type = (name: string) => ({ 'Content-Type': name })
    expect((await ask('PUT', type('application/x-www-form-urlencoded'), { charts: [] })).status).toBe(200)
    expect((await ask('PUT', type('text/yaml'), 'charts: []')).status).toBe(415)
    expect((await ask('PUT', type('application/x-www-form-urlencoded'), 'charts=a')).status).toBe(415)
    const many = Array.from({ length: 200 }, (_, n) => ({ id: `${n}`.padStart(100, 'c'), metrics: ['m'.repeat(100)] }))
    expect((await ask('PUT', {}, { charts: many })).body.code).toBe('board_limit')
    expect((await ask('PUT', {}, ' '.repeat(limits.maxFrameBytes + 1))).status).toBe(413)
  })
})
