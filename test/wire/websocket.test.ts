import { applyUpdate, createState, cursorOf, encodeCursor, limits, subprotocol } from '@chartroom/shared'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type WebSocket from 'ws'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { greet, WireClient } from '../support/wire-client.ts'

let server: RunningServer
let groups = 0
let group: string
const clients: WireClient[] = []

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
  group = `g${++groups}`
})
group = `g${groups}`

async function client(name?: string, path = '/ws', options?: WebSocket.ClientOptions): Promise<WireClient> {
  const made = await greet(`${server.url}${path}`, name, options)
  clients.push(made)
  return made
}

async function raw(path = '/ws', options?: WebSocket.ClientOptions, protocol = subprotocol): Promise<WireClient> {
  const made = new WireClient(`${server.url}${path}`, options, protocol)
  clients.push(made)
  return made.opened()
}

async function post(body: unknown): Promise<Response> {
  return fetch(`${server.url}/api/groups/${group}/metrics`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
}

describe('a link', () => {
  /** The bytes that a client has read. */
  const bytesRead = ({ socket }: WireClient) => Number(Reflect.get(Object(Reflect.get(socket, '_socket')), 'bytesRead'))

  it('[T9] takes what was compressed once for all, or what was not, and hears the same', async () => {
    const links = [await client('Ana'), await client('Ben', '/ws', { perMessageDeflate: false })]
    const samples = Array.from({ length: 100 }, (_, at) => ({
      metric: 'orders',
      labels: { item: `item ${at}` },
      value: at,
    }))
    await post(samples)
    const told: unknown[] = []
    const read: number[] = []
    for (const link of links) {
      const before = bytesRead(link)
      link.send({ type: 'subscribe', id: 2, group, present: false })
      told.push(await link.next('update'))
      read.push(bytesRead(link) - before)
    }
    expect(links.map(({ socket }) => socket.extensions)).toEqual(['permessage-deflate', ''])
    expect(told[0]).toEqual(told[1])
    expect(read[0]).toBeLessThan((read[1] ?? 0) / 4)
  })
})

describe('hello', () => {
  it('[H1] [L1] is answered by welcome, with the name, the time, the ping and the limits', async () => {
    const one = await raw()
    one.send({ type: 'hello', id: 7, name: 'Ana', secret: 's' })
    const welcome = await one.next('welcome')
    expect(welcome).toMatchObject({ id: 7, name: 'Ana', pingMs: 25_000 })
    expect(welcome.limits).toMatchObject({ maxFrameBytes: 65_536, maxTextLength: 4_000, pacesMs: [...limits.pacesMs] })
    expect(Math.abs(welcome.time - Date.now())).toBeLessThan(60_000)
  })

  it('[H1] need not be waited for: subscribe may follow at once', async () => {
    const one = await raw()
    one.send({ type: 'hello', id: 1, name: 'Ana' }, { type: 'subscribe', id: 2, group })
    await one.next('welcome')
    expect(await one.next('ack')).toMatchObject({ id: 2 })
  })

  it('[H2] must come first: anything else is hello_first and 3501', async () => {
    const one = await raw()
    one.send({ type: 'subscribe', id: 9, group })
    expect(await one.next('error')).toMatchObject({ id: 9, code: 'hello_first', temporary: false })
    expect(await one.end()).toMatchObject({ code: 3501 })
  })

  it('[H4] that is malformed is told why, and closed with 3500', async () => {
    const one = await raw()
    one.socket.send('{"type":"hello","id":1,"name":""}')
    const refused = await one.next('error')
    expect(refused).toMatchObject({ id: 1, code: 'malformed' })
    expect(refused.message).toContain('name')
    expect(await one.end()).toMatchObject({ code: 3500 })
  })

  it('[H4] is said once', async () => {
    const one = await client('Ana')
    one.send({ type: 'hello', id: 2, name: 'Wei' })
    expect(await one.next('error')).toMatchObject({ id: 2, code: 'malformed' })
  })
})

describe('subscribe', () => {
  it('[S1] [G4] is answered by an ack, then by an update, empty for a group nobody wrote to', async () => {
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group })
    expect(await one.next('ack')).toEqual({ type: 'ack', id: 2, group, cursor: '0:0', name: 'Ana', paceMs: 1_000 })
    expect(await one.next('update')).toMatchObject({ group, epoch: '0', from: 0, to: 0, board: null })
    expect(await (await fetch(`${server.url}/api/groups`)).json()).not.toMatchObject({
      groups: expect.arrayContaining([expect.objectContaining({ group })]),
    })
  })

  it('[S2] [U5] gets the whole group, and then what changes', async () => {
    await post([{ metric: 'orders', labels: { category: 'Shirts' }, value: 5, unit: 'pcs' }])
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group, paceMs: 100 })
    const first = await one.next('update')
    expect(first).toMatchObject({
      from: 0,
      to: 1,
      series: [{ n: 1, metric: 'orders', labels: { category: 'Shirts' }, unit: 'pcs' }],
      values: [[1, 5]],
      annotations: [],
      earlier: 0,
      board: null,
    })
    await post({ orders: { Shirts: 6 } })
    const second = await one.next('update')
    expect(second).toMatchObject({ from: 1, to: 2, values: [[1, 6]] })
    expect(second).not.toHaveProperty('series')
    expect(second).not.toHaveProperty('board')
  })

  it('[T1] has the group of the address as its default', async () => {
    const one = await client('Ana', `/ws/${group}`)
    one.send({ type: 'subscribe', id: 2 })
    expect(await one.next('ack')).toMatchObject({ group })
  })

  it('[T1] takes /room/:group/ as an address too', async () => {
    const one = await client('Ana', `/room/${encodeURIComponent('Größe')}/`)
    one.send({ type: 'subscribe', id: 2 })
    expect(await one.next('ack')).toMatchObject({ group: 'größe' })
  })

  it('[G3] needs a group where the address has none', async () => {
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2 })
    expect(await one.next('error')).toMatchObject({ id: 2, code: 'group_missing' })
  })

  it('[G2] knows a group by its canonical name', async () => {
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group: group.toUpperCase() })
    expect(await one.next('ack')).toMatchObject({ group })
  })

  it.each(['', '..', 'a/b', 'x'.repeat(65), 'a b', '<b>'])('[G1] [G3] refuses the group name %j', async (name) => {
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group: name })
    expect(await one.next('error')).toMatchObject({ id: 2, code: 'group_name', temporary: false })
  })

  it('[E3] grants only the paces there are', async () => {
    const one = await client('Ana')
    one.socket.send(JSON.stringify({ type: 'subscribe', id: 2, group, paceMs: 333 }))
    const refused = await one.next('error')
    expect(refused).toMatchObject({ id: 2, code: 'malformed' })
    expect(refused.message).toContain('paceMs')
  })

  it('[S3] [U8] carries the past when a window is asked for', async () => {
    const now = Date.now()
    await post([1, 2, 3].map((value) => ({ metric: 'cpu', value, time: now - 10_000 + value * 1_000 })))
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group, windowMs: 300_000 })
    const { window } = await one.next('update')
    const points = window?.series[0]?.[1] ?? []
    expect(window?.bucketMs).toBe(1_000)
    expect(points.filter((_, at) => at % 4 === 1)).toEqual([1, 2, 3])
  })

  it('[S2] resumes from a cursor with only what was missed', async () => {
    await post({ cpu: 1 })
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group })
    const { epoch, to } = await one.next('update')
    one.close()
    await post({ ram: 2 })
    const two = await client('Ana')
    two.send({ type: 'subscribe', id: 2, group, cursor: `${epoch}:${to}` })
    expect(await two.next('update')).toMatchObject({ from: 1, to: 2, series: [{ metric: 'ram' }], values: [[2, 2]] })
  })

  it.each(['other:1', '0:0'])('[U3] gets the whole group for the cursor %s', async (cursor) => {
    await post({ cpu: 1 })
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group, cursor })
    expect(await one.next('update')).toMatchObject({ from: 0, to: 1 })
  })

  it('[U3] gets the whole group for a cursor of the future', async () => {
    const { epoch } = (await (await post({ cpu: 1 })).json()) as { epoch: string } // receipt.ts is its shape
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group, cursor: `${epoch}:99` })
    expect(await one.next('update')).toMatchObject({ from: 0, to: 1 })
  })

  it('[S4] again, at another pace: it goes on, once', async () => {
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group, paceMs: 60_000 })
    await one.next('update')
    one.send({ type: 'subscribe', id: 3, group, paceMs: 100 })
    expect(await one.next('ack', ({ id }) => id === 3)).toMatchObject({ paceMs: 100 })
    await one.next('update')
    await post({ cpu: 1 })
    await one.next('update', ({ to }) => to === 1)
    one.send({ type: 'ping', id: 4 })
    await one.next('pong')
    expect(one.envelopes.filter(({ type }) => type === 'update')).toEqual([])
  })

  it('[S6] follows several groups on one socket, each at its pace', async () => {
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group, paceMs: 100 }, { type: 'subscribe', id: 3, group: `${group}-b` })
    await one.next('update', (update) => update.group === group)
    await one.next('update', (update) => update.group === `${group}-b`)
    await post({ cpu: 1 })
    expect(await one.next('update')).toMatchObject({ group, to: 1 })
  })

  it('[S5] follows at most 32 groups', async () => {
    const one = await client('Ana')
    for (let n = 0; n < 33; n++) one.send({ type: 'subscribe', id: 10 + n, group: `${group}-${n}` })
    expect(await one.next('error')).toMatchObject({ id: 42, code: 'socket_group_limit' })
    one.send({ type: 'unsubscribe', id: 50, group: `${group}-0` }, { type: 'subscribe', id: 51, group: `${group}-32` })
    await one.next('ack', ({ id }) => id === 51)
  })
})

