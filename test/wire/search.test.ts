import { annotationPage, decodeValue } from '@chartroom/shared'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'

let server: RunningServer

async function write(text: string, kind: string): Promise<void> {
  const body = new URLSearchParams({ text, kind, author: 'ci' })
  const response = await fetch(`${server.url}/api/groups/ops/annotations`, { method: 'POST', body })
  expect(response.status).toBe(201)
}

beforeAll(async () => {
  server = await startServer()
  await write('Crème brûlée in the kitchen', 'note')
  await write('服务器今天很慢', 'note')
  await write('kitchen camera: out of memory', 'log')
})
afterAll(() => server.stop())

async function search(query: string, group = 'ops') {
  const response = await fetch(`${server.url}/api/groups/${group}/search${query}`)
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) }
}

describe('GET search', () => {
  it('[Q1] answers a page of both runs, newest first', async () => {
    const { status, body } = await search('?q=kitchen')
    const page = decodeValue(annotationPage, body)
    expect([status, page.ok]).toEqual([200, true])
    expect(body).toMatchObject({ before: 0, cursor: expect.stringMatching(/:3$/) })
    expect(body.annotations.map(({ author, kind }: { author: string; kind?: string }) => [author, kind])).toEqual([
      ['ci', 'log'],
      ['ci', 'note'],
    ])
  })

  it('[Q1] [N4] goes on from `before`', async () => {
    const { body: first } = await search('?q=kitchen&limit=1')
    const { body: second } = await search(`?q=kitchen&limit=1&before=${first.before}`)
    expect([first.annotations[0].kind, second.annotations[0].kind, second.before]).toEqual(['log', 'note', 0])
  })

  it.each([
    ['creme BRUL', 1],
    ['今天', 1],
    ['天今', 0],
    ['memory-of', 0],
    ['out-of-mem', 1],
  ])('[Q2] [Q3] [Q4] for %s finds %i', async (query, count) => {
    const { body } = await search(`?q=${encodeURIComponent(query)}`)
    expect(body.annotations).toHaveLength(count)
  })

  it.each(['', '?q=', '?q=%3F%21', `?q=${'x'.repeat(201)}`])(
    '[Q1] [X2] refuses what is no query: %s',
    async (query) => {
      const { status, body } = await search(query)
      expect([status, body.code, body.faults[0].pointer]).toEqual([400, 'malformed', '/q'])
    },
  )

  it.each(['limit=0', 'limit=201', 'before=-1'])('[Q1] refuses %s', async (part) => {
    expect((await search(`?q=x&${part}`)).status).toBe(400)
  })

  it('[G3] refuses a group name that is none, and [G4] makes no group', async () => {
    expect((await search('?q=x', 'a%2Fb')).body.code).toBe('group_name')
    expect((await search('?q=x', 'nowhere')).body).toEqual({ annotations: [], before: 0, cursor: '0:0' })
  })

  it('[X3] is read only', async () => {
    const response = await fetch(`${server.url}/api/groups/ops/search?q=x`, { method: 'POST' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET'])
  })
})
