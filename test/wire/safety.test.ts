import type { IncomingMessage } from 'node:http'
import { encode, subprotocol } from '@chartroom/shared'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { RawHttp } from '../support/raw-http.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { greet, WireClient } from '../support/wire-client.ts'

let server: RunningServer
const open: { close(): void }[] = []

beforeAll(async () => {
  server = await startServer('--origin', 'https://wall.example', '--allow-host', 'charts.example')
})
afterAll(() => server.stop())
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})

function raw(): RawHttp {
  const made = new RawHttp(server.url)
  open.push(made)
  return made
}

const port = () => new URL(server.url).port

describe('Host', () => {
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', ''])(
    '%j is answered 421, so that a rebound name gets nowhere',
    async (host) => {
      expect(await raw().send('GET /api/groups HTTP/1.1', `Host: ${host}`).status()).toMatch(/ 4\d\d /)
    },
  )

  it.each(['localhost', '127.0.0.1', '[::1]', 'charts.example'])('%j is served', async (host) => {
    const request = raw().send('GET /api/groups HTTP/1.1', `Host: ${host}:${port()}`)
    expect(await request.status()).toBe('HTTP/1.1 200 OK')
  })

  it('[T4] that is foreign opens no WebSocket', async () => {
    const client = new WireClient(`${server.url}/ws`, { headers: { Host: 'evil.example' } })
    await expect(client.opened()).rejects.toThrow('421')
  })
})

describe('Origin', () => {
  const write = (origin: string) =>
    fetch(`${server.url}/api/groups/origin/metrics`, {
      method: 'POST',
      body: new URLSearchParams({ cpu: '1' }),
      headers: { Origin: origin },
    })

  it('of another page may not write, not even with a form, which needs no preflight', async () => {
    const response = await write('https://evil.example')
    expect(response.status).toBe(403)
    expect(JSON.parse(await response.text())).toMatchObject({ code: 'origin' })
  })

  it('of our own page, or a listed one, may', async () => {
    expect((await write(server.url)).status).toBe(200)
    expect((await write('https://wall.example')).status).toBe(200)
  })

  it('[T4] of another page opens no WebSocket, and the log says who', async () => {
    const client = new WireClient(`${server.url}/ws`, { origin: 'https://evil.example' })
    await expect(client.opened()).rejects.toThrow('403')
    await server.logged('upgrade_refused', ({ origin }) => origin === 'https://evil.example')
  })

  it('of a listed page opens one', async () => {
    open.push(await greet(`${server.url}/ws`, 'Ana', { origin: 'https://wall.example' }))
  })
})

describe('upgrade', () => {
  it.each(['h2c', 'foo', 'websocket, foo'])('[T3] to %j is refused and the connection closed', async (upgrade) => {
    const request = raw().send(
      'GET / HTTP/1.1',
      `Host: localhost:${port()}`,
      'Connection: Upgrade',
      `Upgrade: ${upgrade}`,
    )
    expect(await request.status()).toMatch(/ 426 /)
    await request.closed()
  })

  it('[T2] with other subprotocols only is refused and says which', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, ['mqtt'])
    const [response] = await new Promise<[IncomingMessage]>((resolve, reject) => {
      socket.on('unexpected-response', (_, answer) => resolve([answer]))
      socket.on('open', () => reject(new Error('it opened')))
      socket.on('error', () => {})
    })
    expect(response.statusCode).toBe(400)
    socket.terminate()
  })

  it('[T2] takes our subprotocol among others', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, ['secret-token', subprotocol])
    open.push({ close: () => socket.terminate() })
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
    expect(socket.protocol).toBe(subprotocol)
  })

  it.each(['/elsewhere', '/ws/a/b', '/ws/%ff', '/ws/..%2f'])('[T3] at %s is refused', async (path) => {
    const client = new WireClient(`${server.url}${path}`)
    await expect(client.opened()).rejects.toThrow(/40[04]/)
  })

  it.each([
    ['a bad key', 'Sec-WebSocket-Key: short', 'Sec-WebSocket-Version: 13'],
    ['a bad version', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version: 99'],
  ])('with %s is refused and the connection closed', async (_, key, versionLine) => {
    const request = raw().send(
      'GET /ws HTTP/1.1',
      `Host: localhost:${port()}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Sec-WebSocket-Protocol: ${subprotocol}`,
      key,
      versionLine,
    )
    expect(await request.status()).toMatch(/ 4\d\d /)
    await request.closed()
  })
})

