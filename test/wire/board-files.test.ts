import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { RunningServer, startServer } from '../support/running-server.ts'
import { WireClient } from '../support/wire-client.ts'

let folder: string
let boards: string
const servers: RunningServer[] = []
const clients: WireClient[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartroom-'))
  boards = join(folder, 'boards')
  await mkdir(boards)
})
afterEach(async () => {
  for (const client of clients.splice(0)) client.close()
  await Promise.all(servers.splice(0).map((server) => server.stop()))
  await rm(folder, { recursive: true, force: true })
})

async function start(): Promise<RunningServer> {
  const server = await startServer('--boards', boards, '--data', join(folder, 'data'))
  servers.push(server)
  return server
}

/** As careful editors do: another file in its place. */
async function save(text: string): Promise<void> {
  await writeFile(join(boards, '.ops.json.new'), text)
  await rename(join(boards, '.ops.json.new'), join(boards, 'ops.json'))
}

const json = { 'Content-Type': 'application/json' }
const titled = (title: string) => JSON.stringify({ charts: [{ id: 'cpu', metrics: ['cpu'], title }], others: 'hidden' })
const boardOf = async ({ url }: RunningServer) => (await (await fetch(`${url}/api/groups/ops/board`)).json()).charts

describe('[Z13] a server with a folder of boards', () => {
  it('shows a board from the first, and everybody sees it change with its file', async () => {
    await save(titled('one'))
    const server = await start()
    expect(await boardOf(server)).toMatchObject([{ title: 'one', author: 'boards' }])
    const client = await new WireClient(`${server.url}/ws/ops`).opened()
    clients.push(client)
    client.send({ type: 'hello', id: 1 }, { type: 'subscribe', id: 2, paceMs: 100 })
    await client.next('update')
    await save('{"charts": [{"id": "cpu"}]}')
    expect(await server.logged('board_file_wrong')).toMatchObject({
      file: join(boards, 'ops.json'),
      why: '/charts/0/metrics is missing',
    })
    await save(titled('two'))
    const { board } = await client.next('update', (update) => update.board !== undefined)
    expect(board?.charts).toMatchObject([{ title: 'two', author: 'boards', revision: 2 }])
  })

  it('leaves what people arranged over a restart, and puts what the file said meanwhile', async () => {
    await save(titled('one'))
    const first = await start()
    const body = titled('mine')
    await fetch(`${first.url}/api/groups/ops/board?author=Ana`, { method: 'PUT', body, headers: json })
    await first.stop()
    const second = await start()
    expect(await boardOf(second)).toMatchObject([{ title: 'mine', author: 'Ana' }])
    await second.stop()
    await save(titled('two'))
    expect(await boardOf(await start())).toMatchObject([{ title: 'two', author: 'boards' }])
  })

  it('does not start without the folder, and says what to do', async () => {
    const server = new RunningServer(['--boards', join(folder, 'nowhere')])
    servers.push(server)
    const { line } = await server.logged('not_json')
    expect(line).toBe(
      `The boards in ${join(folder, 'nowhere')} cannot be read: there is no such folder. ` +
        'Name the folder of your files <group>.json, or leave --boards out.',
    )
    await expect.poll(() => server.isRunning).toBe(false)
    expect(await server.stop()).toBe(1)
  })
})
