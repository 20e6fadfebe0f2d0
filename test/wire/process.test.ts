import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { testFolder } from '../support/group-file.ts'
import { RawHttp } from '../support/raw-http.ts'
import { RunningServer, startServer } from '../support/running-server.ts'
import { greet } from '../support/wire-client.ts'

const servers: RunningServer[] = []

const upgradeLines = [
  'GET /ws HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: chartroom.v1',
]

/** The epoch of a group that is written to. */
async function epochOf(server: RunningServer): Promise<string> {
  const response = await fetch(`${server.url}/api/groups/ops/annotations`, {
    method: 'POST',
    body: new URLSearchParams({ text: 'hello', author: 'ci' }),
  })
  expect(response.status).toBe(201)
  const list = await fetch(`${server.url}/api/groups`)
  const epoch = /"cursor":"([a-z0-9]+):/.exec(await list.text())?.[1]
  expect(epoch).toBeDefined()
  return epoch ?? ''
}

/** A port that is in use, and the way to free it. */
async function takePort(): Promise<[port: number, free: () => void]> {
  const taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  return [typeof address === 'object' && address !== null ? address.port : 0, () => void taken.close()]
}

async function start(...args: string[]): Promise<RunningServer> {
  const server = await startServer(...args)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop('SIGKILL')
})

describe('start', () => {
  it('prints the page and a curl line that works', async () => {
    const server = await start()
    const port = new URL(server.url).port
    await expect.poll(() => server.stdout).toContain(`http://localhost:${port}\n`)
    const [, line = ''] = /curl (-d .*)\n/.exec(server.stdout) ?? []
    // What curl makes of it: each -d is a part of one form.
    const words = line.split(' ')
    const parts = words.filter((_, at) => words[at - 1] === '-d')
    const response = await fetch(words.at(-1) ?? '', { method: 'POST', body: new URLSearchParams(parts.join('&')) })
    expect(JSON.parse(await response.text())).toMatchObject({ revision: 1, accepted: 2 })
  })

  it('listens on loopback only, unless told', async () => {
    const server = await start()
    expect(await server.logged('listening')).toMatchObject({
      host: expect.stringMatching(/^(127\.0\.0\.1|localhost|::1)$/),
    })
  })

  it('with --share says who may come in, and shows a code to scan', async () => {
    const server = await start('--share')
    await expect.poll(() => server.stdout).toMatch(/[▀▄█]/)
  })

  it.each([['--port', '70000'], ['--port', 'many'], ['--colour', 'blue'], ['4001'], ['--origin', 'wall']])(
    'says what is wrong with %j %j and ends with 2',
    async (...args) => {
      const server = new RunningServer(args)
      servers.push(server)
      const { line } = await server.logged('not_json')
      expect(String(line)).toContain(args.at(-1) === 'blue' ? '--colour' : args.at(-1))
      await expect.poll(() => server.isRunning).toBe(false)
      expect(await server.stop()).toBe(2)
    },
  )

  it('says what to do when the port is taken, and leaves the data as it was', async () => {
    const data = await testFolder()
    const first = await start('--data', data)
    const epoch = await epochOf(first)
    await first.stop()
    const [port, free] = await takePort()
    const server = new RunningServer(['--port', String(port), '--data', data])
    servers.push(server)
    await expect.poll(() => server.log.map(({ line }) => line).join(' ')).toContain(`${port}`)
    await expect.poll(() => server.isRunning).toBe(false)
    expect(await server.stop()).toBe(1)
    free()
    expect(await epochOf(await start('--data', data))).toBe(epoch)
  })

  it('says so when another process has the data, and leaves that one alone', async () => {
    const data = await testFolder()
    const first = await start('--data', data)
    const epoch = await epochOf(first)
    const second = new RunningServer(['--data', data])
    servers.push(second)
    const { line } = await second.logged('not_json')
    expect(line).toContain(`Another process has the data in ${data} open`)
    await expect.poll(() => second.isRunning).toBe(false)
    expect(await second.stop()).toBe(1)
    expect(second.log).toHaveLength(1)
    expect(await epochOf(first)).toBe(epoch)
    await first.stop()
    expect(await epochOf(await start('--data', data))).toBe(epoch)
  })

  it('says so when the data is not what it should be', async () => {
    const folder = await testFolder()
    const file = join(folder, 'chartroom.db')
    writeFileSync(file, 'a diary\n'.repeat(1_000))
    for (const [data, said] of [
      [folder, `The data in ${folder} cannot be opened`],
      [join(file, 'x'), `There is no folder ${join(file, 'x')} for the data: It lies below a file.`],
    ] as const) {
      const server = new RunningServer(['--data', data])
      servers.push(server)
      const { line } = await server.logged('not_json')
      expect(line).toContain(said)
      await expect.poll(() => server.isRunning).toBe(false)
      expect(await server.stop()).toBe(1)
    }
    expect(readFileSync(file, 'utf8')).toContain('a diary')
  })

  it('lists every flag with --help', async () => {
    const server = new RunningServer(['--help'])
    servers.push(server)
    for (const flag of ['--port', '--host', '--share', '--data', '--origin', '--allow-host']) {
      await expect.poll(() => server.stdout).toContain(flag)
    }
  })
})