describe('unsubscribe', () => {
  it('[D1] ends the updates', async () => {
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group, paceMs: 100 }, { type: 'unsubscribe', id: 3, group })
    expect(await one.next('ack', ({ id }) => id === 3)).toMatchObject({ group })
    const other = await client('Wei')
    other.send({ type: 'subscribe', id: 2, group, paceMs: 100 })
    await other.next('update')
    one.envelopes.splice(0)
    await post({ cpu: 1 })
    await other.next('update', ({ to }) => to === 1)
    one.send({ type: 'ping', id: 4 })
    await one.next('pong')
    expect(one.envelopes).toEqual([])
  })

  it('[D2] of a group one does not follow is not_subscribed', async () => {
    const one = await client('Ana')
    one.send({ type: 'unsubscribe', id: 3, group })
    expect(await one.next('error')).toMatchObject({ id: 3, code: 'not_subscribed' })
  })
})

describe('annotate', () => {
  it('[A1] [A2] is acknowledged with the annotation, and reaches everybody as an update', async () => {
    const ana = await client('Ana')
    const wei = await client('Wei')
    for (const one of [ana, wei]) one.send({ type: 'subscribe', id: 2, group, paceMs: 60_000 })
    await ana.next('update')
    await wei.next('update')
    ana.send({ type: 'annotate', id: 3, group, key: 'k', text: 'why?' })
    const ack = await ana.next('ack', ({ id }) => id === 3)
    expect(ack.annotation).toMatchObject({ revision: 1, author: 'Ana', text: 'why?' })
    for (const one of [ana, wei]) {
      const { annotations, to } = await one.next('update', (update) => update.annotations !== undefined)
      expect(annotations).toEqual([ack.annotation])
      expect(to).toBe(1)
    }
  })

  it('[K1] with a key is done once and answered twice', async () => {
    const ana = await client('Ana')
    ana.send(
      { type: 'annotate', id: 3, group, key: 'k', text: 'once' },
      { type: 'annotate', id: 4, group, key: 'k', text: 'once' },
    )
    const first = await ana.next('ack', ({ id }) => id === 3)
    const second = await ana.next('ack', ({ id }) => id === 4)
    expect(second.annotation).toEqual(first.annotation)
  })

  it('[K1] [K2] with a key and no secret is done once too, over two links', async () => {
    for (const id of [3, 4]) {
      const one = await raw()
      one.send({ type: 'hello', id: 1, name: 'ci' }, { type: 'annotate', id, group, key: 'k', text: 'once' })
      await one.next('ack')
      one.close()
    }
    const response = await fetch(`${server.url}/api/groups/${group}/annotations`)
    expect(JSON.parse(await response.text()).annotations).toHaveLength(1)
  })

  it('[K2] scopes a key to its holder', async () => {
    const ana = await client('Ana')
    const wei = await client('Wei')
    ana.send({ type: 'annotate', id: 3, group, key: 'k', text: 'mine' })
    wei.send({ type: 'annotate', id: 3, group, key: 'k', text: 'mine too' })
    expect((await wei.next('ack')).annotation).toMatchObject({ text: 'mine too' })
  })

  it('[A6] adds the evidence to a pin, as it was', async () => {
    await post({ orders: { Shirts: 5, Socks: 15 } })
    const ana = await client('Ana')
    ana.send({ type: 'annotate', id: 3, group, text: 'why?', pin: { metric: 'orders', category: 'Shirts' } })
    const { annotation } = await ana.next('ack')
    expect(annotation?.pin).toMatchObject({
      metric: 'orders',
      category: 'Shirts',
      evidence: { value: 5, share: 0.25, rank: 2, of: 2, cursor: expect.stringMatching(/:1$/) },
    })
  })

  it('[A5] refuses a pin on what the group does not have', async () => {
    const ana = await client('Ana')
    ana.send({ type: 'annotate', id: 3, group, text: 'why?', pin: { metric: 'nothing' } })
    expect(await ana.next('error')).toMatchObject({ id: 3, code: 'unknown_metric' })
  })

  it('[A4] takes 4,000 characters, and refuses one more or none', async () => {
    const ana = await client('Ana')
    ana.send({ type: 'annotate', id: 3, group, text: '🎉'.repeat(4_000) })
    await ana.next('ack', ({ id }) => id === 3)
    ana.send({ type: 'annotate', id: 4, group, text: 'x'.repeat(4_001) })
    expect(await ana.next('error')).toMatchObject({ id: 4, code: 'text_too_long' })
    ana.send({ type: 'annotate', id: 5, group, text: ' ' })
    expect(await ana.next('error')).toMatchObject({ id: 5, code: 'text_missing' })
  })

  it('[A4] needs a name', async () => {
    const nobody = await client()
    nobody.send({ type: 'annotate', id: 3, group, text: 'boo' })
    expect(await nobody.next('error')).toMatchObject({ id: 3, code: 'name_missing' })
  })
})

