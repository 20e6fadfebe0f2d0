// A disk that takes nothing more: whoever writes is told, reading goes on, and it is well again when there is room.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LastingServer } from '../support/lasting-server.ts'
import { readGroup } from '../support/whole-group.ts'
import { greet } from '../support/wire-client.ts'

const run = promisify(execFile)
const group = 'ops'

let server: LastingServer

beforeEach(async () => {
  server = await LastingServer.start()
})

afterEach(() => server.close())

/** How long a file of the server may grow: the system then refuses to write to it, as a full disk does. */
async function limitFiles(size: number | 'unlimited'): Promise<void> {
  await run('prlimit', ['--pid', String(server.running.pid), `--fsize=${size}:`])
}

function post(path: string, body: unknown, key?: string): Promise<Response> {
  const headers = { 'Content-Type': 'application/json', ...(key === undefined ? {} : { 'Idempotency-Key': key }) }
  return fetch(`${server.url}/api/groups/${group}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}

const say = (text: string, key?: string) => post('annotations', { text, author: 'ci' }, key)

async function health(): Promise<number> {
  return (await fetch(`${server.url}/healthz`)).status
}

async function texts(): Promise<string[]> {
  return (await readGroup(server.url, group)).annotations.map(({ text }) => text)
}

describe('a full disk', () => {
  it('is told to who writes and to who looks after the server, and costs no more than that', async () => {
    expect((await say('before')).status).toBe(201)
    const ana = await greet(`${server.url}/ws/${group}`, 'Ana')
    await limitFiles(4_096)
    const refused = await say('while full', 'key of Ci')
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ code: 'storage' })
    expect((await post('metrics', [{ metric: 'orders', add: 1 }])).status).toBe(503)
    ana.send({ type: 'annotate', id: 9, text: 'while full too' })
    expect(await ana.next('error')).toMatchObject({ id: 9, code: 'storage', temporary: true })
    expect(await health()).toBe(503)
    expect(await texts()).toEqual(['before'])
    expect(server.running.isRunning).toBe(true)
    ana.close()
  })

  it('heals when there is room again, and nothing that was acknowledged is lost', async () => {
    await say('before')
    await limitFiles(4_096)
    expect((await say('retried', 'key of Ci')).status).toBe(503)
    expect((await post('metrics', { cpu: 5 })).status).toBe(200)
    await limitFiles('unlimited')
    expect((await say('retried', 'key of Ci')).status).toBe(201)
    expect((await say('retried', 'key of Ci')).status).toBe(201)
    await expect.poll(health).toBe(200)
    expect(await texts()).toEqual(['before', 'retried'])
    await server.restart('SIGTERM')
    expect(await texts()).toEqual(['before', 'retried'])
    expect((await readGroup(server.url, group)).series.get('cpu')?.value).toBe(5)
  })

  it('is over without anybody writing: a server that no one is sent to any more would stay red', async () => {
    await say('before')
    await limitFiles(4_096)
    expect((await say('while full')).status).toBe(503)
    expect(await health()).toBe(503)
    await limitFiles('unlimited')
    await expect.poll(health).toBe(200)
  })

  it('does not keep the server from ending, nor from starting on what it has', async () => {
    await say('before')
    await limitFiles(4_096)
    await post('metrics', { cpu: 5 })
    await say('while full')
    await server.restart('SIGTERM')
    expect(await texts()).toEqual(['before'])
    expect((await say('after')).status).toBe(201)
  })
})