describe('no input ends the process, or disturbs the others', () => {
  it('random bytes and random valid-looking frames', async () => {
    const witness = await greet(`${server.url}/ws`, 'witness')
    open.push(witness)
    witness.send({ type: 'subscribe', id: 2, group: 'fuzz', paceMs: 100 })
    await witness.next('update')
    await fc.assert(fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 20 }), converse), { numRuns: 150 })
    witness.send({ type: 'annotate', id: 3, group: 'fuzz', key: 'end', text: 'still here' })
    await witness.next('update', ({ annotations = [] }) => annotations.some(({ text }) => text === 'still here'))
    expect(witness.ended).toBeUndefined()
    expect(server.isRunning).toBe(true)
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([])
  })

  it('random bytes instead of HTTP', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        const request = new RawHttp(server.url)
        request.socket.end(bytes)
        await request.closed()
      }),
      { numRuns: 50 },
    )
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })

  it('random bodies', async () => {
    const type = fc.constantFrom('application/json', 'application/x-ndjson', 'application/x-www-form-urlencoded', '')
    const body = fc.oneof(fc.json(), fc.string(), fc.uint8Array())
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('metrics', 'annotations'), type, body, async (place, contentType, sent) => {
        const headers = contentType === '' ? {} : { 'Content-Type': contentType }
        const blob = typeof sent === 'string' ? sent : Buffer.from(sent)
        const response = await fetch(`${server.url}/api/groups/bodies/${place}`, {
          method: 'POST',
          body: blob,
          headers,
        })
        await response.arrayBuffer()
        expect(response.status).toBeLessThan(500)
      }),
      { numRuns: 200 },
    )
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([])
  })
})

const word = fc.constantFrom(
  ...[
    'hello',
    'subscribe',
    'unsubscribe',
    'annotate',
    'revise',
    'retract',
    'react',
    'arrange',
    'point',
    'ping',
    'pong',
  ],
)
const looksValid = fc
  .record(
    {
      type: word,
      id: fc.oneof(fc.nat(), fc.anything()),
      group: fc.oneof(fc.constantFrom('fuzz', 'fuzz-b', '__proto__', 'constructor'), fc.string()),
      name: fc.oneof(fc.string(), fc.anything()),
      text: fc.oneof(fc.string(), fc.anything()),
      key: fc.string(),
      annotation: fc.oneof(fc.nat(), fc.anything()),
      reaction: fc.oneof(fc.constantFrom('__proto__', 'constructor'), fc.string()),
      on: fc.boolean(),
      paceMs: fc.constantFrom(100, 1_000, 7),
      windowMs: fc.oneof(fc.nat(), fc.anything()),
      cursor: fc.oneof(fc.constantFrom('0:0', 'x:1', '0:99'), fc.string()),
      pin: fc.oneof(fc.record({ metric: fc.string(), category: fc.string() }), fc.anything()),
    },
    { requiredKeys: ['type'] },
  )
  .map((value) => JSON.stringify(value))
const frame = fc.oneof(looksValid, looksValid, fc.json(), fc.string(), fc.uint8Array())

async function converse(frames: readonly (string | Uint8Array)[]): Promise<void> {
  const client = await new WireClient(`${server.url}/ws/fuzz`).opened()
  client.socket.send(encode({ type: 'hello', id: 1, name: 'fuzz' }))
  for (const one of frames) client.socket.send(one)
  client.socket.close()
  await client.end()
}
