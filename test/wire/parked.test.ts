// Streams and polls that are under way: what they cost, how they end, and what is left of them. The clock is the test's.
import { limits } from '@chartroom/shared'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UpdateFrame } from '../../server/groups/frame.ts'
import { OpenApp } from '../support/open-app.ts'
import { patience } from '../support/patience.ts'
import { RawHttp } from '../support/raw-http.ts'
import { greet } from '../support/wire-client.ts'

let app: OpenApp
const raws: RawHttp[] = []

beforeEach(async () => {
  app = await new OpenApp().open()
})
afterEach(async () => {
  for (const raw of raws.splice(0)) raw.close()
  await app.close()
})

/** A request as bytes, whose connection can be cut. */
function ask(path: string, ...headers: string[]): RawHttp {
  const raw = new RawHttp(app.url).send(`GET ${path} HTTP/1.1`, 'Host: localhost', ...headers)
  raws.push(raw)
  return raw
}

async function parked(count: number): Promise<void> {
  await vi.waitFor(() => expect(app.parked.size).toBe(count), patience)
}

async function cursor(group = 'ops'): Promise<string> {
  const response = await fetch(`${app.url}/api/groups/${group}`)
  return response.headers.get('etag')?.slice(1, -1) ?? ''
}

describe('a poll that waits', () => {
  it('[CH3] costs one encoding, also where a thousand wait, and another request is answered meanwhile', async () => {
    await app.number({ cpu: 1 })
    const since = await cursor()
    const polls = Array.from({ length: 1_000 }, () =>
      fetch(`${app.url}/api/groups/ops/changes?since=${since}&waitMs=25000&paceMs=100`),
    )
    await parked(1_000)
    expect((await fetch(`${app.url}/api/ping`)).status).toBe(200)

    const made = vi.spyOn(JSON, 'stringify')
    await app.number({ cpu: 2 })
    app.clock.advance(20)
    const answers = await Promise.all(polls.map(async (poll) => (await poll).text()))
    expect(made.mock.calls.filter(([value]) => Object(value).type === 'update')).toHaveLength(1)
    made.mockRestore()
    expect(new Set(answers).size).toBe(1)
    expect(JSON.parse(answers[0] ?? '')).toMatchObject({ type: 'update', values: [[1, 2]] })
    expect(app.parked.size).toBe(0)
  })

  it('[CH3] is answered when its time is over, with an update without parts', async () => {
    await app.number({ cpu: 1 })
    const since = await cursor()
    const poll = fetch(`${app.url}/api/groups/ops/changes?since=${since}&waitMs=5000`)
    await parked(1)
    app.clock.advance(5_000)
    expect(await (await poll).json()).toEqual({
      ...{ type: 'update', group: 'ops', epoch: expect.any(String) },
      ...{ from: 1, to: 1, time: expect.any(Number) },
    })
  })

  it('leaves nothing behind when it is abandoned, but its place and its clock for a while', async () => {
    await app.number({ cpu: 1 })
    const raw = ask(`/api/changes?groups=ops&since=${await cursor()}&waitMs=25000&name=Ana`, 'Chartroom-Secret: s')
    await parked(1)
    raw.close()
    await parked(0)
    expect(app.groups.people('ops')).toBe(1)
    app.clock.advance(14_999)
    expect(app.groups.people('ops')).toBe(1)
    app.clock.advance(1)
    expect([app.groups.people('ops'), app.clock.waiting]).toEqual([0, 0])
  })

  it('[CH4] counts who has a secret once, however often they ask, and nobody who has none', async () => {
    const poll = (headers: Record<string, string>) => fetch(`${app.url}/api/groups/ops/changes`, { headers })
    await poll({})
    expect(app.groups.people('ops')).toBe(0)
    await poll({ 'Chartroom-Secret': 's' })
    await poll({ 'Chartroom-Secret': 's' })
    expect(app.groups.people('ops')).toBe(1)
    await fetch(`${app.url}/api/changes?groups=ops&absent=ops`, { headers: { 'Chartroom-Secret': 't' } })
    expect(app.groups.people('ops')).toBe(1)
  })

  it('[CH3] is told of who came while it was away, at its pace', async () => {
    const poll = (person: string, query = '') =>
      fetch(`${app.url}/api/changes?groups=ops&name=${person}${query}`, { headers: { 'Chartroom-Secret': person } })
    await poll('ana')
    await poll('bob')
    const again = poll('ana', '&since=0:0&waitMs=25000')
    await parked(1)
    app.clock.advance(1_000)
    expect((await (await again).json()).at(-1)).toMatchObject({ people: [{ name: 'ana' }, { name: 'bob' }] })
  })

  it('[CH5] is told when the server goes, and so is who comes then', async () => {
    const since = await cursor()
    const poll = fetch(`${app.url}/api/groups/ops/changes?since=${since}&waitMs=5000`)
    await parked(1)
    app.isDraining = true
    for (const one of app.parked) one.drain(2_500)
    const late = await fetch(`${app.url}/api/changes?groups=ops`)
    const told = await poll
    expect([told.status, told.headers.get('retry-after')]).toEqual([503, '3'])
    expect([late.status, late.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await told.json()).toMatchObject({ code: 'closing', temporary: true })
  })

  it('[CH2] without a wait reaches as far as the group does, also right after a change', async () => {
    for (let value = 1; value <= 5; value++) {
      await app.number({ cpu: value })
      const update = await (await fetch(`${app.url}/api/groups/ops/changes?paceMs=60000`)).json()
      expect(update).toMatchObject({ from: 0, to: value, values: [[1, value]] })
    }
  })
})

describe('a stream', () => {
  it('leaves its groups when its reader goes', async () => {
    const raw = ask('/api/events?groups=ops,sales&name=Ana')
    await vi.waitFor(() => expect([app.groups.people('ops'), app.groups.people('sales')]).toEqual([1, 1]), patience)
    raw.close()
    await vi.waitFor(() => expect(app.groups.allPeople).toBe(0), patience)
    expect([app.parked.size, app.clock.waiting]).toEqual([0, 0])
  })

  it('[EV5] is bounded, and reset after 30 s in which nothing was read', async () => {
    const raw = ask('/api/groups/ops/events?paceMs=100')
    await vi.waitFor(() => expect(raw.answer).toContain('presence'), patience)
    raw.socket.pause()
    const frames = vi.spyOn(UpdateFrame.prototype, 'event')
    for (let isFull = false; !isFull; ) {
      const before = frames.mock.calls.length
      await app.number(
        Object.fromEntries(Array.from({ length: limits.maxSeriesPerGroup }, (_, at) => [`m${at}`, Math.random()])),
      )
      app.clock.advance(100)
      await new Promise((resolve) => setImmediate(resolve))
      isFull = frames.mock.calls.length === before
    }
    frames.mockRestore()
    expect(app.parked.size).toBe(1)
    app.clock.advance(limits.slowLinkMs)
    expect(app.parked.size).toBe(0)
    expect(app.counters.all()).toContainEqual({ name: 'link_reset', value: 1 })
    raw.socket.resume()
    await raw.closed()
  })

  it('[EV4] tells which of several groups is refused, and refuses one alone', async () => {
    const raw = ask('/api/events?groups=ops,no%20group')
    await vi.waitFor(
      () => expect(raw.answer).toContain('"type":"error","group":"no group","code":"group_name"'),
      patience,
    )
    await vi.waitFor(() => expect(raw.answer).toContain('"type":"update","group":"ops"'), patience)
    expect((await fetch(`${app.url}/api/groups/no%20group/events`)).status).toBe(400)
    await parked(1)
  })

  it('[EV4] leaves nothing behind when it is refused, or cannot be begun', async () => {
    expect((await fetch(`${app.url}/api/groups/ops%2F@bob/events`)).status).toBe(403)
    expect([app.parked.size, app.clock.waiting]).toEqual([0, 0])
    const granted = await app.engine.hold('ops', { name: 'ann', person: undefined })
    vi.spyOn(app.engine, 'hold').mockRejectedValueOnce(new Error('the disk'))
    expect((await fetch(`${app.url}/api/events?groups=ops&name=ann`)).status).toBe(500)
    expect([app.parked.size, app.clock.waiting]).toEqual([0, 0])
    vi.spyOn(app.engine, 'hold').mockResolvedValueOnce(granted).mockRejectedValueOnce(new Error('the disk'))
    const text = await (await fetch(`${app.url}/api/events?groups=ops,sales&name=ann`)).text()
    expect(text).toMatch(/"type":"update","group":"ops".*"type":"closing","afterMs":0/s)
    expect([app.parked.size, app.clock.waiting]).toEqual([0, 0])
  })

  it('[M6] brings a direct message to who holds the inbox on the stream of their groups, and nothing of it to others', async () => {
    await app.number({ cpu: 1 })
    await app.engine.hold('ops', { name: 'Ana', person: 'a' })
    const path = '/api/events?groups=ops,ops%252F%2540ana&paceMs=100'
    const [ana, others] = [ask(path, 'Chartroom-Secret: a'), [ask(path, 'Chartroom-Secret: b'), ask(path)]]
    const seen = (raw: RawHttp, text: string) => vi.waitFor(() => expect(raw.answer).toContain(text), patience)
    await seen(ana, ',ops%2F%40ana=0:0')
    for (const other of others) await seen(other, '"type":"error","group":"ops/@ana","code":"not_holder"')

    const say = (text: string, recipients?: string[]) =>
      app.engine.append({
        ...{ group: 'ops', claim: { name: 'Bob', person: 'b' } },
        change: { type: 'annotate', author: 'Bob', draft: { text, ...(recipients && { recipients }) } },
      })
    await say('psst', ['Ana'])
    await say('aloud')
    app.clock.advance(100)
    await seen(ana, 'psst')
    for (const raw of [ana, ...others]) await seen(raw, 'aloud')
    for (const other of others) expect(other.answer).not.toContain('psst')
  })

  it('[EV2] says with its first update where it resumed each group, so that a cut after it loses none', async () => {
    await app.number({ cpu: 1 })
    await app.number({ sold: 1 }, 'sales')
    const [ops, sales] = [await cursor(), await cursor('sales')]
    const raw = ask('/api/events?groups=ops,sales', `Last-Event-ID: ops=${ops},sales=${sales}`)
    await vi.waitFor(() => expect(raw.answer).toContain('"type":"update"'), patience)
    expect(raw.answer.match(/^id: .*$/m)?.[0]).toBe(`id: ops=${ops},sales=${sales}`)
  })

  it('[EV7] is not kept, not gathered, and not opened by a HEAD', async () => {
    const { headers, status } = await fetch(`${app.url}/api/groups/ops/events`, { method: 'HEAD' })
    expect([status, headers.get('cache-control'), headers.get('x-accel-buffering')]).toEqual([200, 'no-store', 'no'])
    expect(headers.get('content-type')).toBe('text/event-stream')
    expect(Number(headers.get('chartroom-time'))).toBeGreaterThan(0)
    expect(app.counters.all()).toEqual([])
  })

  it('[EV6] that comes while the server goes is told to come back, as no browser would after a refusal', async () => {
    app.isDraining = true
    const response = await fetch(`${app.url}/api/groups/ops/events`)
    const text = await response.text()
    expect(response.status).toBe(200)
    expect(text).toMatch(/data: {"type":"closing","afterMs":500}\n\nretry: 1500\n\n$/)
    expect(app.parked.size).toBe(0)
  })
})

describe('an address', () => {
  it('[T8] has so many links and no more, of whatever kind, and gets its places back', async () => {
    const small = await new OpenApp({ maxLinks: 3 }).open()
    try {
      const get = (path: string, init?: RequestInit) => fetch(`${small.url}/api${path}`, init)
      const { revision, epoch } = (await small.engine.open('ops')).state
      const waiting = `/groups/ops/changes?since=${epoch}:${revision}&waitMs=25000`
      const socket = await greet(`${small.url}/ws/ops`)
      const stream = new AbortController()
      await get('/groups/ops/events', { signal: stream.signal })
      const poll = get(waiting)
      await vi.waitFor(() => expect(small.parked.size).toBe(2), patience)

      for (const path of [waiting, `/changes?groups=ops&waitMs=1`, '/groups/ops/events', '/events?groups=ops,sales']) {
        const refused = await get(path)
        expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
        expect(await refused.json()).toMatchObject({ code: 'link_limit', temporary: true })
      }
      await expect(greet(`${small.url}/ws/ops`)).rejects.toThrow('429')
      const plain = new RawHttp(small.url).send(
        ...['GET /room/ops/ HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket'],
        ...['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
      )
      raws.push(plain)
      expect(await plain.status()).toContain('429')
      // What is answered at once takes no place.
      expect((await get('/groups/ops/changes')).status).toBe(200)
      expect((await get('/groups/ops/events', { method: 'HEAD' })).status).toBe(200)

      socket.close()
      stream.abort()
      small.clock.advance(25_000)
      expect((await poll).status).toBe(200)
      const again = await Promise.all(
        [0, 1, 2].map(async () => vi.waitFor(() => greet(`${small.url}/ws/ops`), patience)),
      )
      for (const one of again) one.close()
    } finally {
      await small.close()
    }
  })

  it('[T8] keeps no place of an upgrade that fails, and none of a stream that is refused', async () => {
    const small = await new OpenApp({ maxLinks: 1 }).open()
    try {
      const broken = new RawHttp(small.url).send(
        ...['GET /ws/ops HTTP/1.1', 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket'],
        ...['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: none', 'Sec-WebSocket-Protocol: chartroom.v1'],
      )
      raws.push(broken)
      expect(await broken.status()).toContain('400')
      await broken.closed()
      expect((await fetch(`${small.url}/api/groups/no%20group/events`)).status).toBe(400)
      expect((await fetch(`${small.url}/api/groups/no%20group/changes?waitMs=1000`)).status).toBe(400)
      const one = await greet(`${small.url}/ws/ops`)
      one.close()
    } finally {
      await small.close()
    }
  })
})

describe('without a link', () => {
  it('[PO1] nobody attends to a group that they do not follow', async () => {
    const point = (headers: Record<string, string>, body: string) =>
      fetch(`${app.url}/api/groups/ops/presence`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body,
      })
    expect((await point({ 'Chartroom-Secret': 's' }, '{"typing":true}')).status).toBe(404)
    expect((await point({}, '{"typing":true}')).status).toBe(404)
    await fetch(`${app.url}/api/groups/ops/changes?name=Ana`, { headers: { 'Chartroom-Secret': 's' } })
    expect((await point({ 'Chartroom-Secret': 's' }, '{"typing":true}')).status).toBe(204)
    const wrong = await point({ 'Chartroom-Secret': 's' }, '{"typing":"yes"}')
    expect(await wrong.json()).toMatchObject({ status: 400, faults: [{ pointer: '/typing' }] })
  })

  it('[Z14] a board is edited', async () => {
    await app.number({ cpu: 1 })
    const edit = (edits: unknown) =>
      fetch(`${app.url}/api/groups/ops/board?author=ann`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ edits }),
      })
    const put = await edit([{ type: 'put', chart: { id: 'a', metrics: ['cpu'], title: 'Heat' } }])
    expect(put.status).toBe(200)
    expect(await put.json()).toMatchObject({
      charts: expect.arrayContaining([expect.objectContaining({ id: 'a', title: 'Heat', author: 'ann' })]),
    })
    expect(await (await edit([{ type: 'paint' }])).json()).toMatchObject({ status: 400, code: 'malformed' })
  })

  it('[PI1] the time of the server is known', async () => {
    const response = await fetch(`${app.url}/api/ping`)
    expect(await response.json()).toEqual({ type: 'pong', time: expect.any(Number) })
    expect(response.headers.get('cache-control')).toBe('no-store')
  })
})
