import { decodeServerEnvelope, encode, type ServerEnvelope } from '@chartroom/shared'
import { beforeEach, describe, expect, it } from 'vitest'
import type { FeedListener, Following } from '../../../shared/client/feed.ts'
import { HttpTransport } from '../../../shared/client/http-transport.ts'
import { FakePlatform } from '../../support/fake-platform.ts'

let platform: FakePlatform
let transport: HttpTransport
let feed: FeedListener
let followed: (readonly Following[])[]
let told: ServerEnvelope[]
let closed: string[]
let feedsClosed: number

beforeEach(() => {
  platform = new FakePlatform()
  platform.answer = (_url, { body = '' }) => {
    const { id, type } = JSON.parse(body)
    const answer = type === 'ping' ? { type: 'pong', id, time: 5 } : { type: 'ack', id, group: 'ops' }
    return Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(answer) })
  }
  followed = []
  told = []
  closed = []
  feedsClosed = 0
  transport = new HttpTransport(
    platform,
    'http://h',
    (_url, listener) => {
      feed = listener
      return { follow: (_hello, groups) => void followed.push(groups), close: () => void feedsClosed++ }
    },
    {
      onOpen: () => {},
      onProved: () => {},
      onFrame: (text) => {
        const decoded = decodeServerEnvelope(text)
        if (decoded.ok) told.push(decoded.value)
      },
      onClose: (code, reason) => closed.push(`${code} ${reason}`),
    },
  )
})

const subscribe = (id: number, group: string, cursor = 'x:1') =>
  transport.send(encode({ type: 'subscribe', id, group, cursor }))
const update = (group: string, from: number, to = from): ServerEnvelope => ({
  ...{ type: 'update', group, epoch: 'x', from, to, time: 1 },
})
const ack = (group: string): ServerEnvelope => ({ type: 'ack', id: 0, group, paceMs: 1_000 })

async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}

describe('a way in over HTTP', () => {
  it('follows in one question what is asked for together', async () => {
    subscribe(1, 'ops')
    subscribe(2, 'sales')
    await turns()
    platform.advance(0)
    expect(followed.map((groups) => groups.map(({ group }) => group))).toEqual([['ops', 'sales']])
  })

  it('gives an ack the id of the subscribe that it answers, once', async () => {
    subscribe(3, 'ops')
    await turns()
    feed.onEnvelope(ack('ops'))
    feed.onEnvelope(ack('ops'))
    feed.onEnvelope(ack('nobody asked'))
    expect(told).toEqual([{ ...ack('ops'), id: 3 }])
  })

  it('brings the update that answers a subscribe, empty or not, and no empty one that nobody asked for', async () => {
    subscribe(1, 'ops')
    await turns()
    for (const envelope of [ack('ops'), update('ops', 1)]) feed.onEnvelope(envelope)
    // The stream begins anew, because another group is followed too: of this one nothing is new.
    for (const envelope of [ack('ops'), update('ops', 1)]) feed.onEnvelope(envelope)
    // Later an empty one is the server's word that time went on.
    feed.onEnvelope(update('ops', 1))
    for (const envelope of [ack('ops'), update('ops', 1, 2)]) feed.onEnvelope(envelope)
    feed.onEnvelope(update('nobody asked', 1, 2))
    expect(told.map(({ type }) => type)).toEqual(['ack', 'update', 'update', 'update'])
    expect(told.at(-1)).toEqual(update('ops', 1, 2))
  })

  it('goes on from the last update when the groups change, without asking for the past again', async () => {
    transport.send(encode({ type: 'subscribe', id: 1, group: 'ops', cursor: 'x:1', windowMs: 60_000 }))
    await turns()
    for (const envelope of [ack('ops'), update('ops', 1, 9)]) feed.onEnvelope(envelope)
    subscribe(2, 'sales')
    await turns()
    platform.advance(0)
    expect(followed.at(-1)?.[0]).toMatchObject({ group: 'ops', cursor: 'x:9', windowMs: undefined })
    transport.send(encode({ type: 'unsubscribe', id: 3, group: 'ops' }))
    await turns()
    platform.advance(0)
    expect(told.at(-1)).toEqual({ type: 'ack', id: 3 })
    expect(followed.at(-1)?.map(({ group }) => group)).toEqual(['sales'])
  })

  it('says what is pointed at once a feed has come in, and all of it again to each that follows', async () => {
    const pointed: unknown[] = []
    const { answer } = platform
    platform.answer = (url, asked) => {
      pointed.push(JSON.parse(asked.body ?? ''))
      return answer(url, asked)
    }
    const point = (said: object) => transport.send(encode({ type: 'point', id: 9, group: 'ops', ...said }))
    subscribe(1, 'ops')
    platform.advance(0)
    point({ metric: 'cpu' })
    await turns()
    expect(pointed).toEqual([])
    feed.onEnvelope(ack('ops'))
    feed.onEnvelope(ack('ops'))
    expect(pointed).toEqual([{ type: 'point', id: 9, group: 'ops', metric: 'cpu' }])
    point({ typing: true })
    await turns()
    expect(pointed.at(-1)).toEqual({ type: 'point', id: 9, group: 'ops', typing: true })
    subscribe(2, 'sales')
    platform.advance(0)
    feed.onEnvelope(ack('ops'))
    await turns()
    expect(pointed.slice(2)).toEqual([{ type: 'point', id: 9, group: 'ops', metric: 'cpu', typing: true }])
    expect(told.filter(({ type }) => type === 'error')).toEqual([])
  })

  it('tells of a refused group by the id of its subscribe, and ends where it was followed until then', async () => {
    const error: ServerEnvelope = { type: 'error', group: 'ops', code: 'group_name', message: 'No.', temporary: false }
    subscribe(4, 'ops')
    await turns()
    feed.onEnvelope(error)
    expect(told).toEqual([{ type: 'error', id: 4, code: 'group_name', message: 'No.', temporary: false }])
    expect(closed).toEqual([])
    subscribe(5, 'ops')
    await turns()
    feed.onEnvelope(ack('ops'))
    feed.onEnvelope(error)
    expect([closed, feedsClosed]).toEqual([['1006 No.'], 1])
  })

  it('asks no more for a group that was refused', async () => {
    subscribe(1, 'ops')
    subscribe(2, 'no group')
    platform.advance(0)
    feed.onEnvelope({ type: 'error', group: 'no group', code: 'group_name', message: 'No.', temporary: false })
    platform.advance(0)
    expect(followed.map((groups) => groups.map(({ group }) => group))).toEqual([['ops', 'no group'], ['ops']])
  })

  it('answers hello with the time of the server, and ends where nobody answers', async () => {
    transport.send(encode({ type: 'hello', id: 6, name: 'Ann' }))
    await turns()
    expect(told).toMatchObject([{ type: 'welcome', id: 6, name: 'Ann', time: 5 }])
    platform.answer = () => Promise.reject(new TypeError('away'))
    transport.send(encode({ type: 'hello', id: 7 }))
    await turns()
    expect(closed).toEqual(['1006 the server could not be reached'])
  })

  it('says nothing and leaves nothing behind once it is closed', async () => {
    subscribe(1, 'ops')
    transport.close()
    await turns()
    feed.onEnvelope(ack('ops'))
    transport.send(encode({ type: 'ping', id: 2 }))
    await turns()
    expect([told, closed, platform.waiting]).toEqual([[], [], 0])
  })
})