describe('end', () => {
  it('[C1] tells every link when to come back, closes with 3001 and frees the port', async () => {
    const server = await start()
    const { url } = server
    const client = await greet(`${url}/ws`, 'Ana')
    const stopped = server.stop()
    expect((await client.next('closing')).afterMs).toBeGreaterThanOrEqual(0)
    expect(await client.end()).toMatchObject({ code: 3001 })
    expect(await stopped).toBe(0)
    await expect(fetch(`${url}/healthz`)).rejects.toThrow()
  })

  it('is seen by whoever asks for its health, and lets nobody in any more', async () => {
    const server = await start()
    const { url } = server
    const client = await greet(`${url}/ws`, 'Ana')
    // Who does not answer a close is waited for, a second.
    client.socket.pause()
    const stopped = server.stop()
    await server.logged('stopping')
    const late = new RawHttp(url).send(...upgradeLines)
    const healths = await Promise.all(['/healthz', '/readyz'].map((path) => fetch(`${url}${path}`)))
    expect(healths.map(({ status }) => status)).toEqual([503, 503])
    expect(await late.status()).toBe('HTTP/1.1 503 Refused')
    expect(await stopped).toBe(0)
    client.close()
  })

  it('comes at once when it is asked for twice', async () => {
    const server = await start()
    const client = await greet(`${server.url}/ws`, 'Ana')
    client.socket.pause()
    const stopped = server.stop()
    await server.logged('stopping')
    expect(await server.stop()).toBe(1)
    await stopped
    client.close()
  })

  it('waits for nobody who does not answer', async () => {
    const server = await start()
    const client = await greet(`${server.url}/ws`, 'Ana')
    client.socket.pause()
    const half = new RawHttp(server.url)
    half.socket.write('POST /api/groups/x/metrics HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\ncpu')
    await expect.poll(() => half.socket.readyState).toBe('open')
    expect(await server.stop()).toBe(0)
    client.close()
    half.close()
  })
})

describe('output', () => {
  it('that nobody reads any more neither ends the server nor keeps it busy', async () => {
    const server = await start()
    const { url } = server
    server.hangUp()
    for (let at = 0; at < 20; at++) await fetch(`${url}/api/nothing`)
    let before = await server.ticks()
    const ticksSinceLastLook = async () => {
      const now = await server.ticks()
      const used = now - before
      before = now
      return used
    }
    await expect.poll(ticksSinceLastLook, { interval: 200 }).toBe(0)
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect(await server.stop()).toBe(0)
  })
})

describe('log', () => {
  it('says in JSON who came, what was refused and why, and who left', async () => {
    const server = await start()
    const client = await greet(`${server.url}/ws`, 'Ana')
    client.socket.send('nonsense')
    await client.next('error')
    client.close()
    expect(await server.logged('link_opened')).toMatchObject({ link: expect.any(String), from: expect.any(String) })
    expect(await server.logged('link_ready')).toMatchObject({ name: 'Ana' })
    await fetch(`${server.url}/api/groups/x/metrics`, { method: 'POST', body: '{"cpu":"hot"}' })
    expect(await server.logged('request_refused')).toMatchObject({ level: 'warn', code: 'malformed' })
    expect(await server.logged('request_refused', ({ path }) => path === '/api/groups/x/metrics')).toMatchObject({
      code: 'content_type',
      message: expect.any(String),
    })
    expect(await server.logged('link_closed')).toMatchObject({ link: expect.any(String), code: 1006 })
    expect(server.log.filter(({ event }) => event === 'not_json')).toEqual([])
  })
})
