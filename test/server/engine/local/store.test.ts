// The store with its real thread, which starts from the build.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import Database from 'libsql'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStore, StoreError, type StoreOptions } from '../../../../server/engine/local/store.ts'
import { annotationOf, said, start, testFolder, usualKeep } from '../../../support/group-file.ts'
import { columnsOf } from '../../../support/history-file.ts'

async function freshOptions(): Promise<StoreOptions> {
  return { file: join(await testFolder(), 'data', 'chartroom.db'), newEpoch: false, keep: usualKeep }
}

async function open(options: StoreOptions) {
  const store = await openStore(options)
  onTestFinished(() => store.close(false))
  return store
}

/** How a promise fails. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'it did not fail',
    (error) => error,
  )
}

const broken = (message: string) =>
  expect.objectContaining({ problem: 'broken', message: expect.stringContaining(message) })

describe('a store', () => {
  it('answers from its thread, in a folder that only its owner may enter', async () => {
    const options = await freshOptions()
    const store = await open(options)
    const samples = columnsOf([{ key: 'cpu', time: start, value: 1 }])
    await store.write([{ ...said('ops', annotationOf(1, 'hello')), samples }])
    expect(await store.load('ops')).toMatchObject({
      talk: [{ text: 'hello' }],
      samples: { values: Float64Array.of(1) },
    })
    expect(await store.load('dev')).toBeUndefined()
    expect(statSync(dirname(options.file)).mode & 0o777).toBe(0o700)
  })

  it('goes on with its life after a clean stop, and begins another after any other end', async () => {
    const options = await freshOptions()
    const lives = []
    for (const isClean of [true, false, true]) {
      const store = await openStore(options)
      lives.push(store.life)
      await store.close(isClean)
    }
    const renewed = await open({ ...options, newEpoch: true })
    expect([...lives, renewed.life]).toEqual([1, 1, 2, 3])
  })

  it('may be closed twice, and does nothing after that', async () => {
    const store = await openStore(await freshOptions())
    await store.close(true)
    await store.close(true)
    expect(await failureOf(store.load('ops'))).toEqual(broken('has ended'))
  })

  it('fails what waits, and what comes later, when its thread ends', async () => {
    const workers: Worker[] = []
    const writer = new URL('../../../../dist/server/engine/local/writer.js', import.meta.url)
    const store = await openStore(await freshOptions(), (workerData) => {
      const worker = new Worker(writer, { workerData, execArgv: [] })
      workers.push(worker)
      return worker
    })
    const waiting = failureOf(store.write([said('ops', annotationOf(1, 'lost'))]))
    await workers[0]?.terminate()
    expect(await waiting).toBeInstanceOf(StoreError)
    expect(await failureOf(store.groups())).toEqual(broken('has ended'))
  })
})

describe('a file is refused', () => {
  it('that another store has open', async () => {
    const options = await freshOptions()
    await open(options)
    expect(await failureOf(openStore(options))).toMatchObject({ problem: 'busy' })
  })

  it('that is no database', async () => {
    const file = join(await testFolder(), 'chartroom.db')
    writeFileSync(file, 'The quick brown fox jumps over the lazy dog. '.repeat(100))
    const refused = failureOf(openStore({ file, newEpoch: false, keep: usualKeep }))
    expect(await refused).toEqual(broken('file is not a database'))
  })

  it.each([
    ['of another program', 'CREATE TABLE theirs (id)', 'not a file of Chartroom'],
    [
      'of another program with versions',
      'CREATE TABLE theirs (id); PRAGMA user_version = 1',
      'not a file of Chartroom',
    ],
    ['of a newer Chartroom', 'PRAGMA application_id = 1667789428; PRAGMA user_version = 999', 'a newer version'],
  ])('%s, and stays as it was', async (_, sql, message) => {
    const file = join(await testFolder(), 'chartroom.db')
    const run = (statements: string) => {
      const db = new Database(file)
      db.exec(statements)
      const mode = db.prepare('PRAGMA journal_mode').get([])
      db.close()
      return mode
    }
    run(sql)
    expect(await failureOf(openStore({ file, newEpoch: false, keep: usualKeep }))).toEqual(broken(message))
    expect(run('')).toMatchObject({ journal_mode: 'delete' })
  })

  it('in a folder that cannot be made', async () => {
    const folder = await testFolder()
    writeFileSync(join(folder, 'data'), '')
    const options = { file: join(folder, 'data', 'chartroom.db'), newEpoch: false, keep: usualKeep }
    expect(await failureOf(openStore(options))).toMatchObject({ problem: 'broken' })
  })
})

it('[11] what a killed process was told is stored is there, and another life begins', async () => {
  const options = await freshOptions()
  const script = fileURLToPath(new URL('../../../support/store-child.mjs', import.meta.url))
  let stored = 0
  for (const [round, count] of [37, 111, 5].entries()) {
    const child = spawn(process.execPath, [script, options.file], { stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'exit')
    let ids = 0
    for await (const line of createInterface(child.stdout)) {
      stored = Math.max(stored, Number(line))
      if (++ids === count) child.kill('SIGKILL')
    }
    await ended
    const store = await openStore(options)
    expect(store.life).toBe(2 + 2 * round)
    const { annotations } = await store.page('ops', 'talk', 0, 10_000)
    expect(annotations.map(({ id }) => id).reverse()).toEqual(annotations.map((_, at) => at + 1))
    expect(annotations.length).toBeGreaterThanOrEqual(stored)
    expect((await store.load('ops'))?.head.revision).toBeGreaterThanOrEqual(count)
    await store.close(false)
  }
})
