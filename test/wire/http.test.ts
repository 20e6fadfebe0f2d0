import { gzipSync } from 'node:zlib'
import { annotation, annotationPage, decodeValue, groupList, limits, receipt, update } from '@chartroom/shared'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'

let server: RunningServer
let groups = 0
let group: string

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())
beforeEach(() => {
  group = `g${++groups}`
})

const at = (path: string) => `${server.url}/api/groups/${group}${path}`

async function send(path: string, body: BodyInit, type?: string, headers: Record<string, string> = {}) {
  const typed = type === undefined ? headers : { 'Content-Type': type, ...headers }
  const response = await fetch(at(path), { method: 'POST', body, headers: typed })
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) }
}

const json = (value: unknown, headers?: Record<string, string>) =>
  send('/metrics', JSON.stringify(value), 'application/json', headers)
const form = (text: string) => send('/metrics', text, 'application/x-www-form-urlencoded')

async function snapshot() {
  const response = await fetch(at(''))
  const decoded = decodeValue(update, JSON.parse(await response.text()))
  if (!decoded.ok) throw new Error(decoded.refusal.message)
  return { response, update: decoded.value }
}

/** Metric and category to present value. */
async function values(): Promise<Record<string, number | null>> {
  const { update } = await snapshot()
  const names = new Map(
    update.series?.map(({ n, metric, labels = {} }) => [n, [metric, ...Object.values(labels)].join('/')]),
  )
  return Object.fromEntries((update.values ?? []).map(([n, value]) => [names.get(n), value]))
}

