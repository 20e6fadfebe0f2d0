import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import type WebSocket from 'ws'
import { patience } from '../support/patience.ts'
import { PlainClient } from '../support/plain-client.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { greet, type WireClient } from '../support/wire-client.ts'

let server: RunningServer
let groups = 0
let group: string
const open: (PlainClient | WireClient)[] = []

beforeAll(async () => {
  server = await startServer('--origin', 'https://wall.example')
})
afterAll(() => server.stop())
afterEach(() => {
  for (const client of open.splice(0)) client.close()
  group = `plain${++groups}`
})
group = `plain${groups}`

async function connect(path: string, options?: WebSocket.ClientOptions): Promise<PlainClient> {
  const made = new PlainClient(`${server.url}${path}`, options)
  open.push(made)
  return made.opened()
}

async function post(to: string, body: unknown): Promise<void> {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${server.url}/api/groups/${group}/${to}`, {
    ...{ method: 'POST', headers },
    body: JSON.stringify(body),
  })
  expect(answer.status).toBeLessThan(300)
}

describe('a WebSocket without subprotocol', () => {
  it.each(['/room/:group/', '/room/:group', '/ws/:group/', '/ws/:group'])(
    '[PT1] at %s joins its group',
    async (path) => {
      const client = await connect(`${path.replace(':group', group)}?name=ann`)
      expect(await client.next()).toBe(`[${group}: you are ann; here: ann]`)
      client.send('hello')
      expect(await client.next()).toBe('ann: hello')
    },
  )

  it.each(['/', '/ws/', '/ws', '/chat/', '/chatsocket'])('[PT1] at %s joins the group home', async (path) => {
    const client = await connect(path)
    expect(await client.next()).toMatch(/^\[home: you are guest \d+; here: .*\]$/)
  })

  it('[PT1] [T3] [X3] is what a plain GET of its address names', async () => {
    for (const path of ['/ws/', '/ws/ops', '/chat/', '/chatsocket']) {
      const answer = await fetch(`${server.url}${path}`)
      expect(answer.status).toBe(426)
      expect(await answer.text()).toContain('plain text')
    }
  })

  it('[PT3] [PT2] talks with a page: both have what the other said, and both are counted', async () => {
    const page = await greet(`${server.url}/ws`, 'Ana')
    open.push(page)
    page.send({ type: 'subscribe', id: 2, group })
    await page.next('update')
    const client = await connect(`/ws/${group}?name=bob`)
    expect(await client.next()).toBe(`[${group}: you are bob; here: Ana, bob]`)
    expect(await page.next('presence', ({ count }) => count === 2)).toMatchObject({
      people: [{ name: 'Ana' }, { name: 'bob' }],
    })
    client.send('hello')
    const heard = await page.next('update', ({ annotations = [] }) => annotations.length > 0)
    expect(heard.annotations).toMatchObject([{ author: 'bob', text: 'hello', unheld: true }])
    page.send({ type: 'annotate', id: 3, group, key: 'k', text: 'hi bob' })
    expect(await client.next()).toBe('bob: hello')
    expect(await client.next()).toBe('Ana: hi bob')
    client.close()
    await page.next('presence', ({ count }) => count === 1)
  })

  it('[PT4] takes text in binary frames, and refuses bytes that are none', async () => {
    const client = await connect(`/ws/${group}?name=bob`)
    await client.next()
    client.socket.send(Buffer.from('grüße, 你好'))
    expect(await client.next()).toBe('bob: grüße, 你好')
    client.socket.send(Buffer.from([0xff, 0xfe]))
    expect(await client.next()).toBe('[error: A binary frame must be UTF-8 text.]')
    expect(client.binaryFrames).toBe(0)
  })

  it('[PT5] answers ping, and closes with 1000 on close', async () => {
    const client = await connect(`/ws/${group}`)
    await client.next()
    client.send('ping')
    expect(await client.next()).toBe('pong')
    client.send('close')
    expect(await client.end()).toEqual({ code: 1000, reason: 'done' })
  })

  it('[PT5] has taken what was sent when its client has gone', async () => {
    const reader = await connect(`/ws/${group}?name=reader`)
    await reader.next()
    const script = await connect(`/ws/${group}?name=script`)
    for (const text of ['one', 'two', 'three']) script.send(text)
    script.socket.close()
    for (const text of ['one', 'two', 'three']) expect(await reader.next()).toBe(`script: ${text}`)
  })

  it('[PT7] takes direct messages to who holds a name', async () => {
    const bob = await connect(`/ws/${group}?name=bob`, { headers: { 'Chartroom-Secret': `bob ${group}` } })
    const ann = await connect(`/ws/${group}?name=ann&to=bob`, { headers: { 'Chartroom-Secret': `ann ${group}` } })
    const wei = await connect(`/ws/${group}?name=wei`)
    for (const client of [bob, ann, wei]) await client.next()
    ann.send('psst')
    expect(await bob.next()).toBe('ann (to bob): psst')
    expect(await ann.next()).toBe('ann (to bob): psst')
    bob.send('/to nobody psst')
    expect(await bob.next()).toBe('[error: Nobody holds that name in this group.]')
    bob.send('for all')
    expect(await wei.next()).toBe('bob: for all')
    const page = await connect(`/ws/${group}?to=bob`)
    const [, guest] = /you are (guest \d+);/.exec((await page.next()) ?? '') ?? []
    page.send('hello bob')
    expect(await page.next()).toBe(`${guest} (to bob): hello bob`)
    expect(await bob.next()).toBe('bob: for all')
    expect(await bob.next()).toBe(`${guest} (to bob): hello bob`)
  })

  it('[PT8] speaks one JSON object a frame', async () => {
    const page = await connect(`/ws/${group}?name=ann&format=json`)
    expect(JSON.parse(await page.next())).toMatchObject({ type: 'here', name: 'ann', count: 1 })
    page.send(JSON.stringify({ message: 'hello' }))
    expect(JSON.parse(await page.next())).toMatchObject({ author: 'ann', message: 'hello', text: 'hello', group })
  })

  it.each(['?show=numbers&paceMs=100', '/refreshTime=0.1', '/refreshTime=0.1/'])(
    '[PT9] tells numbers: %s',
    async (how) => {
      await post('metrics', { orders: { Shirts: 5 }, cpu: 12.5 })
      const client = await connect(`/room/${group}${how}`)
      expect(await client.next()).toBe('orders{category="Shirts"} 5\ncpu 12.5')
      await client.next()
      await post('metrics', { orders: { Shirts: 6 } })
      expect(await client.next()).toBe('orders{category="Shirts"} 6')
      await post('annotations', { text: 'shipped', author: 'ci' })
      expect(await client.next()).toBe('ci: shipped')
    },
  )

  it('[T6] ends with 1009 at a frame that is too large', async () => {
    const client = await connect(`/ws/${group}`)
    client.send('x'.repeat(65_537))
    expect(await client.end()).toMatchObject({ code: 1009 })
  })
})

describe('an origin that is not let in', () => {
  it('[PT11] [T4] is told why in one frame before the close, and the log says what would let it in', async () => {
    const client = await connect(`/ws/${group}`, { origin: 'http://other.example:8000' })
    expect(await client.next()).toContain('--origin http://other.example:8000')
    expect(await client.end()).toEqual({ code: 3507, reason: 'not admitted' })
    expect(client.lines).toEqual([])
    const line = await server.logged('upgrade_refused', ({ code }) => code === 'origin')
    expect(line.message).toContain('--origin http://other.example:8000')
  })

  it('[PT11] is told in the form that the address asks for', async () => {
    const client = await connect(`/ws/${group}?format=json`, { origin: 'null' })
    expect(JSON.parse(await client.next())).toMatchObject({ type: 'error', code: 'origin' })
  })

  it('[PT11] is not heard', async () => {
    const reader = await connect(`/ws/${group}?name=reader`)
    await reader.next()
    const stranger = await connect(`/ws/${group}?name=eve`, { origin: 'https://evil.example' })
    stranger.send('let me in')
    await stranger.end()
    reader.send('nobody came')
    expect(await reader.next()).toBe('reader: nobody came')
  })

  it('is let in once it is listed', async () => {
    const client = await connect(`/ws/${group}`, { origin: 'https://wall.example' })
    expect(await client.next()).toMatch(/you are guest/)
  })

  it('[PT11] is not even told at a host name that is not the server’s, or at no address of ours', async () => {
    await expect(connect('/', { headers: { Host: 'rebound.example' } })).rejects.toThrow('421')
    await expect(connect('/nowhere')).rejects.toThrow('404')
  })
})

describe('clients that come back at once and for ever', () => {
  /** Opens again whenever it is closed, until it has opened so often. */
  function looping(
    path: string,
    options: WebSocket.ClientOptions,
    times: number,
    onOpen: (client: PlainClient) => void,
  ) {
    const state = { opened: 0 }
    const again = (): void => {
      const client = new PlainClient(`${server.url}${path}`, options)
      open.push(client)
      client.socket.on('open', () => {
        state.opened++
        onOpen(client)
      })
      client.socket.on('close', () => state.opened < times && again())
    }
    again()
    return state
  }

  it('[PT11] are told and counted each time where they are turned away, and cost nobody a message', async () => {
    const origin = 'https://loop.example'
    const loops = Array.from({ length: 20 }, () => looping(`/ws/${group}`, { origin }, 2, () => {}))
    const [ann, bob] = [await connect(`/ws/${group}?name=ann`), await connect(`/ws/${group}?name=bob`)]
    await Promise.all([ann.next(), bob.next()])
    for (let count = 0; count < 50; count++) ann.send(`${count}`)
    for (let count = 0; count < 50; count++) expect(await bob.next()).toBe(`ann: ${count}`)
    await vi.waitFor(() => expect(loops.every(({ opened }) => opened === 2)).toBe(true), patience)
    const refused = () => server.log.filter((line) => line.event === 'upgrade_refused' && line.origin === origin).length
    await expect.poll(refused).toBe(40)
  })

  it('leave nothing behind where they are let in', async () => {
    const reader = await connect(`/ws/${group}?name=reader`)
    await reader.next()
    const loops = Array.from({ length: 10 }, () =>
      looping(`/ws/${group}?name=loop`, {}, 30, (client) => client.socket.close()),
    )
    await vi.waitFor(() => expect(loops.every(({ opened }) => opened === 30)).toBe(true), patience)
    reader.send('still here')
    expect(await reader.next()).toBe('reader: still here')
    const watcher = await greet(`${server.url}/ws`)
    open.push(watcher)
    watcher.send({ type: 'subscribe', id: 2, group, present: false })
    expect(await watcher.next('presence', ({ count }) => count === 1)).toMatchObject({ people: [{ name: 'reader' }] })
  })
})
