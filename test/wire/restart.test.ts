// What a server knows after it was ended and started again on the same data: in order, by a crash, from a backup.

import {
  type Annotation,
  annotation,
  annotationPage,
  decodeValue,
  encodeCursor,
  limits,
  type Receipt,
  receipt,
  type ServerEnvelope,
} from '@chartroom/shared'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LastingServer } from '../support/lasting-server.ts'
import { readGroup, readSnapshot } from '../support/whole-group.ts'
import { WireClient } from '../support/wire-client.ts'

const group = 'ops'
const signals = ['SIGTERM', 'SIGKILL'] as const

let server: LastingServer
const clients: WireClient[] = []

beforeEach(async () => {
  server = await LastingServer.start()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await server.close()
})

interface Coming {
  readonly name?: string
  readonly secret?: string
  readonly cursor?: string
}

/** Says hello and subscribes: the name that was granted, and the first update. */
async function come({ cursor, ...identity }: Coming = {}) {
  const client = await new WireClient(`${server.url}/ws/${group}`).opened()
  clients.push(client)
  client.send({ type: 'hello', id: 1, ...identity })
  client.send({ type: 'subscribe', id: 2, paceMs: 100, ...(cursor === undefined ? {} : { cursor }) })
  const { name } = await client.next('ack')
  return { client, name, update: await client.next('update') }
}

type Update = Extract<ServerEnvelope, { type: 'update' }>

async function post(path: string, body: unknown, key?: string): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', ...(key === undefined ? {} : { 'Idempotency-Key': key }) }
  const request = { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await fetch(`${server.url}/api/groups/${group}/${path}`, request)
  expect(response.status).toBeLessThan(300)
  return response.json()
}

async function say(text: string, key?: string): Promise<Annotation> {
  const written = decodeValue(annotation, await post('annotations', { text, author: 'ci' }, key))
  if (!written.ok) throw new Error(written.refusal.message)
  return written.value
}

async function measure(metrics: unknown, key?: string): Promise<Receipt> {
  const taken = decodeValue(receipt, await post('metrics', metrics, key))
  if (!taken.ok) throw new Error(taken.refusal.message)
  return taken.value
}

const cursorOf = ({ epoch, to }: Update) => encodeCursor({ epoch, revision: to })

const valuesOf = ({ values = [] }: Update) => values.map(([n, value]) => [n, value])

const texts = (annotations: readonly Annotation[] = []) => annotations.map(({ text }) => text)

describe('after a clean stop', () => {
  it('epoch and revision go on, and a client with its cursor gets only what it missed', async () => {
    const { epoch, revision } = await measure({ cpu: 1, memory: 2 })
    await say('before')
    const { update: before } = await come()
    expect(await server.restart('SIGTERM')).toBe(0)
    const after = await measure({ cpu: 3 })
    expect(after).toMatchObject({ epoch, revision: revision + 2 })
    await say('after')
    const { update } = await come({ cursor: cursorOf(before) })
    expect(update).toMatchObject({ epoch, from: before.to, to: after.revision + 1 })
    expect(valuesOf(update)).toEqual([[1, 3]])
    expect(texts(update.annotations)).toEqual(['after'])
    expect(update.series).toBeUndefined()
  })

  it('all numbers are as they were, and a series that comes back has a number of its own', async () => {
    await measure({ cpu: 1, orders: { Shirts: 5, Hats: 3 } })
    await measure([{ metric: 'cpu', remove: true }])
    const before = await readSnapshot(server.url, group)
    await server.restart('SIGTERM')
    const after = await readSnapshot(server.url, group)
    expect([...after.numbered].map(([n, { key, value, time }]) => [n, key, value, time])).toEqual(
      [...before.numbered].map(([n, { key, value, time }]) => [n, key, value, time]),
    )
    await measure({ cpu: 1 })
    expect((await readSnapshot(server.url, group)).series.get('cpu')?.definition.n).toBe(4)
  })

  it('[8] a cursor below what is remembered, of the future or of another epoch gets the whole', async () => {
    const names = Array.from({ length: limits.rememberedChanges + 5 }, (_, n) => `m${n}`)
    const { epoch } = await measure(names.map((metric) => ({ metric, value: 1 })))
    await measure(names.map((metric) => ({ metric, remove: true })))
    await measure({ cpu: 1 })
    await server.restart('SIGTERM')
    for (const cursor of [`${epoch}:1`, `${epoch}:4`, `x${epoch}:3`]) {
      const { update } = await come({ cursor })
      expect(update).toMatchObject({ epoch, from: 0, to: 3, series: [{ metric: 'cpu' }] })
    }
    expect((await come({ cursor: `${epoch}:2` })).update.from).toBe(2)
  })
})

describe('after a crash', () => {
  it('[9] a new epoch begins above all that was shown, also when it crashes before that is stored', async () => {
    await say('kept')
    let shown = { epoch: '', revision: 0 }
    for (let crashes = 0; crashes < 4; crashes++) {
      // Plain numbers are shown before they are stored.
      shown = await measure({ cpu: crashes })
      const { update: before } = await come()
      expect(before.to).toBe(shown.revision)
      await server.restart('SIGKILL')
      const { update } = await come({ cursor: cursorOf(before) })
      expect(update.epoch).not.toBe(shown.epoch)
      expect(update.from).toBe(0)
      expect(update.to).toBeGreaterThan(shown.revision)
      expect(texts(update.annotations)).toEqual(['kept'])
    }
  })

  it('[9] what it had kept until then is there', async () => {
    await measure({ cpu: 1 }, 'a key makes it be stored first')
    await measure([{ metric: 'orders', add: 5 }])
    await server.restart('SIGKILL')
    const { series } = await readSnapshot(server.url, group)
    expect([...series].map(([key, { value }]) => [key, value])).toEqual([
      ['cpu', 1],
      ['orders', 5],
    ])
  })
})

