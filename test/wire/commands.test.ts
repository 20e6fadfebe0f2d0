// What whoever runs the server does with its data from the command line.
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { annotationPage, decodeValue } from '@chartroom/shared'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { testFolder } from '../support/group-file.ts'
import { runCommand } from '../support/running-command.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { greet } from '../support/wire-client.ts'

let folder: string
let data: string

beforeEach(async () => {
  folder = await testFolder()
  data = join(folder, 'data')
})

async function start(...args: string[]): Promise<RunningServer> {
  const server = await startServer('--data', data, ...args)
  onTestFinished(async () => void (await server.stop('SIGKILL')))
  return server
}

async function say(server: RunningServer, text: string): Promise<void> {
  const url = `${server.url}/api/groups/ops/annotations`
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams({ text, author: 'ci' }) })
  expect(response.status).toBe(201)
}

async function heard(server: RunningServer): Promise<string[]> {
  const response = await fetch(`${server.url}/api/groups/ops/annotations?limit=200`)
  const page = decodeValue(annotationPage, JSON.parse(await response.text()))
  return page.ok ? page.value.annotations.map(({ text }) => text).reverse() : []
}

describe('backup', () => {
  it('copies all that was acknowledged, while people go on writing, and the copy can be started', async () => {
    const server = await start()
    const before = Array.from({ length: 20 }, (_, at) => `before ${at}`)
    for (const text of before) await say(server, text)
    let isCopying = true
    const during: string[] = []
    const writing = (async () => {
      while (isCopying) {
        const text = `during ${during.length}`
        await say(server, text)
        during.push(text)
      }
    })()
    const copy = join(folder, 'copy.db')
    const ran = await runCommand('backup', copy, '--data', data)
    isCopying = false
    await writing
    expect(ran).toMatchObject({ code: 0, noted: '' })
    expect(ran.said).toContain(`Backed up ${join(data, 'chartroom.db')} to ${copy}`)
    expect(during.length).toBeGreaterThan(0)
    expect((await heard(server)).slice(0, 20)).toEqual(before)
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    await server.logged('backup_ended')
    await server.stop()

    data = join(folder, 'restored')
    mkdirSync(data)
    renameSync(copy, join(data, 'chartroom.db'))
    const restored = await heard(await start('--new-epoch'))
    expect(restored.slice(0, 20)).toEqual(before)
    // Of what came meanwhile, the beginning: nothing is missing in between.
    expect(restored.slice(20)).toEqual(during.slice(0, restored.length - 20))
  })

  it('replaces no file unless told, and never the data itself', async () => {
    await start()
    const copy = join(folder, 'copy.db')
    writeFileSync(copy, 'mine')
    expect(await runCommand('backup', copy, '--data', data)).toMatchObject({
      code: 1,
      noted: expect.stringContaining('is there already'),
    })
    expect(statSync(copy).size).toBe(4)
    expect(await runCommand('backup', copy, '--force', '--data', data)).toMatchObject({ code: 0 })
    expect(statSync(copy).size).toBeGreaterThan(4)
    expect(await runCommand('backup', join(data, 'chartroom.db'), '--force', '--data', data)).toMatchObject({
      code: 1,
      noted: expect.stringContaining('is the data itself'),
    })
    expect(await runCommand('backup', folder, '--data', data)).toMatchObject({ code: 1 })
    expect(await runCommand('backup', join(folder, 'nothing', 'copy.db'), '--data', data)).toMatchObject({ code: 1 })
    expect(readdirSync(folder).sort()).toEqual(['copy.db', 'data'])
  })

  it('copies what a clean stop left, and says that no server runs', async () => {
    const server = await start()
    await say(server, 'hello')
    await server.stop()
    const copy = join(folder, 'copy.db')
    const ran = await runCommand('backup', copy, '--data', data)
    expect(ran).toMatchObject({ code: 0, noted: expect.stringContaining('No server runs') })
    expect(existsSync(copy)).toBe(true)
  })

  it('takes no half of what a killed server left', async () => {
    const server = await start()
    await say(server, 'hello')
    await server.stop('SIGKILL')
    const ran = await runCommand('backup', join(folder, 'copy.db'), '--data', data)
    expect(ran).toMatchObject({ code: 1, noted: expect.stringContaining('Start the server and try again') })
    expect(readdirSync(folder)).toEqual(['data'])
  })

  it('says that there is no data', async () => {
    const ran = await runCommand('backup', join(folder, 'copy.db'), '--data', data)
    expect(ran).toMatchObject({ code: 1, noted: expect.stringContaining(`There is no data in ${data}`) })
    expect(existsSync(data)).toBe(false)
  })
})

describe('delete', () => {
  it('deletes a group with all that was said, and tells who is in it', async () => {
    const server = await start()
    await say(server, 'hello')
    const client = await greet(`${server.url}/ws/ops`, 'Ana')
    onTestFinished(() => client.close())
    client.send({ type: 'subscribe', id: 2, group: 'ops' })
    expect((await client.next('update')).annotations).toHaveLength(1)
    const ran = await runCommand('delete', 'OPS', '--yes', '--data', data)
    expect(ran).toEqual({ code: 0, said: 'Deleted the group OPS.\n', noted: '' })
    expect(await client.next('update', ({ from }) => from === 0)).toMatchObject({ annotations: [] })
    expect(await heard(server)).toEqual([])
    await server.stop()
    expect(await heard(await start())).toEqual([])
  })

  it('says when there is no such group, nobody to ask, or no server', async () => {
    const server = await start()
    expect(await runCommand('delete', 'ops', '--yes', '--data', data)).toMatchObject({
      code: 1,
      noted: 'Nobody wrote to the group ops.\n',
    })
    expect(await runCommand('delete', 'ops', '--data', data)).toMatchObject({
      code: 2,
      noted: 'Nobody is there to be asked: say --yes.\n',
    })
    await server.stop()
    expect(await runCommand('delete', 'ops', '--yes', '--data', data)).toMatchObject({
      code: 1,
      noted: `No server runs on ${data}. Start it, and try again.\n`,
    })
  })
})

describe('the command line', () => {
  it.each([
    [[], 2],
    [['--help'], 0],
    [['backup', '--help'], 0],
  ])('with %j says how it is used', async (args, code) => {
    const ran = await runCommand(...args)
    expect(ran).toMatchObject({ code, noted: '' })
    expect(ran.said).toContain('Usage: chartroom ')
  })

  it.each([
    [['bakup', 'x'], 'bakup: is no command; there are backup, delete\n'],
    [['backup'], 'Usage: chartroom backup <file> [flags]\n'],
    [['backup', 'x', 'y'], 'Usage: chartroom backup <file> [flags]\n'],
    [['backup', 'x', '--forse'], '--forse: is unknown; the nearest flag is --force\n'],
    [['delete', 'x', '--data', ':memory:'], '--data :memory:: keeps nothing, so there is nothing to find\n'],
  ])('called as %j, says what is wrong and ends with 2', async (args, noted) => {
    expect(await runCommand(...args)).toEqual({ code: 2, said: '', noted })
  })
})
