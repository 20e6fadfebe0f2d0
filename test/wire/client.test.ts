// The package's own client against a real server, over a real socket.

import type { Annotation } from '@chartroom/shared'
import { connect, createPlatform, type Room, type RoomOptions } from '@chartroom/shared/client'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { freePort } from '../support/free-port.ts'
import { patience } from '../support/patience.ts'
import { type RunningServer, startServer } from '../support/running-server.ts'

let server: RunningServer
const rooms: Room[] = []

beforeAll(async () => {
  server = await startServer()
})

afterEach(() => {
  for (const room of rooms.splice(0)) room.close()
})

afterAll(async () => {
  await server.stop()
})

function join(group: string, options: Omit<RoomOptions, 'group'> = {}): Room {
  const room = connect(server.url, { group, platform: createPlatform({ WebSocket }), ...options })
  rooms.push(room)
  return room
}

async function until(isSo: () => boolean): Promise<void> {
  await vi.waitUntil(isSo, patience)
}

describe('the client', () => {
  it('posts numbers, sees them in every room of the group, and knows the clock of the server', async () => {
    const [ann, bob] = [
      join('numbers', { name: 'Ann', secret: 'a' }),
      join('numbers', { paceMs: 100, windowMs: 60_000 }),
    ]
    expect(await ann.post({ cpu: 12.5, orders: { Shirts: 5 } })).toMatchObject({
      ok: true,
      value: { revision: 1, accepted: 2 },
    })
    await until(() => [ann, bob].every(({ state }) => state.series.size === 2))
    expect(bob.state.series.get('cpu')?.value).toBe(12.5)
    expect(bob.connection.word).toBe('live')
    expect(Math.abs(bob.serverNow() - Date.now())).toBeLessThan(60_000)
    await until(() => bob.people.count === 2)
    expect(ann.name).toBe('Ann')
  })

  it('writes annotations that everybody sees once, in order, and pages back to the first', async () => {
    const ann = join('messages', { name: 'Ann', secret: 'a' })
    const results = await Promise.all(Array.from({ length: 150 }, (_, n) => ann.annotate({ text: `${n}` })))
    expect(results.filter(({ ok }) => ok).length).toBe(100)
    for (const n of Array.from({ length: 50 }, (_, at) => at + 100)) await ann.annotate({ text: `${n}` })
    const bob = join('messages')
    await until(() => bob.isFilled)
    expect(texts(bob.state.talk.annotations)).toEqual(upTo(50, 149))
    expect(await bob.pageBack()).toEqual({ ok: true, value: false })
    expect(texts(bob.state.talk.annotations)).toEqual(upTo(0, 149))
    await until(() => ann.state.talk.annotations.at(-1)?.text === '149')
    // What came before her first update is paged in, if more came than a snapshot carries.
    await ann.pageBack()
    expect(texts(ann.state.talk.annotations)).toEqual(upTo(0, 149))
  })

  it('[M6] [M8] has direct messages in an inbox, pages and searches them, and edits them there', async () => {
    const [ann, bob, cem] = ['Ann', 'Bob', 'Cem'].map((name) => join('direct', { name, secret: name }))
    await until(() => [ann, bob, cem].every((room) => room?.inbox?.isFilled))
    const written = await ann?.annotate({ text: 'hush', recipients: ['bob'] })
    const id = written?.ok ? written.value.id : 0
    await until(() => bob?.inbox?.state.talk.lastId === id && ann?.inbox?.state.talk.lastId === id)
    expect(await bob?.inbox?.search('hush')).toMatchObject({ ok: true, value: { annotations: [{ id }] } })
    expect(await bob?.inbox?.react(id, '+1', true)).toMatchObject({ ok: true })
    expect(await ann?.inbox?.revise(id, 'psst')).toMatchObject({ ok: true, value: { reactions: { '+1': ['Bob'] } } })
    await until(() => bob?.inbox?.state.talk.find(id)?.text === 'psst')
    expect([cem?.inbox?.state.talk.length, bob?.state.talk.length]).toEqual([0, 0])
    await Promise.all(Array.from({ length: 60 }, (_, n) => ann?.inbox?.annotate({ text: `${n}`, recipients: ['Bob'] })))
    const later = join('direct', { name: 'Bob', secret: 'Bob' })
    await until(() => later.inbox?.isFilled === true)
    await later.inbox?.pageBack()
    expect(later.inbox?.state.talk.annotations[0]).toMatchObject({ id, text: 'psst' })
  })

  it('is told why it is refused', async () => {
    const room = join('no such/group')
    const refused = await new Promise((resolve) => room.on('refused', resolve))
    expect(refused).toMatchObject({ code: 'group_name' })
    expect(await join('nobody').annotate({ text: 'hello' })).toMatchObject({
      ok: false,
      refusal: { code: 'name_missing' },
    })
    expect(await join('nobody').post([{ metric: 'cpu' }])).toMatchObject({
      ok: false,
      refusal: { code: 'malformed', faults: [{ pointer: '/0' }] },
    })
  })

  it('comes back to a server that was started again', async () => {
    const port = String(await freePort())
    const first = await startServer('--port', port)
    const room = connect(first.url, { group: 'ops', name: 'Ann', platform: createPlatform({ WebSocket }) })
    rooms.push(room)
    await until(() => room.connection.word === 'live')
    await room.post({ cpu: 1 })
    await first.stop()
    await until(() => room.connection.word === 'waiting')
    const written = room.annotate({ text: 'while away' })
    const second = await startServer('--port', port)
    try {
      expect(await written).toMatchObject({ ok: true, value: { author: 'Ann', text: 'while away' } })
      await until(() => room.state.talk.annotations.length === 1)
      expect(room.connection.word).toBe('live')
      expect(room.state.series.size).toBe(0)
    } finally {
      room.close()
      await second.stop()
    }
  })
})

function texts(log: readonly Annotation[]): number[] {
  return log.map(({ text }) => Number(text))
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, n) => first + n)
}
