// The client's own ways in, against a real server behind the proxies that stand in the way. What each way must bring is
// the contract's (transports/); here is which one is taken, and what goes out on it.

import { createConnection, type Replica, type Way } from '@chartroom/shared/client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fastPlatform } from '../support/fast-platform.ts'
import { Gateway, type GatewayManners } from '../support/gateway.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'

let server: RunningServer
let groups = 0
let group: string
const closing: (() => unknown)[] = []

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())
beforeEach(() => {
  group = `g${++groups}`
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function post(to: 'metrics' | 'annotations', body: unknown, name = group): Promise<void> {
  const response = await fetch(`${server.url}/api/groups/${name}/${to}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(response.status).toBeLessThan(300)
}

/** Somebody behind a proxy, whose clock runs four times as fast. */
async function come(manners: GatewayManners, { name = 'Ana' } = {}) {
  const proxy = await Gateway.open(server.url, manners)
  closing.push(() => proxy.close())
  const connection = createConnection({ url: proxy.url, platform: fastPlatform(4), name, secret: `of ${name}` })
  closing.push(() => connection.close())
  const replica = connection.follow(group, { paceMs: 250, windowMs: 60_000 })
  return { proxy, connection, replica }
}

const numberOf = ({ state }: Replica, metric = 'cpu') => state.series.get(metric)?.value
const texts = ({ state }: Replica) => state.talk.annotations.map(({ text }) => text)

describe.each([
  ['websocket', {}],
  ['event-stream', { upgrades: 400 }],
  ['long-poll', { upgrades: 400, gathersAnswers: true }],
  ['poll', { upgrades: 400, gathersAnswers: true, maxAnswerMs: 500 }],
] as const satisfies readonly (readonly [Way, GatewayManners])[])('a client that ends on %s', (way, manners) => {
  it('comes in by it, writes, edits and reacts, and is seen at what it points', async () => {
    const { connection, replica } = await come(manners)
    replica.point({ metric: 'cpu' })
    await expect.poll(() => connection.way).toBe(way)
    await expect.poll(() => connection.state.word).toBe('live')
    const written = await replica.annotate({ text: 'from inside' })
    expect(written).toMatchObject({ ok: true, value: { author: 'Ana' } })
    const id = written.ok ? written.value.id : 0
    const [edited, reacted] = await Promise.all([replica.revise(id, 'changed'), replica.react(id, '👍', true)])
    expect([edited.ok, reacted.ok]).toEqual([true, true])
    await expect.poll(() => texts(replica)).toEqual(['changed'])
    await expect.poll(() => replica.people).toMatchObject({ count: 1, people: [{ name: 'Ana', metric: 'cpu' }] })
  })

  it('loses nothing that it writes, and writes nothing twice, when it is cut', async () => {
    const { proxy, connection, replica } = await come(manners)
    await expect.poll(() => connection.way).toBe(way)
    for (let n = 0; n < 12; n++) {
      // Waits that are cut twice in a row, with no answer between, would be a network that lets nothing wait.
      if (n % 3 === 1) await expect.poll(() => texts(replica).length).toBe(2 * n)
      const said = replica.annotate({ text: `${n}` })
      if (n % 3 === 1) proxy.cut()
      await post('annotations', { text: `other ${n}`, author: 'ci' })
      expect((await said).ok).toBe(true)
    }
    await expect.poll(() => texts(replica).length).toBe(24)
    const own = texts(replica).filter((text) => !text.startsWith('other'))
    expect(own).toEqual(Array.from({ length: 12 }, (_, n) => `${n}`))
    expect(connection.way).toBe(way)
  })

  it('follows several groups, each at its pace, and lets one go', async () => {
    const { connection, replica } = await come(manners)
    const others = [1, 2, 3].map((n) => connection.follow(`${group}-${n}`, { paceMs: 1_000 }))
    await expect.poll(() => [replica, ...others].every(({ isFilled }) => isFilled)).toBe(true)
    for (const other of others) await post('metrics', { cpu: 7 }, other.group)
    await expect.poll(() => others.map((other) => numberOf(other))).toEqual([7, 7, 7])
    others[0]?.close()
    await post('metrics', { cpu: 8 }, others[1]?.group)
    await expect.poll(() => others.map((other) => numberOf(other))).toEqual([7, 8, 7])
  })
})

it.each([403, 'cut', 'held'] as const)('a client whose upgrades are %s comes by the event stream', async (upgrades) => {
  await post('metrics', { cpu: 1 })
  const { connection, replica } = await come({ upgrades })
  await expect.poll(() => numberOf(replica)).toBe(1)
  expect(connection.way).toBe('event-stream')
})

it('stays on the way that worked while the server is away', async () => {
  const { proxy, connection, replica } = await come({})
  await expect.poll(() => connection.way).toBe('websocket')
  await proxy.close()
  await expect.poll(() => connection.state.word).toBe('waiting')
  expect(replica.isFilled).toBe(true)
  expect(connection.way).toBe('websocket')
})
