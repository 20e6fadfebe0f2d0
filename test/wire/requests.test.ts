import { ackEnvelope, decodeValue } from '@chartroom/shared'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type RunningServer, startServer } from '../support/running-server.ts'
import { WireClient } from '../support/wire-client.ts'

let server: RunningServer
let groups = 0
let group: string

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())
beforeEach(() => {
  group = `g${++groups}`
})

async function ask(envelope: object, { name = 'Ana', secret = 'of Ana' } = {}) {
  const response = await fetch(`${server.url}/api/requests?name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'Chartroom-Secret': secret },
    body: JSON.stringify({ group, ...envelope }),
  })
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) }
}

async function written(envelope: object, who?: { name: string; secret: string }) {
  const { body } = await ask({ id: 7, ...envelope }, who)
  const ack = decodeValue(ackEnvelope, body)
  if (!ack.ok || ack.value.annotation === undefined) throw new Error(JSON.stringify(body))
  return ack.value.annotation
}

const problem = (status: number, code: string) => ({ status, body: { code, status } })

describe('a request over HTTP', () => {
  it('[RQ1] writes, and is answered as a WebSocket would', async () => {
    const said = await ask({ type: 'annotate', id: 7, text: 'helo' })
    expect(said).toMatchObject({
      status: 200,
      body: { type: 'ack', id: 7, group, cursor: expect.any(String), annotation: { author: 'Ana', text: 'helo' } },
    })
    expect(said.headers.get('cache-control')).toBe('no-store')
    const { id: annotation } = said.body.annotation
    expect(await written({ type: 'revise', annotation, text: 'hello' })).toMatchObject({ text: 'hello' })
    expect(await written({ type: 'react', annotation, reaction: '👍', on: true })).toMatchObject({
      reactions: { '👍': ['Ana'] },
    })
    expect(await written({ type: 'retract', annotation })).toMatchObject({ text: '', retracted: true })
    const edits = [{ type: 'put', chart: { id: 'orders', metrics: ['orders'] } }]
    expect(await ask({ type: 'arrange', id: 8, edits })).toMatchObject({ status: 200, body: { type: 'ack', id: 8 } })
    expect(await ask({ type: 'ping', id: 9 })).toMatchObject({
      body: { type: 'pong', id: 9, time: expect.any(Number) },
    })
  })

  it.each([
    ['hello', { type: 'hello', id: 1 }],
    ['subscribe', { type: 'subscribe', id: 1 }],
    ['unsubscribe', { type: 'unsubscribe', id: 1 }],
    ['pong', { type: 'pong' }],
  ])('[RQ1] is refused where it has no meaning without a link: %s', async (_, envelope) => {
    expect(await ask(envelope)).toMatchObject(problem(501, 'not_supported'))
  })

  it('[RQ1] says what somebody attends to, on whatever they follow the group', async () => {
    expect(await ask({ type: 'point', id: 1, typing: true })).toMatchObject(problem(404, 'not_subscribed'))
    const client = await new WireClient(`${server.url}/ws`).opened()
    client.send({ type: 'hello', id: 0, name: 'Ana', secret: 'of Ana' }, { type: 'subscribe', id: 1, group })
    await client.next('presence')
    expect(await ask({ type: 'point', id: 2, typing: true })).toMatchObject({
      status: 200,
      body: { type: 'ack', id: 2 },
    })
    const told = await client.next('presence')
    expect(told.people).toEqual([{ name: 'Ana', typing: true }])
    client.socket.close()
  })

  it('[RQ2] is of who has the name and the secret', async () => {
    const bob = { name: 'Ana', secret: 'of Bob' }
    const once = { type: 'annotate', text: 'once', key: 'k1' }
    const first = await written(once)
    expect(await written(once)).toEqual(first)
    expect(await written(once, bob)).toMatchObject({ author: 'Ana 2', text: 'once' })
    expect(await ask({ type: 'retract', id: 1, annotation: first.id }, bob)).toMatchObject(problem(403, 'not_author'))
    const client = await new WireClient(`${server.url}/ws`).opened()
    client.send({ type: 'hello', id: 0, name: 'Ana', secret: 'of Ana' })
    client.send({ type: 'annotate', id: 1, group, text: 'once', key: 'k1' })
    expect((await client.next('ack')).annotation).toEqual(first)
    client.socket.close()
  })

  it('[RQ3] is refused with a problem document', async () => {
    expect(await ask({ type: 'annotate', id: 1, text: '' })).toMatchObject(problem(400, 'text_missing'))
    expect(await ask({ type: 'what', id: 1 })).toMatchObject(problem(400, 'unknown_type'))
    expect(await ask({ type: 'annotate', id: 1, text: 'x', group: '..' })).toMatchObject(problem(400, 'group_name'))
    expect(await ask({ type: 'annotate', id: 1, text: 'x' }, { name: ' ', secret: 's' })).toMatchObject(
      problem(400, 'malformed'),
    )
    expect(await ask({ type: 'annotate', id: 1, text: 'x' }, { name: 'a', secret: '' })).toMatchObject(
      problem(400, 'malformed'),
    )
    expect(await (await fetch(`${server.url}/api/requests`)).json()).toMatchObject({ code: 'method' })
    const unnamed = await fetch(`${server.url}/api/requests`, {
      method: 'POST',
      body: JSON.stringify({ type: 'annotate', id: 1, group, text: 'x' }),
    })
    expect(await unnamed.json()).toMatchObject({ code: 'name_missing' })
  })
})