describe('--new-epoch', () => {
  it('begins a new epoch although the stop was clean', async () => {
    const { epoch, revision } = await measure({ cpu: 1 })
    await server.restart('SIGTERM', '--new-epoch')
    const { update } = await come({ cursor: `${epoch}:${revision}` })
    expect(update.epoch).not.toBe(epoch)
    expect(update.from).toBe(0)
    expect(valuesOf(update)).toEqual([[1, 1]])
    expect(update.to).toBeGreaterThan(revision)
  })
})

describe.each(signals)('after %s', (signal) => {
  it('[A8] [M7] [M8] direct messages are in the inboxes of those who hold the names, and in no other', async () => {
    const people = ['Ana', 'Bob', 'Cem']
    for (const name of people) await come({ name, secret: name })
    const sender = clients[0]
    const texts = Array.from({ length: 30 }, (_, at) => `n${at}`)
    for (const [at, text] of texts.entries())
      sender?.send({ type: 'annotate', id: 10 + at, group, text, recipients: ['Bob'] })
    for (const at of texts.keys()) await sender?.next('ack', ({ id }) => id === 10 + at)
    await server.restart(signal)
    const saidTo = async (name: string) => {
      const headers = { 'chartroom-secret': name }
      const path = `/api/groups/${group}%2F%40${name.toLowerCase()}/annotations`
      const page = decodeValue(annotationPage, await (await fetch(`${server.url}${path}`, { headers })).json())
      if (!page.ok) throw new Error(page.refusal.message)
      return page.value.annotations.map(({ text }) => text).reverse()
    }
    expect(await Promise.all(people.map(saidTo))).toEqual([texts, texts, []])
  })

  it('a name stays with who held it', async () => {
    await say('a group that is written')
    expect((await come({ name: 'Ana', secret: 'hers' })).name).toBe('Ana')
    await server.restart(signal)
    expect((await come({ name: 'Ana', secret: 'another' })).name).not.toBe('Ana')
    expect((await come({ name: 'Ana', secret: 'hers' })).name).toBe('Ana')
  })

  it('[11] what was sent with a key is answered again, and not done again', async () => {
    const written = await say('once', 'first')
    await measure([{ metric: 'orders', add: 5 }], 'second')
    await server.restart(signal)
    expect(await say('once', 'first')).toEqual(written)
    await measure([{ metric: 'orders', add: 5 }], 'second')
    const { annotations, series } = await readGroup(server.url, group)
    expect(texts(annotations)).toEqual(['once'])
    expect(series.get('orders')?.value).toBe(5)
  })

  it('[1] ids of annotations go on', async () => {
    const before = await say('before')
    await server.restart(signal)
    expect((await say('after')).id).toBeGreaterThan(before.id)
    expect(texts((await readGroup(server.url, group)).annotations)).toEqual(['before', 'after'])
  })
})

describe('a hundred writes at once cost a few commits: 20 for each second that they take', () => {
  let begin = 0
  beforeEach(() => {
    begin = performance.now()
  })
  /** Those of what comes before and after them are few. */
  const most = () => 5 + (performance.now() - begin) / 50
  const commits = async () => {
    const { running } = server
    expect(await server.end('SIGTERM')).toBe(0)
    const { counts } = await running.logged('stopped')
    const counted = Array.isArray(counts) ? counts.find(({ name }) => name === 'commits') : undefined
    return Number(counted?.value)
  }

  it('from a hundred who post', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, n) => say(`${n}`)))
    const allowed = most()
    const cost = await commits()
    expect(cost).toBeGreaterThan(0)
    expect(cost).toBeLessThanOrEqual(allowed)
  })

  it('[T7] from one link, in the order in which they were sent, with and without keys', async () => {
    const { client } = await come({ name: 'Ana', secret: 'of Ana' })
    for (let n = 0; n < 100; n++) {
      client.send({ type: 'annotate', id: 10 + n, text: `${n}`, ...(n % 3 === 0 ? { key: `k${n}` } : {}) })
    }
    const ids = new Map<number, number>()
    while (ids.size < 100) {
      const { id, annotation: written } = await client.next('ack')
      ids.set(id, written?.id ?? 0)
    }
    const inOrder = Array.from({ length: 100 }, (_, n) => ids.get(10 + n) ?? 0)
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b))
    const allowed = most()
    expect(await commits()).toBeLessThanOrEqual(allowed)
  })

  it('[T7] that arrange one chart each, and the last wins', async () => {
    const { client } = await come({ name: 'Ana', secret: 'of Ana' })
    const edits = (n: number) => [{ type: 'put' as const, chart: { id: 'orders', metrics: ['orders'], title: `${n}` } }]
    for (let n = 0; n < 100; n++) client.send({ type: 'arrange', id: 10 + n, edits: edits(n) })
    for (let n = 0; n < 100; n++) await client.next('ack')
    const board = await (await fetch(`${server.url}/api/groups/${group}/board`)).json()
    expect(board).toMatchObject({ charts: [{ id: 'orders', title: '99' }] })
    const allowed = most()
    expect(await commits()).toBeLessThanOrEqual(allowed)
  })
})