describe('presence', () => {
  it('[P1] [P3] [H5] tells who is here, counts a person once, and a nameless reader without a name', async () => {
    const ana = await client('Ana')
    ana.send({ type: 'subscribe', id: 2, group, paceMs: 100 })
    expect(await ana.next('presence')).toEqual({ type: 'presence', group, count: 1, people: [{ name: 'Ana' }] })
    const tab = await client('Ana')
    tab.send({ type: 'subscribe', id: 2, group })
    const wei = await client('Wei')
    wei.send({ type: 'subscribe', id: 2, group })
    const reader = await client()
    reader.send({ type: 'subscribe', id: 2, group })
    expect(await ana.next('presence', ({ count }) => count === 3)).toMatchObject({
      people: [{ name: 'Ana' }, { name: 'Wei' }],
    })
    wei.close()
    await ana.next('presence', ({ count }) => count === 2)
  })

  it('[P3] does not count who asks not to be', async () => {
    const ana = await client('Ana')
    ana.send({ type: 'subscribe', id: 2, group, present: false })
    expect(await ana.next('presence')).toMatchObject({ count: 0, people: [] })
  })

  it('[P1] carries the first 20 names and the whole count', async () => {
    const many = await Promise.all(Array.from({ length: 25 }, (_, n) => client(`p${n}`)))
    for (const one of many) one.send({ type: 'subscribe', id: 2, group, paceMs: 100 })
    const { people } = await (many[0] ?? (await client('x'))).next('presence', ({ count }) => count === 25)
    expect(people).toHaveLength(20)
  })
})