describe('POST metrics', () => {
  it('[B1] takes an object: metric to number, or to categories', async () => {
    const { status, body } = await json({ cpu: 12.5, orders: { Shirts: 5, Socks: 20 } })
    expect(status).toBe(200)
    expect(decodeValue(receipt, body)).toEqual({
      ok: true,
      value: { epoch: expect.any(String), revision: 1, accepted: 3 },
    })
    expect(await values()).toEqual({ cpu: 12.5, 'orders/Shirts': 5, 'orders/Socks': 20 })
  })

  it('[B1] takes an array of samples', async () => {
    const time = Date.now() - 5_000
    await json([{ metric: 'orders', labels: { category: 'Shirts' }, value: 5, time, unit: 'pcs' }])
    const { update } = await snapshot()
    expect(update.series).toEqual([{ n: 1, metric: 'orders', labels: { category: 'Shirts' }, unit: 'pcs' }])
    expect(update.values?.[0]?.[2]).toBeGreaterThanOrEqual(4_900)
  })

  it('[B3] takes one sample', async () => {
    await json({ metric: 'orders', value: 7 })
    expect(await values()).toEqual({ orders: 7 })
  })

  it('[B2] takes a form, as plain curl -d sends it', async () => {
    expect((await form('cpu=12.5&orders.Shirts=5&a\\.b=1')).status).toBe(200)
    expect(await values()).toEqual({ cpu: 12.5, 'orders/Shirts': 5, 'a.b': 1 })
  })

  it('[B3] takes JSON under a form type, as plain curl -d sends it', async () => {
    await form('{"cpu": 3}')
    expect(await values()).toEqual({ cpu: 3 })
  })

  it('[B1] takes one JSON object a line', async () => {
    const { body } = await send('/metrics', '{"cpu":1}\n\n{"metric":"ram","value":2}\n', 'application/x-ndjson')
    expect(body).toMatchObject({ accepted: 2, revision: 1 })
    expect(await values()).toEqual({ cpu: 1, ram: 2 })
  })

  it('[B6] adds, removes, and takes null as a gap', async () => {
    await json({ orders: 5, gone: 1, cpu: 2 })
    await json([
      { metric: 'orders', add: 3 },
      { metric: 'orders', add: -1 },
      { metric: 'gone', remove: true },
      { metric: 'cpu', value: null },
    ])
    expect(await values()).toEqual({ orders: 7, cpu: null })
  })

  it('takes gzip', async () => {
    const { body } = await send('/metrics', gzipSync('{"cpu":1}'), 'application/json', { 'Content-Encoding': 'gzip' })
    expect(body).toMatchObject({ accepted: 1 })
  })

  it('[K1] does a key once', async () => {
    const headers = { 'Idempotency-Key': 'k1' }
    const first = await json([{ metric: 'orders', add: 3 }], headers)
    const again = await json([{ metric: 'orders', add: 3 }], headers)
    expect(again.body).toEqual(first.body)
    expect(await values()).toEqual({ orders: 3 })
  })

  it('[B1] [B8] [X1] [X2] takes a batch whole or not at all, and names every fault with its place', async () => {
    const { status, headers, body } = await json([
      { metric: 'good', value: 1 },
      { metric: 'bad', value: 'x' },
      { metric: '', value: 1 },
      { value: 1 },
    ])
    expect(status).toBe(400)
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(body).toMatchObject({ status: 400, code: 'malformed', temporary: false })
    const pointers = body.faults.map(({ pointer }: { pointer: string }) => pointer)
    expect(pointers).toEqual(['/1/value', '/2/metric', '/3/metric'])
    expect(await values()).toEqual({})
  })

  it('[B8] lists the first 20 faults', async () => {
    const { body } = await json(Array.from({ length: 50 }, () => ({ metric: 'm', value: 'x' })))
    expect(body.faults).toHaveLength(20)
  })

  it('tells Python what to send instead of NaN', async () => {
    const { status, body } = await send('/metrics', '{"cpu": NaN}', 'application/json')
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('null')
  })

  it('[B4] refuses a time too far ahead or too long ago, with its place', async () => {
    const { body } = await json([
      { metric: 'a', value: 1, time: Date.now() + 120_000 },
      { metric: 'b', value: 1, time: Date.now() - 31 * 86_400_000 },
    ])
    expect(body.faults.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/0/time', '/1/time'])
  })

  it('[B9] refuses a body over 1 MiB, and one that unpacks to more than 8 MiB', async () => {
    expect((await form(`cpu=${'1'.repeat(limits.maxBodyBytes)}`)).status).toBe(413)
    const bomb = gzipSync(Buffer.alloc(limits.maxUnpackedBytes + 1, ' '))
    const { status, body } = await send('/metrics', bomb, 'application/json', { 'Content-Encoding': 'gzip' })
    expect(status).toBe(413)
    expect(body).toMatchObject({ code: 'body_too_large' })
  })

  it('[B9] refuses a few packed bytes that unpack to more than an unpacked body may have', async () => {
    const bomb = gzipSync(Buffer.alloc(4 * limits.maxBodyBytes, '['))
    const { status } = await send('/metrics', bomb, 'application/json', { 'Content-Encoding': 'gzip' })
    expect(status).toBe(413)
    const honest = Array.from({ length: 4_000 }, (_, n) => ({
      metric: `m${n % 900}`,
      labels: { host: `h${n}` },
      value: n,
    }))
    const packed = gzipSync(JSON.stringify(honest.slice(0, 1_900)))
    expect((await send('/metrics', packed, 'application/json', { 'Content-Encoding': 'gzip' })).status).toBe(200)
  })

  it('[B9] says that the connection ends with a body that is too large', async () => {
    const { status, headers } = await form(`cpu=${'1'.repeat(limits.maxBodyBytes)}`)
    expect([status, headers.get('connection')]).toEqual([413, 'close'])
  })

  it('refuses other types with 415', async () => {
    expect((await send('/metrics', '<cpu>1</cpu>', 'text/xml')).status).toBe(415)
  })

  it('[B8] refuses more than 5,000 samples', async () => {
    const samples = Array.from({ length: 5_001 }, () => ({ metric: 'm', value: 1 }))
    expect((await json(samples)).status).toBe(400)
  })

  it('[L2] refuses with 422 what would pass 2,000 series, whole', async () => {
    const samples = Array.from({ length: 2_001 }, (_, n) => ({ metric: `m${n}`, value: n }))
    const { status, body } = await json(samples)
    expect(status).toBe(422)
    expect(body).toMatchObject({ code: 'series_limit' })
    expect(await values()).toEqual({})
    expect((await json(samples.slice(1))).status).toBe(200)
  })

  it('refuses a group name that is none', async () => {
    const response = await fetch(`${server.url}/api/groups/a%2Fb/metrics`, { method: 'POST', body: 'cpu=1' })
    expect(response.status).toBe(400)
    expect(JSON.parse(await response.text())).toMatchObject({ code: 'group_name' })
  })

  it('[B7] keeps how a metric wants to be shown', async () => {
    await json([{ metric: 'cpu', value: 1, title: 'CPU', unit: '%', min: 0, max: 100, as: 'gauge', order: 1 }])
    await json({ cpu: 2 })
    const { update } = await snapshot()
    expect(update.series).toEqual([
      { n: 1, metric: 'cpu', title: 'CPU', unit: '%', min: 0, max: 100, as: 'gauge', order: 1 },
    ])
  })
})

describe('annotations', () => {
  it('[N7] have a body of at most 64 KiB', async () => {
    const { status } = await send(
      '/annotations',
      `text=${'a'.repeat(limits.maxFrameBytes)}`,
      'application/x-www-form-urlencoded',
    )
    expect(status).toBe(413)
  })

  it('[N1] are written as JSON and answered 201 with the annotation', async () => {
    const draft = { text: 'deploy 1.4', author: 'ci', kind: 'deploy' }
    const { status, body } = await send('/annotations', JSON.stringify(draft), 'application/json')
    expect(status).toBe(201)
    expect(decodeValue(annotation, body)).toMatchObject({ ok: true, value: { ...draft, revision: 1 } })
  })

  it('are written by plain curl -d', async () => {
    const type = 'application/x-www-form-urlencoded'
    const { status, body } = await send('/annotations', 'text=deploy+1.4&author=ci', type)
    expect(status).toBe(201)
    expect(body).toMatchObject({ text: 'deploy 1.4', author: 'ci' })
  })

  it('carry the evidence of their pin', async () => {
    await json({ orders: { Shirts: 5 } })
    const draft = { text: 'why?', author: 'ci', pin: { metric: 'orders', category: 'Shirts' } }
    const { body } = await send('/annotations', JSON.stringify(draft), 'application/json')
    expect(body.pin.evidence).toMatchObject({ value: 5, share: 1, rank: 1, of: 1 })
  })

  it('[K1] are written once for a key', async () => {
    const write = () => send('/annotations', '{"text":"once"}', 'application/json', { 'Idempotency-Key': 'k' })
    expect((await write()).body).toEqual((await write()).body)
  })

  it('[N3] [N4] page backwards by before and limit, to the beginning', async () => {
    for (let n = 0; n < 5; n++) await send('/annotations', `text=n${n}`, 'application/x-www-form-urlencoded')
    const texts: string[] = []
    for (let before = -1; before !== 0; ) {
      const query = before > 0 ? `?limit=2&before=${before}` : '?limit=2'
      const response = await fetch(at(`/annotations${query}`))
      const page = decodeValue(annotationPage, JSON.parse(await response.text()))
      if (!page.ok) throw new Error(page.refusal.message)
      texts.push(...page.value.annotations.map(({ text }) => text))
      before = page.value.before
    }
    expect(texts).toEqual(['n4', 'n3', 'n2', 'n1', 'n0'])
  })

  it.each([
    ['no text', '{"author":"ci"}', '/text'],
    ['no text at all in it', '{"text":""}', '/text'],
    ['too much text', JSON.stringify({ text: 'x'.repeat(4_001) }), '/text'],
    ['a kind that is none', '{"text":"x","kind":"shout"}', '/kind'],
    ['a pin on nothing', '{"text":"x","pin":{"metric":"none"}}', '/pin/metric'],
  ])('[N2] with %s are refused with the place', async (_, body, pointer) => {
    const refused = await send('/annotations', body, 'application/json')
    expect(refused.status).toBe(400)
    expect(refused.body.faults).toMatchObject([{ pointer }])
  })

  it.each(['before=x', 'limit=0', 'limit=201', 'before=-1'])('refuse a page of %s', async (query) => {
    expect((await fetch(at(`/annotations?${query}`))).status).toBe(400)
  })
})

describe('GET a group', () => {
  it('[R1] is of one group only, whatever was asked before', async () => {
    await json({ cpu: 1 })
    const first = (await snapshot()).update
    const other = group
    group = `${group}-b`
    await json({ ram: 2 })
    expect((await snapshot()).update).toMatchObject({ group, series: [{ metric: 'ram' }] })
    group = other
    expect((await snapshot()).update).toEqual(first)
  })

  it('[R1] is the snapshot with its cursor as ETag, and 304 while nothing changed', async () => {
    await json({ cpu: 1 })
    const { response, update } = await snapshot()
    const etag = response.headers.get('etag') ?? ''
    expect(etag).toBe(`"${update.epoch}:1"`)
    expect(response.headers.get('cache-control')).toBe('public, max-age=1')
    const again = () => fetch(at(''), { headers: { 'If-None-Match': etag } })
    expect((await again()).status).toBe(304)
    await json({ cpu: 2 })
    expect((await again()).status).toBe(200)
  })

  it('[G4] is an empty snapshot for a group nobody wrote to, which it does not make', async () => {
    const { update } = await snapshot()
    expect(update).toMatchObject({ epoch: '0', from: 0, to: 0, series: [], annotations: [] })
    const list = decodeValue(groupList, JSON.parse(await (await fetch(`${server.url}/api/groups`)).text()))
    expect(list.ok && list.value.groups.some((one) => one.group === group)).toBe(false)
  })

  it('[R2] is listed with its counts', async () => {
    await json({ cpu: 1, ram: 2 })
    await send('/annotations', 'text=hi', 'application/x-www-form-urlencoded')
    const list = decodeValue(groupList, JSON.parse(await (await fetch(`${server.url}/api/groups`)).text()))
    const found = list.ok ? list.value.groups.find((one) => one.group === group) : undefined
    expect(found).toMatchObject({ series: 2, annotations: 1, people: 0, cursor: expect.stringMatching(/:2$/) })
  })
})

describe('elsewhere', () => {
  it('/healthz says that it is well', async () => {
    const response = await fetch(`${server.url}/healthz`)
    expect(response.status).toBe(200)
    expect(JSON.parse(await response.text())).toMatchObject({ word: 'ok' })
  })

  it('[X3] a wrong method is 405 and says which are right', async () => {
    const response = await fetch(at('/metrics'))
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
    expect(JSON.parse(await response.text())).toMatchObject({ detail: expect.stringContaining('POST') })
  })

  it('[X3] an unknown address is a problem document', async () => {
    const response = await fetch(`${server.url}/api/nothing`)
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  })

  it('[T3] a plain GET of the WebSocket address is 426 and names the other ways in', async () => {
    const response = await fetch(`${server.url}/ws/${group}`)
    expect(response.status).toBe(426)
    expect(response.headers.get('upgrade')).toBe('websocket')
    expect(JSON.parse(await response.text())).toMatchObject({ detail: expect.stringContaining('/api/groups') })
  })

  it.each(['/', '/g/ops', '/home/', '/home', '/room/ops/'])('%s is the page', async (path) => {
    const response = await fetch(`${server.url}${path}`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(response.headers.get('content-security-policy')).toContain("script-src 'self'")
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it.each([
    ['gzip, deflate', 'gzip'],
    ['gzip, deflate, br', 'br'],
  ])(
    'what a page loads travels packed to a browser that takes %s, and is kept for ever',
    async (accepted, encoding) => {
      const script = /module[^>]* src="(.+?)"/.exec(await (await fetch(`${server.url}/`)).text())?.[1] ?? ''
      const plain = await fetch(server.url + script, { headers: { 'Accept-Encoding': 'identity' } })
      const response = await fetch(server.url + script, { headers: { 'Accept-Encoding': accepted } })
      expect(response.headers.get('content-encoding')).toBe(encoding)
      expect(response.headers.get('vary')).toContain('Accept-Encoding')
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      expect(Number(response.headers.get('content-length'))).toBeLessThan(
        Number(plain.headers.get('content-length')) / 2,
      )
      expect(await response.text()).toBe(await plain.text())
    },
  )

  it('a script of an earlier build is not found, and nobody keeps that', async () => {
    const response = await fetch(`${server.url}/assets/index-AAAAAAAA.js`)
    expect(response.status).toBe(404)
    expect(response.headers.get('cache-control')).toBeNull()
  })

  it.each(['/.stamp', '/assets/../../package.json', '/%2e%2e/server/main.js', '/..%2fserver%2fmain.js'])(
    '%s leads out of the page folder to nothing',
    async (path) => {
      const response = await fetch(`${server.url}${path}`)
      expect(response.status).toBeGreaterThanOrEqual(400)
    },
  )
})

describe('a connection', () => {
  it('is kept longer than the 60 s of common proxies, which say 502 when it ends under them', async () => {
    const { response } = await snapshot()
    expect(response.headers.get('keep-alive')).toBe('timeout=65')
  })
})
