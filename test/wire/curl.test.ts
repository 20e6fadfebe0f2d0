// The lines of curl in the README, driven for real: whoever copies one gets what it says.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'

const readme = fileURLToPath(new URL('../../README.md', import.meta.url))

let server: RunningServer
/** Where curl keeps what it is told to keep. */
let folder: string
let lines: readonly string[]
const running: Curl[] = []

beforeAll(async () => {
  const text = await readFile(readme, 'utf8')
  const whole = text.replaceAll(/\\\n +/g, '').split('\n')
  lines = whole.filter((line) => line.startsWith('curl ') && line.includes('/api/groups/shop'))
  folder = await mkdtemp(join(tmpdir(), 'chartroom-curl-'))
  server = await startServer()
})
afterEach(() => {
  for (const curl of running.splice(0)) curl.stop()
})
afterAll(() => server?.stop())

/** A curl that runs in a shell, as somebody types it. */
class Curl {
  readonly #child
  readonly #ended: Promise<unknown>
  told = ''

  constructor(line: string) {
    this.#child = spawn('sh', ['-c', `exec ${line}`], { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] })
    this.#child.stdout.on('data', (piece) => {
      this.told += String(piece)
    })
    this.#ended = once(this.#child, 'close')
    running.push(this)
  }

  /** All that it told, once it has ended by itself. */
  async whole(): Promise<string> {
    await this.#ended
    expect(this.#child.exitCode).toBe(0)
    return this.told
  }

  /** The ids of the events that came so far, and their envelopes. */
  get events(): { readonly id: string | undefined; readonly data: { type: string; [field: string]: unknown } }[] {
    const whole = this.told.slice(0, this.told.lastIndexOf('\n\n') + 1)
    return whole.split('\n\n').flatMap((event) => {
      const data = /^data: (.*)$/m.exec(event)?.[1]
      return data === undefined ? [] : [{ id: /^id: (.*)$/m.exec(event)?.[1], data: JSON.parse(data) }]
    })
  }

  get updates() {
    return this.events.filter(({ data }) => data.type === 'update')
  }

  stop(): void {
    this.#child.kill()
  }
}

/** The one line of the README with these words, perhaps with another cursor or more options. */
function curl(words: RegExp, cursor = '', options = ''): Curl {
  const found = lines.filter((line) => words.test(line))
  expect(found).toHaveLength(1)
  return run(found[0] ?? '', cursor, options)
}

/** A line of the README, for this server; it fails where it is refused. */
function run(line: string, cursor = '', options = ''): Curl {
  const here = line.replace(/ +#.*$/, '').replace('http://localhost:3000', server.url)
  return new Curl(here.replace('k3f9:17', cursor).replace('curl', `curl -sf ${options}`))
}

async function post(body: string, to = 'metrics'): Promise<void> {
  await new Curl(`curl -sf -d '${body}' ${server.url}/api/groups/shop/${to}`).whole()
}

/** What `changes` answers, and the cursor that it reaches. */
async function changes(cursor?: string) {
  const told = await (cursor === undefined ? curl(/shop\/changes +#/) : curl(/since=k3f9:17' /, cursor)).whole()
  const update = JSON.parse(told)
  return { update, cursor: `${update.epoch}:${update.to}` }
}

describe('curl', () => {
  it('writes, and puts a board back, as the README says', async () => {
    const writing = lines.filter((line) => /metrics|annotations|board/.test(line) && !line.includes('Chartroom-Secret'))
    expect(writing.length).toBeGreaterThan(7)
    for (const line of writing) await run(line).whole()
    const { update } = await changes()
    expect(update).toMatchObject({ annotations: [{ text: 'deploy 1.4' }, { text: 'sold out?' }], board: null })
    expect(update.series).toHaveLength(3)
  })

  it('[EV1] [EV2] follows a group by its events, and goes on where it was cut', async () => {
    await post('orders.Shirts=5')
    const first = curl(/^curl -N/)
    await expect.poll(() => first.updates.length).toBe(1)
    await post('orders.Shirts=6')
    await post('text=hello&author=ci', 'annotations')
    await expect
      .poll(() => first.updates.slice(1).flatMap(({ data }) => data.annotations ?? []))
      .toMatchObject([{ text: 'hello' }])
    first.stop()
    await post('text=meanwhile&author=ci', 'annotations')
    const { id } = first.updates.at(-1) ?? {}
    const second = curl(/^curl -N/, '', `-H 'Last-Event-ID: ${id}'`)
    await expect.poll(() => second.updates.length).toBeGreaterThan(0)
    expect(second.updates[0]?.data).toMatchObject({ annotations: [{ text: 'meanwhile' }] })
    expect(second.updates[0]?.data.from).toBe(first.updates.at(-1)?.data.to)
  })

  it('[CH1] [CH2] polls all there is, then what came after its cursor', async () => {
    await post('cpu=1')
    const all = await changes()
    expect(all.update).toMatchObject({ type: 'update', group: 'shop', from: 0 })
    const { update } = await changes(all.cursor)
    expect(update).toMatchObject({ from: all.update.to, to: all.update.to })
    expect(update).not.toHaveProperty('values')
    await post('cpu=2')
    const next = await changes(all.cursor)
    expect(next.update).toMatchObject({ from: all.update.to, to: all.update.to + 1, values: [[expect.any(Number), 2]] })
  })

  it('[CH3] waits by long poll until there is something', async () => {
    const { cursor, update } = await changes()
    const waiting = curl(/waitMs/, cursor)
    await post('text=now&author=ci', 'annotations')
    expect(JSON.parse(await waiting.whole())).toMatchObject({ from: update.to, annotations: [{ text: 'now' }] })
  })

  it('[R1] is told nothing of a snapshot that it has', async () => {
    const snapshot = (options?: string) => curl(/--etag-compare/, '', options).whole()
    expect(JSON.parse(await snapshot())).toMatchObject({ from: 0, group: 'shop' })
    expect(await snapshot(`-w '%{http_code}'`)).toBe('304')
    await post('cpu=3')
    expect(JSON.parse(await snapshot())).toMatchObject({ from: 0 })
  })
})
