// The package websockets of Python, driven for real: a client that is nobody's of ours.

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findWebsockets } from '../support/find-websockets.mjs'
import { type RunningServer, startServer } from '../support/running-server.ts'

const script = fileURLToPath(new URL('../support/talk.py', import.meta.url))
let server: RunningServer
let python: string

beforeAll(async () => {
  const found = findWebsockets()
  if (found === undefined)
    throw new Error('No websockets of Python: run `node server/setup.mjs --test`, which says why.')
  python = found
  server = await startServer()
})
afterAll(() => server?.stop())

/** What the script prints: what it was told, line by line. */
async function talk(path: string, ...lines: string[]): Promise<string[]> {
  const run = promisify(execFile)(python, [script, `${server.url.replace('http', 'ws')}${path}`])
  run.child.stdin?.end(lines.join('\n'))
  const { stdout } = await run
  return stdout.trimEnd().split('\n')
}

it('[PT2] [PT3] [PT4] [PT5] talks plain text with the websockets of Python', async () => {
  expect(await talk('/room/python/?name=py', 'hello', 'ping', '{"a": 1}', 'grüße')).toEqual([
    '[python: you are py; here: py]',
    'py: hello',
    'pong',
    'py: {"a": 1}',
    'py: grüße',
    '[error: A binary frame must be UTF-8 text.]',
    '1000 done',
  ])
})

it('[PT8] talks JSON objects with it', async () => {
  const told = await talk('/ws/objects?name=py&format=json', '{"message": "hello"}', '{"type": "ping"}')
  expect(told.slice(0, 3).map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ type: 'here', name: 'py' }),
    expect.objectContaining({ author: 'py', message: 'hello' }),
    { type: 'pong' },
  ])
})
