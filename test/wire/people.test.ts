import { addresses, decodeValue } from '@chartroom/shared'
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
  group = `g${++groups}`
})
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})

/** Somebody in the group, and the name that they were granted. */
async function come(name: string | undefined, secret: string | undefined, paceMs: 100 | 1_000 = 100) {
  const client = await new WireClient(`${server.url}/ws/${group}`).opened()
  clients.push(client)
  client.send(
    { type: 'hello', id: 1, ...(name === undefined ? {} : { name }), ...(secret === undefined ? {} : { secret }) },
    { type: 'subscribe', id: 2, paceMs },
  )
  const ack = await client.next('ack')
  await client.next('update')
  return { client, granted: ack.name }
}

function write(author: string | undefined, secret?: string) {
  return fetch(`${server.url}/api/groups/${group}/annotations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(secret === undefined ? {} : { 'Chartroom-Secret': secret }) },
    body: JSON.stringify({ text: 'hi', ...(author === undefined ? {} : { author }) }),
  })
}

describe('a name', () => {
  it('[M1] is one person on two sockets with one secret, and on an old one that still lives', async () => {
    const old = await come('Ana', 's')
    const fresh = await come('Ana', 's')
    expect([old.granted, fresh.granted]).toEqual(['Ana', 'Ana'])
    expect(await fresh.client.next('presence')).toMatchObject({ count: 1, people: [{ name: 'Ana' }] })
  })

  it('[M2] of somebody else is granted with a 2, in the ack, in presence, and as the author; and again later', async () => {
    await come('Ana', 's')
    const stranger = await come('Ana', 't')
    expect(stranger.granted).toBe('Ana 2')
    await stranger.client.next('presence', ({ people }) => people.some(({ name }) => name === 'Ana 2'))
    stranger.client.send({ type: 'annotate', id: 3, text: 'me' })
    expect((await stranger.client.next('ack')).annotation).toMatchObject({ author: 'Ana 2' })
    stranger.client.close()
    expect((await come('Ana', 't')).granted).toBe('Ana 2')
  })

  it('[M5] is the same in another case or width', async () => {
    await come('Ana', 's')
    expect((await come('ＡＮＡ', 't')).granted).toBe('ＡＮＡ 2')
  })

  it('[M4] of who has no secret is not held', async () => {
    const { client, granted } = await come('ci', undefined)
    client.send({ type: 'annotate', id: 3, text: 'green' })
    expect(granted).toBe('ci')
    expect((await client.next('ack')).annotation).toMatchObject({ author: 'ci', unheld: true })
    expect((await come('ci', 's')).granted).toBe('ci')
  })

  it('[M3] that is held cannot be stolen over HTTP', async () => {
    await come('Ana', 's')
    expect((await write('ana')).status).toBe(403)
    const stolen = await write('Ana', 't')
    expect(stolen.status).toBe(403)
    expect(JSON.parse(await stolen.text())).toMatchObject({ code: 'name_held', temporary: false })
    expect((await write('Ana', 's')).status).toBe(201)
  })

  it('[N6] over HTTP with a secret is held from then on', async () => {
    const written = await write('bot', 's')
    expect(JSON.parse(await written.text())).not.toHaveProperty('unheld')
    expect((await come('bot', 't')).granted).toBe('bot 2')
  })

  it('[M4] over HTTP without a secret is free, and shown as not held', async () => {
    expect(JSON.parse(await (await write('ci')).text())).toMatchObject({ author: 'ci', unheld: true })
    for (const secret of [undefined, 's', 't']) {
      const written = await write(undefined, secret)
      expect(JSON.parse(await written.text())).toMatchObject({ author: 'anonymous', unheld: true })
    }
    expect((await come('anonymous', undefined)).granted).toBe('anonymous 2')
  })

  it.each(['', 's'.repeat(201)])('[N6] is not held by a secret that is none', async (secret) => {
    const refused = await write('ci', secret)
    expect(refused.status).toBe(400)
    expect(JSON.parse(await refused.text())).toMatchObject({ code: 'malformed' })
  })

  it('[H5] is not needed to read', async () => {
    const { client, granted } = await come(undefined, undefined)
    expect(granted).toBeUndefined()
    expect(await client.next('presence')).toMatchObject({ count: 1, people: [] })
  })
})

describe('point', () => {
  it('[O1] [P4] is acknowledged, and told to the others at their pace', async () => {
    const ana = await come('Ana', 's')
    const wei = await come('Wei', 't')
    ana.client.send({ type: 'point', id: 5, metric: 'orders', typing: true })
    expect(await ana.client.next('ack', ({ id }) => id === 5)).toEqual({ type: 'ack', id: 5 })
    const seen = await wei.client.next('presence', ({ people }) => people.some(({ typing }) => typing))
    expect(seen.people).toEqual([{ name: 'Ana', typing: true, metric: 'orders' }, { name: 'Wei' }])
    ana.client.send({ type: 'point', id: 6, metric: null, typing: false, away: true })
    await wei.client.next('presence', ({ people }) => people.some(({ away }) => away))
  })

  it('[O2] in a group that one does not follow is refused', async () => {
    const { client } = await come('Ana', 's')
    client.send({ type: 'point', id: 5, group: 'elsewhere', typing: true })
    expect(await client.next('error')).toMatchObject({ id: 5, code: 'not_subscribed' })
  })
})

describe('the addresses', () => {
  const ask = async (of: RunningServer) =>
    decodeValue(addresses, JSON.parse(await (await fetch(`${of.url}/api/addresses`)).text()))

  it('[R3] are none while only this machine can connect', async () => {
    expect(await ask(server)).toEqual({ ok: true, value: { addresses: [] } })
  })

  it('[X3] are read only', async () => {
    expect((await fetch(`${server.url}/api/addresses`, { method: 'POST' })).status).toBe(405)
  })

  it('[R3] are where others reach a server that is shared', async () => {
    const shared = await startServer('--share')
    const told = await ask(shared)
    await shared.stop()
    const port = new URL(shared.url).port
    for (const address of told.ok ? told.value.addresses : ['none'])
      expect(address).toMatch(new RegExp(`^http://.*:${port}$`))
  })
})

describe('an idempotency key', () => {
  it.each([
    ['none', ''],
    ['more than 200', 'k'.repeat(201)],
  ])('[L1] of %s characters is refused', async (_, key) => {
    const response = await fetch(`${server.url}/api/groups/${group}/metrics`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: '{"cpu":1}',
    })
    expect(response.status).toBe(400)
  })
})