describe('ping', () => {
  it('[I2] is answered by pong with the id and the server time', async () => {
    const one = await client('Ana')
    one.send({ type: 'ping', id: 5 })
    const pong = await one.next('pong')
    expect(pong.id).toBe(5)
    expect(Math.abs(pong.time - Date.now())).toBeLessThan(60_000)
  })
})

describe('errors', () => {
  it.each([
    ['not JSON', 'hello', 'malformed', undefined],
    ['an array', '[]', 'malformed', undefined],
    ['no type', '{"id":4}', 'unknown_type', 4],
    ['a type nobody knows', '{"type":"dance","id":4}', 'unknown_type', 4],
    ['an envelope of the server', '{"type":"update","id":4}', 'unknown_type', 4],
    ['a number for a text', '{"type":"annotate","id":4,"text":5}', 'malformed', 4],
    ['a cursor that is none', '{"type":"subscribe","id":4,"cursor":"x"}', 'malformed', 4],
  ])('[E2] [E3] %s: the frame is refused and the link lives', async (_, frame, code, id) => {
    const one = await client('Ana', `/ws/${group}`)
    one.socket.send(frame)
    const refused = await one.next('error')
    expect(refused).toMatchObject({ code, temporary: false })
    expect(refused.id).toBe(id)
    one.send({ type: 'ping' })
    await one.next('pong')
  })

  it('[E1] ignores fields it does not know', async () => {
    const one = await client('Ana')
    one.socket.send(JSON.stringify({ type: 'ping', id: 1, colour: 'blue' }))
    await one.next('pong')
  })

  it('[T6] closes with 1009 for a frame over 64 KiB', async () => {
    const one = await client('Ana')
    one.socket.send('x'.repeat(limits.maxFrameBytes + 1))
    expect(await one.end()).toMatchObject({ code: 1009 })
  })

  it('[T6] takes a frame of exactly 64 KiB', async () => {
    const one = await client('Ana')
    one.socket.send(JSON.stringify({ type: 'ping', id: 1, pad: '' }).replace('""', `"${'x'.repeat(65_536 - 32)}"`))
    await one.next('pong')
  })

  it('[T5] closes with 3500 for a binary frame', async () => {
    const one = await client('Ana')
    one.socket.send(Buffer.from([1, 2, 3]))
    expect(await one.end()).toMatchObject({ code: 3500 })
  })

  it('[E5] closes with 3509 after 21 errors in a row', async () => {
    const one = await client('Ana')
    for (let at = 0; at < 21; at++) one.socket.send('{}')
    expect(await one.end()).toMatchObject({ code: 3509 })
  })
})

describe('a receiver', () => {
  it('[U2] [R1] ends equal to the snapshot over HTTP, whatever came', async () => {
    const one = await client('Ana')
    one.send({ type: 'subscribe', id: 2, group, paceMs: 100, windowMs: 60_000 })
    for (let value = 0; value < 20; value++) await post({ cpu: value, [`m${value % 3}`]: value })
    await post([{ metric: 'm1', remove: true }])
    one.send({ type: 'annotate', id: 3, group, text: 'done' })
    const { cursor } = await one.next('ack', ({ id }) => id === 3)
    const state = createState(group)
    while (encodeCursor(cursorOf(state)) !== cursor) applyUpdate(state, await one.next('update'))
    const snapshot = createState(group)
    const response = await fetch(`${server.url}/api/groups/${group}`)
    applyUpdate(snapshot, JSON.parse(await response.text()))
    const seen = (of: typeof state) => [...of.series.values()].map(({ key, value }) => [key, value]).sort()
    expect(seen(state)).toEqual(seen(snapshot))
    expect(state.talk.annotations).toEqual(snapshot.talk.annotations)
  })
})
